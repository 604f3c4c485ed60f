CREATE TABLE t (
  a int, v int as (a + 1) virtual, s int as (a + 2) stored, vs int as (a + 3) virtual, sv int as (a + 4) stored,
  was_virtual int, was_stored int, now_stored int as (a + 5) stored, now_virtual int as (a + 6) virtual,
  chain int as (v * 2) virtual, key (v), key (vs), unique (chain), key ((v + 1)), constraint c check (v > 0),
  d int default (1 + 1), j json default (json_object('a', 1)), inv int invisible default 3);
