package io.bactrian.data;

import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.util.Objects;
import java.util.Optional;

/**
 * An integrator's say in what becomes of a column on its way from a source to its target: another
 * name, other values, or nothing at all. It is found in Camel's registry or by {@link
 * java.util.ServiceLoader}, and holds for {@code analyze}, {@code structure}, {@code data}, {@code
 * verify} and {@code replicate}. A table that is mapped does not sync.
 */
@FunctionalInterface
public interface ColumnMapper {
    /**
     * What becomes of a column; empty where it travels as it is. Of several mappers the first that
     * says something decides.
     *
     * @param table as the source has it
     */
    Optional<Change> map(Table table, Column column);

    /**
     * What becomes of a column.
     *
     * @param name the target's name for it, or null for the source's
     * @param expression SQL over the source's columns that gives the value, or null for the value
     *     as it is
     * @param leftOut whether the target does not have it
     */
    record Change(String name, String expression, boolean leftOut) {
        /** The same values under another name. */
        public static Change rename(String name) {
            return new Change(Objects.requireNonNull(name), null, false);
        }

        /**
         * Other values: a SQL expression over the source's columns that gives the same for the same
         * row at any time. It may not be an aggregate.
         */
        public static Change mask(String expression) {
            return new Change(null, Objects.requireNonNull(expression), false);
        }

        /** The target does not have the column. */
        public static Change leaveOut() {
            return new Change(null, null, true);
        }

        /** The same under another name. */
        public Change as(String otherName) {
            return new Change(Objects.requireNonNull(otherName), expression, leftOut);
        }
    }
}
