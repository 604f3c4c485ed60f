CREATE TABLE parent (id int primary key, k int, unique(k));
CREATE TABLE a (
  `odd ``name, ( ' "` bigint,
  id int not null,
  v varchar(10) default 'x',
  v3 varchar(20),
  g int generated always as (y + 2) stored,
  y year,
  inv int default '5',
  t text,
  extra int,
  p point,
  js json,
  nn int,
  v2 varchar(20),
  key k1 ((lower(v2))),
  key k2 (nn),
  fulltext key ft (t),
  key fk2 (nn),
  constraint ck check (nn > 0),
  constraint fk1 foreign key (nn) references parent (id)
) charset=latin1 comment='old' max_rows=7;
