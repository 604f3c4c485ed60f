package io.bactrian.sql;

import io.bactrian.schema.Change;
import io.bactrian.schema.Column;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Defaults a server does not take in an ALTER that adds columns (error 1674, MySQL 8.0): a replica
 * could not repeat the values old rows get. They are set by a statement of their own.
 */
final class UnsafeDefault {
    private static final Pattern CALL =
            Pattern.compile(
                    "\\b(uuid|uuid_short|rand|random_bytes|sysdate|connection_id|found_rows|row_count|version"
                            + "|user|current_user|session_user|system_user|database|schema)\\(",
                    Pattern.CASE_INSENSITIVE);

    private UnsafeDefault() {}

    /** The column that {@code change} gives such a default. */
    static Optional<Column> in(Change change) {
        return column(change)
                .filter(c -> c.defaultValue() != null && c.defaultValue().startsWith("("))
                .filter(c -> CALL.matcher(c.defaultValue()).find());
    }

    private static Optional<Column> column(Change change) {
        if (change instanceof Change.AddColumn add) {
            return Optional.of(add.column());
        }
        return change instanceof Change.ModifyColumn modify
                ? Optional.of(modify.wanted())
                : Optional.empty();
    }

    /** The same change without the default; {@code change} adds or modifies a column. */
    static Change leftOut(Change change) {
        if (change instanceof Change.ModifyColumn modify) {
            return new Change.ModifyColumn(
                    modify.actual(), modify.wanted().withDefault(null), modify.position());
        }
        Change.AddColumn add = (Change.AddColumn) change;
        return new Change.AddColumn(add.column().withDefault(null), add.position());
    }
}
