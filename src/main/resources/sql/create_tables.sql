-- Bactrian's control tables. They are never replicated, compared or counted as differences.

-- What a run must find again: checkpoints of a copy, by key.
CREATE TABLE IF NOT EXISTS sync_metadata (
    key_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    value    JSON NOT NULL,
    PRIMARY KEY (key_name)
) ENGINE = InnoDB;
