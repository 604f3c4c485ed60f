-- @rows rows as sysbench has them: wide in characters, few in columns.
CREATE TABLE narrow (
    id  BIGINT    NOT NULL AUTO_INCREMENT,
    k   INT       NOT NULL,
    c   CHAR(120) NOT NULL,
    pad CHAR(60)  NOT NULL,
    PRIMARY KEY (id),
    KEY k (k)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO narrow
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
SELECT i, CRC32(i) % 1000000, LEFT(SHA2(i, 512), 120), LEFT(SHA2(-i, 256), 60)
FROM   n;
