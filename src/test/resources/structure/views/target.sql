CREATE TABLE base (id int primary key, name varchar(20));
CREATE VIEW a_third AS SELECT 1 AS one;
CREATE VIEW z_first AS SELECT one AS id FROM a_third;
CREATE VIEW was_view AS SELECT 1 AS id;
CREATE VIEW extra_view AS SELECT 1 AS id;
