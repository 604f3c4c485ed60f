CREATE TABLE t (a int, b int, c int, d int, e int, f int);
CREATE TABLE u (id int primary key auto_increment, n varchar(10), m int generated always as (length(n)) virtual, k int, key (m), key (k, m));
CREATE TABLE w (z int, y int, x int);
