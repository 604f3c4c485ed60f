CREATE TABLE parent (id INT PRIMARY KEY);
CREATE TABLE all_of_it (
  v VARCHAR(20), id BIGINT UNSIGNED PRIMARY KEY, f FLOAT, d2 DOUBLE, j LONGTEXT, hidden INT, positive INT CHECK (positive > 4), neg INT, par INT, gone INT,
  KEY down (f, neg), KEY unused (d2), CONSTRAINT above CHECK (f > 1), CONSTRAINT other CHECK (neg > 1),
  CONSTRAINT up FOREIGN KEY (par) REFERENCES parent (id));
CREATE TABLE cut (id INT PRIMARY KEY, y INT CHECK (y > 0));
