SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';

-- local: orders 101 to 300 are sent, 150 of which were not
UPDATE orders SET state = 'sent' WHERE id BETWEEN 101 AND 300;

-- local: product 30 gets another name
UPDATE product SET name = 'Spade with a long handle' WHERE id = 30;

-- local: customer 10 is called Ann now
UPDATE customer SET nickname = 'Ann' WHERE id = 10;

-- local: a new customer with the address both@example.com
INSERT INTO customer (id, loyalty_number, name, email, home)
VALUES (5001, 5001, 'Zoë', 'both@example.com', ST_SRID(POINT(13.4, 52.5), 4326));

-- local: order 100001 is for customer 1
INSERT INTO orders (id, customer_id, ordered_at, state) VALUES (100001, 1, '2026-11-24 12:00:00.001', 'new');

-- local: warehouse BER does not keep product 5 any more
DELETE FROM stock WHERE warehouse = 'BER' AND product_id = 5;

-- local: a third line for order 2990
INSERT INTO order_items (order_id, line, product_id, quantity, price) VALUES (2990, 3, 1, 2, 9.90);

-- local: category 7 is for children
UPDATE category SET name = 'Books for children 🧸' WHERE id = 7;
