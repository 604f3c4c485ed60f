CREATE TABLE plain (a varchar(10), b char(3), e enum('a'), s set('x','y'), t text) charset latin1;
INSERT INTO plain VALUES ('ä', 'b', 'a', 'x', 'long');
CREATE TABLE mixed (a varchar(10), b varchar(10), c varchar(10), d varchar(10), f varchar(5)) charset latin1;
CREATE TABLE forgot_more (a varchar(10), b varchar(10) charset koi8r, c text) charset utf8mb4;
CREATE TABLE default_only (a varchar(10) charset latin1) charset utf8mb4;
CREATE TABLE swapped (a varchar(10) charset utf8mb4, b varchar(10)) charset latin1;
