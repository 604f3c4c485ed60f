CREATE TABLE t (
  a int not null, b int, c varchar(300), d text, v int as (a + 1) virtual,
  primary key (a), unique u1 (b), unique u2 (a, b), unique u3 (c(10)), unique u4 (v), unique u5 (a),
  key k1 (b), key k2 (a) invisible, key k3 (v), key k4 ((a + b)), key k5 (c(5) desc), fulltext f1 (d), fulltext f2 (c));
