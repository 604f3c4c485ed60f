CREATE TABLE p (id int primary key);
CREATE TABLE c (a int, b int, key fk (a), key wide (a, b), constraint fk foreign key (a) references p (id));
CREATE TABLE d (a int, b int, constraint fk2 foreign key (a) references p (id));
