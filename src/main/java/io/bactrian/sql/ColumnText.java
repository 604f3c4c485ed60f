package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Column;

/**
 * A column's value as people read it, and still whole: an expression for triggers and queries that
 * means the same in every session.
 */
final class ColumnText {
    private ColumnText() {}

    /** The column itself, of a row that goes by a name or of none. */
    static String of(Column column, String row) {
        return (row == null ? "" : row + ".") + quote(column.name());
    }

    static boolean isText(Column column) {
        return column.typeName().endsWith("text") || column.typeName().endsWith("char");
    }

    /** Numbers as numbers, all else as text; NULL for NULL. */
    static String exact(Column column, String row) {
        String value = of(column, row);
        return switch (Codec.of(column)) {
            // MariaDB's JSON would have the zeros in front of a year and of ZEROFILL
            case NUMBER ->
                    column.typeName().equals("year") || isPadded(column) ? value + "+0" : value;
            // a FLOAT's own text keeps six digits
            case REAL ->
                    column.typeName().equals("float") || isPadded(column)
                            ? "CAST(" + value + " AS DOUBLE)"
                            : value;
            case TEMPORAL -> column.typeName().equals("timestamp") ? utc(value) : text(value);
            case BIT -> value + "+0";
            case BINARY, SPATIAL -> "HEX(" + value + ")";
            case TEXT, MEMBER -> unicode(column, value);
            case LARGE -> isText(column) ? unicode(column, value) : "HEX(" + value + ")";
            case JSON -> value;
        };
    }

    private static boolean isPadded(Column column) {
        return column.type().endsWith("zerofill");
    }

    private static String unicode(Column column, String value) {
        String text = "CONVERT(" + value + " USING utf8mb4)";
        // to MariaDB a column so checked is JSON, and no longer text, in the arguments of
        // JSON_OBJECT
        boolean isJson =
                column.storage() != null && column.storage().startsWith("CHECK (json_valid(");
        return isJson ? "CONCAT(" + text + ", '')" : text;
    }

    private static String text(String value) {
        return "CAST(" + value + " AS CHAR CHARACTER SET utf8mb4)";
    }

    /**
     * UNIX_TIMESTAMP of a column reads what is stored, whatever the session's time zone is, in
     * which two moments of an autumn night print the same. 0 is the zero date.
     */
    private static String utc(String value) {
        String moment =
                "TIMESTAMPADD(MICROSECOND, CAST(UNIX_TIMESTAMP("
                        + value
                        + ") * 1000000 AS SIGNED), TIMESTAMP'1970-01-01 00:00:00.000000')";
        return "IF(UNIX_TIMESTAMP("
                + value
                + ") = 0, '0000-00-00 00:00:00.000000', "
                + text(moment)
                + ")";
    }
}
