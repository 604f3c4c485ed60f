-- Bactrian's control tables. They are never replicated, compared or counted as differences.

-- What a run must find again: checkpoints of a copy, tokens of batches, fingerprints, by key.
CREATE TABLE IF NOT EXISTS sync_metadata (
    key_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    value    JSON NOT NULL,
    PRIMARY KEY (key_name)
) ENGINE = InnoDB;

-- Changes of this side that the other may not have yet: written by triggers in the writer's own transaction.
CREATE TABLE IF NOT EXISTS sync_log (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    table_name  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    record_id   TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    operation   ENUM('INSERT', 'UPDATE', 'DELETE') NOT NULL,
    old_data    JSON NULL,
    new_data    JSON NULL,
    version     BIGINT UNSIGNED NULL,
    origin      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    changed_at  TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    sync_status ENUM('PENDING', 'SYNCED', 'CONFLICT', 'ERROR') NOT NULL DEFAULT 'PENDING',
    batch_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    synced_at   TIMESTAMP(6) NULL,
    error       TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    PRIMARY KEY (id),
    KEY queue (sync_status, table_name, id),
    KEY record (table_name, record_id(96), sync_status)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Rows that both sides changed: what was lost, or waits for a decision. Ids are odd in the local database, even in the remote one.
CREATE TABLE IF NOT EXISTS sync_conflicts (
    id                  BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    table_name          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    record_id           TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    conflict_type       ENUM('UPDATE_UPDATE', 'UPDATE_DELETE', 'INSERT_INSERT', 'UNIQUE_KEY', 'FOREIGN_KEY') NOT NULL,
    base_data           JSON NULL,
    local_data          JSON NULL,
    remote_data         JSON NULL,
    local_version       BIGINT UNSIGNED NULL,
    remote_version      BIGINT UNSIGNED NULL,
    local_modified      DATETIME(6) NULL,
    remote_modified     DATETIME(6) NULL,
    resolution_strategy VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resolution          ENUM('LOCAL', 'REMOTE', 'MERGED') NULL,
    resolved_data       JSON NULL,
    detected_at         TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    resolved_at         TIMESTAMP(6) NULL,
    resolved_by         VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    PRIMARY KEY (id),
    KEY record (table_name, record_id(96)),
    KEY waiting (resolution, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
