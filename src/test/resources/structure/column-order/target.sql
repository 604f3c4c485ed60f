CREATE TABLE t (f int, c int, a int, gone int, d bigint);
INSERT INTO t VALUES (6, 3, 1, 0, 4);
CREATE TABLE u (k int, m int generated always as (length(n)) stored, n varchar(10), id int primary key, key (k, m), key (m));
INSERT INTO u (k, n, id) VALUES (1, 'a', 1), (2, 'b', 2);
CREATE TABLE w (X int, q int);
