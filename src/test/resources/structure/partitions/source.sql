CREATE TABLE p1 (a int, b date) partition by range (year(b)) subpartition by hash (a) subpartitions 2 (partition p0 values less than (2000) comment 'it''s', partition `p ``1` values less than maxvalue);
CREATE TABLE p2 (a int, b varchar(10)) partition by list columns (b) (partition p0 values in ('a', 'b,)'), partition p1 values in ('c''d', null));
CREATE TABLE p3 (a int primary key) partition by key () partitions 3;
CREATE TABLE p4 (a int, b datetime) partition by range (to_seconds(b)) (partition p0 values less than (2000), partition p1 values less than maxvalue);
CREATE TABLE p5 (a int primary key, b int not null, unique u (a, b)) partition by hash (a) partitions 2;
CREATE TABLE unpartitioned (a int, b int);
CREATE TABLE lin (a int, b int, key (b)) partition by linear hash (a + b) partitions 4;
