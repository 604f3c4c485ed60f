CREATE TABLE p1 (a int, b date) partition by range (year(b)) (partition p0 values less than (2010), partition p1 values less than maxvalue);
INSERT INTO p1 VALUES (1, '1999-01-01'), (2, '2005-01-01');
CREATE TABLE p3 (a int primary key);
CREATE TABLE p4 (x int, b datetime) partition by hash (x) partitions 2;
CREATE TABLE p5 (a int, b int primary key);
CREATE TABLE unpartitioned (a int) partition by hash (a) partitions 3;
CREATE TABLE lin (a int, b int) partition by hash (b) partitions 4;
