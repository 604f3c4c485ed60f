CREATE TABLE moved (a int, b int auto_increment, key (b), primary key (a));
CREATE TABLE renamed (new_id bigint unsigned auto_increment primary key, n int);
CREATE TABLE keyless (a int, b int);
CREATE TABLE desc_pk (a int, b varchar(5), primary key (b desc, a) comment 'x' );
CREATE TABLE multi (j json, key mv ((cast(j->'$.a' as unsigned array))), v varbinary(20) default 0xff, b bit(10) default b'101', primary key (v));
