SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';

-- customer and product have a new column each
ALTER TABLE customer ADD COLUMN loyalty_points INT NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN rating DECIMAL(3,2);
UPDATE product SET rating = 4.50, changed_at = changed_at;

-- a view reads from another database, which the target's server does not have
CREATE TABLE elsewhere.old_orders (id INT PRIMARY KEY);
CREATE VIEW archived_orders AS SELECT id FROM elsewhere.old_orders;
