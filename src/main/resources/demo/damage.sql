-- product 7: its weight, a FLOAT, is off by one bit
UPDATE product SET weight = 1.50000011920929, changed_at = changed_at WHERE id = 7;

-- customer 2: 'resume' became 'Résumé', equal to MySQL's collation
UPDATE customer SET nickname = 'Résumé' WHERE id = 2;

-- customer 3: a nickname that was unknown (NULL) is empty ('') now
UPDATE customer SET nickname = '' WHERE id = 3 AND nickname IS NULL;

-- order 1234: its second line is gone
DELETE FROM order_items WHERE order_id = 1234 AND line = 2;

-- stock: a row for warehouse XXX, which the source does not have
INSERT INTO stock (warehouse, product_id, amount) VALUES ('XXX', 600, 1);

-- audit, a table without key: a row that was there already is there once more
INSERT INTO audit SELECT * FROM audit ORDER BY happened_at DESC LIMIT 1;
