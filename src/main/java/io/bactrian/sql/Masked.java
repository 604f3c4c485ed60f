package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression in the place of a column: given the column's type, so that it travels and is
 * digested as the column's own values are. What does not fit into the column is refused where rows
 * are written, as any value is that does not arrive as it was sent.
 */
public final class Masked {
    private static final Pattern DIGITS = Pattern.compile("\\(([0-9]+)(?:,([0-9]+))?\\)");

    private Masked() {}

    /** A column as it is, under the target's name for it. */
    public static String same(Column column, String name) {
        String own = quote(column.name());
        return column.name().equals(name) ? own : own + " AS " + quote(name);
    }

    /**
     * An expression in the column's place, under the target's name for it.
     *
     * @throws StructureException if the column's type takes no expression but NULL
     */
    public static String as(Table table, Column column, String expression, String name) {
        boolean none = expression.strip().equalsIgnoreCase("NULL");
        return (none ? "NULL" : cast(table, column, "(" + expression + ")")) + " AS " + quote(name);
    }

    private static String cast(Table table, Column column, String value) {
        if (column.type().contains("zerofill")) {
            throw refused(table, column);
        }
        return switch (column.typeName()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" ->
                    "CAST(" + value + (isUnsigned(column) ? " AS UNSIGNED)" : " AS SIGNED)");
            // with the column's own precision a value too large would be cut without a word
            case "decimal" -> "CAST(" + value + " AS DECIMAL(65," + digits(column, 2) + "))";
            case "float" -> "CAST(" + value + " AS FLOAT)";
            case "double" -> "CAST(" + value + " AS DOUBLE)";
            case "date" -> "CAST(" + value + " AS DATE)";
            case "time" -> "CAST(" + value + " AS TIME(" + digits(column, 1) + "))";
            case "datetime", "timestamp" ->
                    "CAST(" + value + " AS DATETIME(" + digits(column, 1) + "))";
            case "char" -> "TRIM(TRAILING ' ' FROM " + text(table, column, value) + ")";
            case "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                    text(table, column, value);
            case "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                    "CAST(" + value + " AS BINARY)";
            case "json" -> "CAST(" + value + " AS JSON)";
            default -> throw refused(table, column);
        };
    }

    private static boolean isUnsigned(Column column) {
        return column.type().contains("unsigned");
    }

    private static String text(Table table, Column column, String value) {
        return "CONVERT(" + value + " USING " + table.charsetOf(column) + ")";
    }

    /** A number in the parentheses of the type; 0 where there is none. */
    private static String digits(Column column, int which) {
        Matcher digits = DIGITS.matcher(column.type());
        return digits.find() && digits.group(which) != null ? digits.group(which) : "0";
    }

    private static StructureException refused(Table table, Column column) {
        return new StructureException(
                table.name() + "." + column.name(),
                "a column of type " + column.type() + " cannot be masked by an expression",
                "have the ColumnMapper leave it out, or mask it with NULL");
    }
}
