CREATE TABLE t (id int primary key, a int, b varchar(50));
CREATE TABLE log (id int auto_increment primary key, what varchar(50));
CREATE TRIGGER aa BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a * 2;
CREATE TRIGGER mm BEFORE INSERT ON log FOR EACH ROW SET NEW.what = 'x';
CREATE TRIGGER zz BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
