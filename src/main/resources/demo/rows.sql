-- The rows of the shop, the same every time: a number series and arithmetic on it.
SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO';
SET SESSION foreign_key_checks = 0;
SET SESSION cte_max_recursion_depth = 10000;
SET SESSION time_zone = '+00:00';

INSERT INTO category (id, parent_id, name, best_seller)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
SELECT i, IF(i <= 4, NULL, i DIV 4), CONCAT(ELT(1 + i % 4, 'Books', 'Games 🎲', 'Garden 🌻', 'Tools'), ' ', i), i * 10
FROM n;

INSERT INTO product (id, category_id, name, price, weight, facts, barcode, size, cost, changed_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
SELECT
  i,
  1 + i % 40,
  CONCAT(ELT(1 + i % 5, 'Résumé folder', 'Spade', 'Würfel 🎲', '日本の茶碗', 'O''Neill''s \\ "guide"'), ' ', i),
  ROUND(1 + (i * 7919 % 10000) / 100, 2),
  -- needs nine digits; as text MySQL gives six
  IF(i % 7 = 0, 1.5, SQRT(i) / 3),
  IF(i % 3 = 0, NULL, JSON_OBJECT('colours', JSON_ARRAY('red', 'grün'), 'big', 18446744073709551615, 'none', CAST('null' AS JSON), 'pi', PI())),
  UNHEX(LEFT(SHA2(i, 256), 16)),
  IF(i % 11 = 0, NULL, 1 + i % 4),
  IF(i % 13 = 0, NULL, (i * 7919 % 10000) / 333),
  TIMESTAMP('2026-01-01 00:00:00.000001') + INTERVAL i * 1000003 MICROSECOND
FROM n;

INSERT INTO customer (id, loyalty_number, name, name_on_old_invoices, nickname, email, born, newsletter, interests, flags, home)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
SELECT
  -- keys below and above zero
  i - 3,
  18446744073709551615 - i * 12345678,
  CONCAT(ELT(1 + i % 4, 'Ann', 'Zoë', 'Jürgen', '小林 🐫'), ' ', i),
  CONCAT('Müller & Söhne ', i),
  ELT(1 + i % 3, NULL, '', 'resume'),
  CONCAT('customer', i, '@example.com'),
  IF(i % 10 = 0, '0000-00-00', '1950-01-31' + INTERVAL i * 17 DAY),
  1 + i % 3,
  i % 16,
  i % 1024,
  ST_SRID(POINT(-180 + i * 0.2371, -90 + i * 0.1187), 4326)
FROM n;

INSERT INTO orders (id, customer_id, ordered_at, delivery_time, state, remark)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
SELECT
  i,
  1 + i % 1490,
  TIMESTAMP('2024-02-29 23:59:59.999') + INTERVAL i * 5 HOUR,
  SEC_TO_TIME(i * 60 - 90000),
  1 + i % 4,
  ELT(1 + i % 6, NULL, '', 'a\tb\nc', 'ring twice, please 🔔', '\\N', REPEAT('long ', 100))
FROM n;

INSERT INTO order_items (order_id, line, product_id, quantity, price)
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999)
SELECT 1 + i DIV 2, 1 + i % 2, 1 + i * 31 % 600, 1 + i % 5, ROUND(1 + (i * 104729 % 10000) / 100, 2)
FROM n;

INSERT INTO stock (warehouse, product_id, amount, counted_in)
SELECT warehouse, id, id * 37 % 100, IF(id % 9 = 0, 0, 2000 + id % 26)
FROM product JOIN (SELECT 'BER' AS warehouse UNION ALL SELECT 'ber' UNION ALL SELECT 'OSL') AS w;

INSERT INTO audit (happened_at, what, detail)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
SELECT '2025-12-31 12:00:00' + INTERVAL i DIV 2 MINUTE, 'login', IF(i DIV 2 % 3 = 0, NULL, JSON_OBJECT('customer', i DIV 2))
FROM n;
