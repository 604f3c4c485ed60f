SET foreign_key_checks = 0;
CREATE TABLE a (id int primary key, b_id int, constraint a_b foreign key (b_id) references b (id));
CREATE TABLE b (id int primary key, a_id int, constraint b_a foreign key (a_id) references a (id));
CREATE TABLE tree (id int primary key comment "x", parent int, constraint other foreign key (parent) references tree (id));
CREATE TABLE two (x int, y varchar(20), primary key (y, x));
CREATE TABLE refs (x int, y varchar(20), z int, constraint r1 foreign key (y, x) references two (y, x));
CREATE TABLE mid (id int primary key, constraint m foreign key (id) references a (id));
CREATE TABLE extra_child (id int, constraint ec foreign key (id) references tree (id));
