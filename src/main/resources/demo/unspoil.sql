DROP VIEW archived_orders;
ALTER TABLE customer DROP COLUMN loyalty_points;
ALTER TABLE product DROP COLUMN rating;
