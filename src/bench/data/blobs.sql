-- @rows values of 40 KB with every byte there is.
CREATE TABLE blobs (
    id      INT        NOT NULL AUTO_INCREMENT,
    content MEDIUMBLOB NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO blobs
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
SELECT i, REPEAT(UNHEX(SHA2(i, 512)), 640)
FROM   n;
