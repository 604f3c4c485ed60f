CREATE TABLE `a``; drop table x;--` (`q'uote` bigint primary key, `com,ma (` varchar(5), `日本` enum('b'));
CREATE TABLE `UPPER` (`id` int, `id2` int);
