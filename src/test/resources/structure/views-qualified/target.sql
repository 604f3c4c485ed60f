CREATE TABLE t (id int, name varchar(5));
