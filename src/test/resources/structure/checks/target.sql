CREATE TABLE a (x int, y int, constraint one check (x > 1), constraint two check (x <> y) not enforced, constraint three check (y < 5), constraint gone check (y > 0));
CREATE TABLE b (x int);
CREATE TABLE c (x int, constraint moved check (x > 1), constraint four check (x < 1));
