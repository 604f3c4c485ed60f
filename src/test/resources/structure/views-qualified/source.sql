CREATE TABLE t (id int, name varchar(5));
CREATE FUNCTION f (x int) RETURNS int DETERMINISTIC RETURN x;
CREATE VIEW v AS SELECT `st_source_views-qualified`.f(id) AS x, 'st_source_views-qualified.t' AS lit FROM `st_source_views-qualified`.t;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = (SELECT max(x) FROM `st_source_views-qualified`.`v`);
