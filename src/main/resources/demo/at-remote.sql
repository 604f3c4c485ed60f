SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';

-- remote: warehouse OSL is counted: 600 products
UPDATE stock SET amount = amount + 1, counted_in = 2026 WHERE warehouse = 'OSL';

-- remote: product 30 gets another name, too
UPDATE product SET name = 'Spade, sharpened' WHERE id = 30;

-- remote: customer 10 wants the newsletter every day
UPDATE customer SET newsletter = 'daily' WHERE id = 10;

-- remote: a new customer with the same address both@example.com
INSERT INTO customer (id, loyalty_number, name, email, home)
VALUES (5002, 5002, 'Jürgen', 'both@example.com', ST_SRID(POINT(10.7, 59.9), 4326));

-- remote: order 100001 is for customer 2
INSERT INTO orders (id, customer_id, ordered_at, state) VALUES (100001, 2, '2026-11-24 12:00:00.002', 'new');

-- remote: warehouse BER has 500 of product 5
UPDATE stock SET amount = 500 WHERE warehouse = 'BER' AND product_id = 5;

-- remote: order 2990 is deleted, and with it its lines
DELETE FROM orders WHERE id = 2990;

-- remote: category 7 is for experts
UPDATE category SET name = 'Books for experts' WHERE id = 7;
