CREATE TABLE t (
  a int, v int as (a + 1) stored, s int as (a + 3) stored, vs int as (a + 3) stored, sv int as (a + 4) virtual,
  was_virtual int as (a + 1) virtual, was_stored int as (a + 1) stored, now_stored int, now_virtual int,
  chain int as (v * 2) virtual, key (v), key (vs), unique (chain), key ((v + 1)), constraint c check (v > 0),
  d int, inv int);
INSERT INTO t (a) VALUES (1), (2);
