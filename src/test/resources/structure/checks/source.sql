CREATE TABLE a (x int, y int, constraint one check (x > 0), constraint two check (x <> y), constraint three check (y < 5) not enforced, constraint four check (y in (1, 2)), check (x != 8));
CREATE TABLE b (x int, constraint moved check (x > 1));
CREATE TABLE c (x int);
