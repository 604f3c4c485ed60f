SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';

DROP VIEW archived_orders;
ALTER TABLE customer DROP COLUMN loyalty_points;
ALTER TABLE product DROP COLUMN rating;
