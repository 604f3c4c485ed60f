CREATE TABLE base (id int primary key, name varchar(20));
CREATE FUNCTION plus_one (x int) RETURNS int DETERMINISTIC RETURN x + 1;
CREATE VIEW z_first AS SELECT id, name, 'base' AS lit FROM base;
CREATE VIEW m_second (one, two) AS SELECT id, plus_one(id) FROM z_first WHERE name <> 'a`z_first`';
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW a_third AS SELECT m_second.one FROM m_second JOIN base ON base.id = m_second.one WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE VIEW b_fourth AS SELECT count(*) AS n FROM a_third;
CREATE TABLE was_view (id int);
CREATE VIEW with_definer AS SELECT 1 AS one;
