CREATE TABLE t (
  a int, b int not null, c varchar(300), d text, v int as (a + 1) virtual,
  primary key (b), unique u2 (a, b), unique u1 (b), unique u4 (v), unique u3 (c(10)),
  key k5 (c(5) desc), key k4 ((a + b)), key k2 (a), key k1 (b), key extra (a, c), fulltext f2 (c), fulltext f1 (d));
