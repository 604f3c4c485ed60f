-- @rows rows of 12 types with 3 indexes. What the peers cannot carry is left out, so that their copies are right as well:
-- no default the server computes (mydumper 0.10 drops such columns), FLOATs of no more than 6 digits (mysqldump and
-- mydumper round the others), JSON without accents (pt-table-sync encodes them twice), and nothing to escape (the pipes
-- do not).
CREATE TABLE mixed (
    id       BIGINT         NOT NULL AUTO_INCREMENT,
    customer INT            NOT NULL,
    name     VARCHAR(80)    NOT NULL,
    email    VARCHAR(120)   NOT NULL,
    city     VARCHAR(60)    NULL,
    total    DECIMAL(12, 2) NOT NULL,
    placed   DATETIME(6)    NOT NULL,
    changed  TIMESTAMP      NULL DEFAULT NULL,
    latitude DOUBLE         NOT NULL,
    weight   FLOAT          NOT NULL,
    state    ENUM ('new', 'paid', 'sent', 'returned') NOT NULL,
    note     JSON           NULL,
    PRIMARY KEY (id),
    KEY customer (customer),
    KEY name (name),
    KEY placed (placed, state)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO mixed
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows),
               r (i, a, b) AS (SELECT i, CRC32(i), CRC32(-i) FROM n)
SELECT i,
       a % 200000,
       CONCAT(ELT(1 + a % 6, 'Zoë', 'Jürgen', 'Ana María', 'Łukasz', '小林', 'Ольга'), ' ', SUBSTR(MD5(i), 1, 12)),
       CONCAT(MD5(-i), '@example.', ELT(1 + b % 4, 'com', 'org', 'net', 'eu')),
       ELT(1 + a % 7, 'Kraków', 'São Paulo', 'Zürich', '東京', 'Montréal', 'Oslo', NULL),
       (b % 100000000) / 100,
       TIMESTAMPADD(MICROSECOND, a, TIMESTAMPADD(MINUTE, i, '2020-01-01')),
       IF(b % 5 = 0, NULL, TIMESTAMPADD(SECOND, b % 100000000, '2021-01-01')),
       a / 4294967296e0 * 180 - 90,
       (b % 4000) / 4,
       1 + a % 4,
       IF(a % 3 = 0, NULL, JSON_OBJECT('gift', b % 2 = 0, 'points', a % 500, 'tags', JSON_ARRAY('a', LEFT(MD5(b), 6))))
FROM   r;
