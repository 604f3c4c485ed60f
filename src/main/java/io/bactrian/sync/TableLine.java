package io.bactrian.sync;

import io.bactrian.sql.Names;
import io.bactrian.sql.TableFacts;
import java.util.List;

/**
 * One table.
 *
 * @param reason why it cannot sync, and the statement that mends it; null if it can
 */
public record TableLine(
        String table,
        String engine,
        long rows,
        long bytes,
        List<String> key,
        boolean syncable,
        String reason) {

    public static TableLine of(TableFacts table) {
        String reason = reason(table);
        return new TableLine(
                table.name(),
                table.engine(),
                table.rows(),
                table.bytes(),
                table.rowKey(),
                reason == null,
                reason);
    }

    private static String reason(TableFacts table) {
        String alter = "ALTER TABLE " + Names.quote(table.name());
        if (!"InnoDB".equalsIgnoreCase(table.engine())) {
            return "engine " + table.engine() + " has no transactions: " + alter + " ENGINE=InnoDB";
        }
        if (!table.primaryKey().isEmpty()) {
            return null;
        }
        return "no primary key: "
                + alter
                + (table.rowKey().isEmpty()
                        ? " ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"
                        : " ADD PRIMARY KEY (" + Names.list(table.rowKey()) + ")");
    }
}
