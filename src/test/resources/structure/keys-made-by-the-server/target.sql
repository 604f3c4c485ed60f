CREATE TABLE p (id int primary key);
CREATE TABLE c (a int, b int, constraint fk foreign key (a) references p (id));
CREATE TABLE d (a int, b int, key other (a, b), constraint fk2 foreign key (a) references p (id));
