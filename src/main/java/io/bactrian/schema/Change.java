package io.bactrian.schema;

import java.util.List;
import java.util.Map;

/**
 * One step that brings a target table nearer to its source. All steps of a table but the last kind
 * go into one ALTER TABLE.
 */
public sealed interface Change {

    /** Behind which column a column goes; {@code after} is null for the first place. */
    record Position(String after) {}

    record AddColumn(Column column, Position position) implements Change {}

    record DropColumn(Column column) implements Change {}

    /**
     * @param position null where the column stays
     */
    record ModifyColumn(Column actual, Column wanted, Position position) implements Change {
        /** Whether the column only changes places. */
        public boolean isMove() {
            return actual.equals(wanted);
        }
    }

    record AddIndex(Index index) implements Change {}

    record DropIndex(Index index) implements Change {}

    record SetVisibility(Index index) implements Change {}

    record AddForeignKey(ForeignKey foreignKey) implements Change {}

    record DropForeignKey(ForeignKey foreignKey) implements Change {}

    record AddCheck(Check check) implements Change {}

    record DropCheck(Check check) implements Change {}

    record SetEnforcement(Check check) implements Change {}

    /** Options to write, name to value. */
    record SetOptions(Map<String, String> options) implements Change {}

    /**
     * @param clause as {@link Table#partitioning()}; null takes the partitions away
     */
    record SetPartitioning(String clause) implements Change {}

    /**
     * Makes the server forget that columns were given this character set by name. They keep it, and
     * print it without COLLATE, as columns do that were made before the table's default changed.
     * Takes ALTERs of its own, as the table's default must be this character set for a moment.
     */
    record ForgetCharset(String charset, List<Column> columns) implements Change {}
}
