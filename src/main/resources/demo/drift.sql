-- What happened to the target since it was last the same.
SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';
SET SESSION foreign_key_checks = 0;

DROP TABLE stock;

CREATE TABLE old_prices (product_id INT UNSIGNED NOT NULL PRIMARY KEY, price DECIMAL(10,2));

INSERT INTO old_prices SELECT id, price FROM product LIMIT 20;

ALTER TABLE customer MODIFY nickname VARCHAR(40) AFTER email;

ALTER TABLE product MODIFY name VARCHAR(400) NOT NULL, ADD COLUMN colour VARCHAR(20) DEFAULT 'red', DROP KEY name_in_any_case;

ALTER TABLE orders MODIFY customer_id SMALLINT NOT NULL, DROP FOREIGN KEY orders_customer;

ALTER VIEW best_customers AS SELECT name, total FROM customer_totals WHERE total > 100;

DROP TRIGGER product_price;

UPDATE product SET weight = 1.50000011920929 WHERE id = 7;

UPDATE orders SET state = 'new' WHERE id % 100 = 0;

DELETE FROM order_items WHERE order_id BETWEEN 500 AND 509;

INSERT INTO customer (id, loyalty_number, name, email, home) VALUES (9999, 1, 'Nobody', 'nobody@example.com', ST_SRID(POINT(0, 0), 4326));
