CREATE TABLE moved (a int auto_increment, b int not null, primary key (a), key (b));
INSERT INTO moved VALUES (1, 1), (2, 2);
CREATE TABLE renamed (id int auto_increment primary key, n int);
CREATE TABLE keyless (a int auto_increment primary key, b int);
CREATE TABLE desc_pk (a int, b varchar(5), primary key (b, a));
CREATE TABLE multi (j json, key mv ((cast(j->'$.b' as unsigned array))), v varbinary(10), b bit(3));
