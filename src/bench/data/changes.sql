-- The changes of the sync measure, a transaction each: @lot rows spread over the whole table, by @seed and @n.
DELIMITER //
DROP PROCEDURE IF EXISTS change_some//
CREATE PROCEDURE change_some()
    UPDATE mixed
    JOIN   (WITH RECURSIVE k (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < @lot - 1)
            SELECT @first + CRC32(CONCAT_WS('/', @seed, @n, i)) % (@last - @first + 1) AS id FROM k) picked USING (id)
    SET    total = total + 1.25, state = 1 + (state + 0) % 4, city = 'Łódź', changed = '2024-05-06 07:08:09',
           note = JSON_OBJECT('seed', @seed, 'n', @n)//

DROP PROCEDURE IF EXISTS change_more//
CREATE PROCEDURE change_more()
    INSERT INTO mixed (customer, name, email, city, total, placed, changed, latitude, weight, state, note)
    WITH RECURSIVE k (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < @lot - 1)
    SELECT CRC32(i) % 200000, CONCAT('Zoë ', @seed, '/', i), CONCAT(MD5(i), '@example.org'), NULL, i / 100,
           TIMESTAMPADD(SECOND, i, '2024-05-06'), NULL, i / 8e0, 0.25, 'new', NULL
    FROM   k//

DROP PROCEDURE IF EXISTS change_fewer//
CREATE PROCEDURE change_fewer()
    DELETE FROM mixed WHERE id IN
        (SELECT id FROM (WITH RECURSIVE k (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < @lot - 1)
                         SELECT @first + CRC32(CONCAT_WS('/', 'fewer', @seed, @n, i)) % (@last - @first + 1) AS id FROM k) picked)//
