-- A small shop with one of each thing that a copy is likely to get wrong.
SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION';
SET SESSION foreign_key_checks = 0;
SET SESSION time_zone = '+00:00';

-- a tree, and half of a cycle: its best seller is a product, which is in a category
CREATE TABLE category (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  parent_id SMALLINT UNSIGNED,
  name VARCHAR(60) NOT NULL,
  best_seller INT UNSIGNED,
  PRIMARY KEY (id),
  UNIQUE KEY name_in_parent (parent_id, name),
  CONSTRAINT category_parent FOREIGN KEY (parent_id) REFERENCES category (id) ON DELETE CASCADE,
  CONSTRAINT category_best_seller FOREIGN KEY (best_seller) REFERENCES product (id) ON DELETE SET NULL
);

CREATE TABLE product (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  category_id SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL COMMENT 'as on the label: it''s shown 1:1',
  price DECIMAL(10,2) NOT NULL,
  price_with_tax DECIMAL(10,2) GENERATED ALWAYS AS (ROUND(price * 1.19, 2)) STORED,
  weight FLOAT,
  facts JSON,
  barcode BINARY(8),
  size ENUM('S', 'M', 'L', 'XL'),
  cost DECIMAL(10,4) /*!80023 INVISIBLE */,
  changed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY barcode (barcode),
  KEY name_in_any_case ((LOWER(name))),
  KEY dearest_first (category_id, price DESC),
  FULLTEXT KEY words (name),
  CONSTRAINT price_is_not_negative CHECK (price >= 0),
  CONSTRAINT product_category FOREIGN KEY (category_id) REFERENCES category (id)
);

CREATE TABLE customer (
  id INT NOT NULL AUTO_INCREMENT,
  loyalty_number BIGINT UNSIGNED NOT NULL,
  name VARCHAR(80) NOT NULL,
  name_on_old_invoices VARCHAR(80) CHARACTER SET latin1 COLLATE latin1_german2_ci,
  nickname VARCHAR(40),
  email VARCHAR(190) CHARACTER SET ascii NOT NULL,
  born DATE NOT NULL DEFAULT '0000-00-00',
  newsletter ENUM('no', 'weekly', 'daily') NOT NULL DEFAULT 'no',
  interests SET('books', 'games', 'garden', 'tools'),
  flags BIT(10) NOT NULL DEFAULT b'0',
  home POINT NOT NULL SRID 4326,
  PRIMARY KEY (id),
  UNIQUE KEY loyalty_number (loyalty_number),
  UNIQUE KEY email (email),
  SPATIAL KEY home (home)
);

CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id INT NOT NULL,
  ordered_at DATETIME(3) NOT NULL,
  delivery_time TIME,
  state ENUM('new', 'paid', 'sent', 'returned') NOT NULL,
  remark TEXT,
  PRIMARY KEY (id),
  KEY customer_orders (customer_id, ordered_at),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) AUTO_INCREMENT = 100000;

CREATE TABLE order_items (
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity INT NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line),
  KEY product (product_id),
  CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT items_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT quantity_is_positive CHECK (quantity > 0)
);

CREATE TABLE stock (
  warehouse CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  amount INT NOT NULL DEFAULT 0,
  counted_in YEAR,
  PRIMARY KEY (warehouse, product_id),
  CONSTRAINT stock_product FOREIGN KEY (product_id) REFERENCES product (id)
);

-- no key at all, and rows that are twice the same
CREATE TABLE audit (
  happened_at DATETIME NOT NULL,
  what VARCHAR(60) NOT NULL,
  detail JSON
);

CREATE VIEW customer_totals AS
  SELECT c.id, c.name, COUNT(DISTINCT o.id) AS orders, SUM(i.quantity * i.price) AS total
  FROM customer c JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id
  GROUP BY c.id, c.name;

CREATE VIEW best_customers AS
  SELECT name, total FROM customer_totals WHERE total > 1000;

CREATE TRIGGER product_price AFTER UPDATE ON product FOR EACH ROW
  INSERT INTO audit SELECT NOW(), 'price', JSON_OBJECT('product', NEW.id, 'old', OLD.price, 'new', NEW.price)
  FROM DUAL WHERE OLD.price <> NEW.price;

CREATE FUNCTION with_tax(price DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC NO SQL
  RETURN ROUND(price * 1.19, 2);

CREATE PROCEDURE orders_of(IN customer INT) READS SQL DATA
  SELECT * FROM orders WHERE customer_id = customer ORDER BY ordered_at;

CREATE EVENT forget_old_audit ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 03:00:00' DISABLE
  DO DELETE FROM audit WHERE happened_at < NOW() - INTERVAL 1 YEAR;
