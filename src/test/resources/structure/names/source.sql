CREATE TABLE `a``; drop table x;--` (`q'uote` int primary key, `do"uble` int, `com,ma (` varchar(5) default 'x'',y' comment 'a''b\\', `new
line` int, `日本` enum('語', 'a''b', 'c,d)', 'e\\f', '') default '語', key `k``e'y"` (`do"uble`), constraint `f``k` foreign key (`do"uble`) references `a``; drop table x;--` (`q'uote`), constraint `c``h` check (`q'uote` > 0 and `com,ma (` <> 'a'')'));
CREATE TABLE `ünïcode table` (`select` int, `from` int, primary key (`select`));
CREATE TABLE `UPPER` (`Id` int, `ID2` int);
CREATE TABLE `upper` (id int);
CREATE VIEW `v``iew'` AS SELECT `q'uote` AS `x``'"`, 'a`b' AS s FROM `a``; drop table x;--`;
CREATE TRIGGER `tr``'ig` BEFORE INSERT ON `a``; drop table x;--` FOR EACH ROW SET NEW.`do"uble` = 1;
