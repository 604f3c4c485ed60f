package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a row in the log: the value of its primary key as text, bytes in hex; of a composite
 * key a JSON array of them. It is the same whatever the session's time zone, character set and
 * sql_mode are.
 */
public final class RecordId {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?");
    private static final Pattern CLOCK = Pattern.compile("[-0-9:. ]+");

    private final Table table;
    private final List<Column> columns;

    /**
     * @param table one with a primary key
     */
    public RecordId(Table table) {
        this.table = table;
        this.columns =
                table.primaryKey().orElseThrow().columns().stream().map(table::column).toList();
    }

    /**
     * The id as an expression that is never NULL.
     *
     * @param row {@code NEW}, {@code OLD}, an alias, or null where the columns stand by themselves
     */
    public String of(String row) {
        if (columns.size() == 1) {
            return text(columns.get(0), row);
        }
        return columns.stream()
                .map(c -> isInteger(c) ? ColumnText.of(c, row) : text(c, row))
                .collect(
                        Collectors.joining(
                                ", ", "CAST(JSON_ARRAY(", ") AS CHAR CHARACTER SET utf8mb4)"));
    }

    /** The id of the row that an image shows, whose key it has in the same form. */
    String ofImage(JsonNode image) {
        if (columns.size() == 1) {
            return text(columns.get(0), image);
        }
        return columns.stream()
                .map(
                        c ->
                                isInteger(c)
                                        ? text(c, image)
                                        : TextNode.valueOf(text(c, image)).toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(Column column, JsonNode image) {
        String value = image.path(column.name()).asText();
        // as JSON a whole DOUBLE has a fraction, as text it has none
        return Codec.of(column) == Codec.REAL && value.endsWith(".0")
                ? value.substring(0, value.length() - 2)
                : value;
    }

    private static String text(Column column, String row) {
        String value = ColumnText.exact(column, row);
        return Codec.of(column) == Codec.TEXT
                ? value
                : "CAST(" + value + " AS CHAR CHARACTER SET utf8mb4)";
    }

    private static boolean isInteger(Column column) {
        return column.typeName().endsWith("int");
    }

    /** The table, to be read by its primary key. */
    public String from() {
        return quote(table.name()) + " FORCE INDEX (PRIMARY)";
    }

    /**
     * {@code WHERE} a row has one of these ids, by the columns' own comparison.
     *
     * @throws DataException if one of them is not of this table's form
     */
    public String whereIn(Collection<String> ids) {
        List<List<String>> keys = ids.stream().map(this::literals).toList();
        if (columns.size() == 1) {
            return " WHERE "
                    + quote(columns.get(0).name())
                    + keys.stream()
                            .map(k -> k.get(0))
                            .collect(Collectors.joining(", ", " IN (", ")"));
        }
        if (columns.stream().anyMatch(this::isMissedInTuples)) {
            return " WHERE ("
                    + keys.stream().map(this::equal).collect(Collectors.joining(" OR "))
                    + ")";
        }
        return " WHERE "
                + columns.stream()
                        .map(c -> quote(c.name()))
                        .collect(Collectors.joining(", ", "(", ")"))
                + keys.stream()
                        .map(k -> "(" + String.join(", ", k) + ")")
                        .collect(Collectors.joining(", ", " IN (", ")"));
    }

    /**
     * Whether a server finds too few rows for {@code (c, b) IN ((1, 6), (2, 7))}: MySQL 8.0.33 if c
     * is an ENUM, MariaDB 10.11 and 11.4 if the texts are to be converted into c's character set.
     */
    private boolean isMissedInTuples(Column column) {
        return switch (Codec.of(column)) {
            case MEMBER -> true;
            case TEXT -> !"utf8mb4".equals(table.charsetOf(column));
            default -> false;
        };
    }

    private String equal(List<String> key) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            each.add(quote(columns.get(i).name()) + " = " + key.get(i));
        }
        return "(" + String.join(" AND ", each) + ")";
    }

    private List<String> literals(String id) {
        if (columns.size() == 1) {
            return List.of(literal(columns.get(0), id));
        }
        JsonNode parts;
        try {
            parts = ExactJson.read(id);
        } catch (JsonProcessingException e) {
            throw malformed(id);
        }
        if (!parts.isArray() || parts.size() != columns.size()) {
            throw malformed(id);
        }
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            literals.add(literal(columns.get(i), parts.get(i).asText()));
        }
        return literals;
    }

    private String literal(Column column, String value) {
        return switch (Codec.of(column)) {
            case NUMBER, BIT -> checked(DIGITS, value);
            // a decimal literal would be compared as decimal; facts 1 and 19 of the design
            case REAL -> checked(DIGITS, value) + (value.indexOf('e') < 0 ? "e0" : "");
            case TEMPORAL -> '\'' + checked(CLOCK, value) + '\'';
            // as a literal it is the one that is converted where the column's charset is another
            case TEXT, MEMBER -> text(value);
            default -> ColumnText.isText(column) ? text(value) : "x'" + hex(value) + '\'';
        };
    }

    private static String text(String value) {
        return "_utf8mb4 x'"
                + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8))
                + '\'';
    }

    private String hex(String value) {
        try {
            return HexFormat.of().formatHex(HexFormat.of().parseHex(value));
        } catch (IllegalArgumentException e) {
            throw malformed(value);
        }
    }

    private String checked(Pattern form, String value) {
        if (!form.matcher(value).matches()) {
            throw malformed(value);
        }
        return value;
    }

    private DataException malformed(String id) {
        return new DataException(
                table.name(), "not a record id of this table: " + id, "see `bactrian sync status`");
    }
}
