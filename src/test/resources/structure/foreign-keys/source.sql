SET foreign_key_checks = 0;
CREATE TABLE a (id bigint unsigned primary key, b_id bigint unsigned, key (b_id), constraint a_b foreign key (b_id) references b (id));
CREATE TABLE b (id bigint unsigned primary key, a_id bigint unsigned, constraint b_a foreign key (a_id) references a (id) on delete set null);
CREATE TABLE tree (id int primary key auto_increment, parent int, constraint up foreign key (parent) references tree (id) on delete cascade on update restrict);
CREATE TABLE two (x int, y varchar(10), z int, primary key (x, y), unique (z, x));
CREATE TABLE refs (x int, y varchar(10), z int, constraint r1 foreign key (x, y) references two (x, y) on update cascade, constraint r2 foreign key (z, x) references two (z, x) on delete no action on update set null);
CREATE TABLE mid (id bigint unsigned primary key, constraint m foreign key (id) references a (id));
CREATE TABLE missing_parent (id int, constraint mp foreign key (id) references nowhere (id));
