package io.bactrian.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row as a JSON object of its written columns, and the way back. Numbers are numbers, FLOAT as
 * the DOUBLE it is, times are text (TIMESTAMP in UTC), bytes and geometries are hex (the latter in
 * the server's internal form), BIT is a number. An ENUM's index 0 is the number 0, a SET with a
 * member '' always a number. Text that Unicode cannot bring back is {@code {"$bytes": hex}}. JSON's
 * own null is {@code {"$json": null}}, to be told from SQL's; a document that has a {@code $json}
 * itself is wrapped in the same way.
 */
public final class RowImage {
    private static final String WRAPPER = "$json";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern CLOCK = Pattern.compile("[-0-9:. ]+");

    private static final String BYTES = "$bytes";

    /** Character sets whose every string comes back from utf8mb4; all bytes are latin1. */
    private static final Set<String> UNICODE =
            Set.of("utf8mb4", "utf8mb3", "utf8", "latin1", "ucs2", "utf16", "utf16le", "utf32");

    private static final Pattern EMPTY_MEMBER = Pattern.compile("[(,]''[,)]");

    /** Images beyond this might not fit into a packet: 64 MB is the most a row's JSON may have. */
    private static final String TOO_LARGE = "LEAST(@@max_allowed_packet DIV 8, 4194304)";

    private final Table table;

    public RowImage(Table table) {
        this.table = table;
    }

    /**
     * The image as an expression; NULL for a row too large to have one.
     *
     * @param row {@code NEW}, {@code OLD}, an alias, or null where the columns stand by themselves
     */
    public String of(String row) {
        String object =
                table.writableColumns().stream()
                        .map(c -> "_utf8mb4" + Names.literal(c.name()) + ", " + value(c, row))
                        .collect(Collectors.joining(", ", "JSON_OBJECT(", ")"));
        List<String> large =
                table.writableColumns().stream()
                        .filter(RowImage::mayBeLarge)
                        .map(c -> "IFNULL(LENGTH(" + ColumnText.of(c, row) + "), 0)")
                        .toList();
        return large.isEmpty()
                ? object
                : "IF(" + String.join(" + ", large) + " > " + TOO_LARGE + ", NULL, " + object + ")";
    }

    private static boolean mayBeLarge(Column column) {
        return switch (Codec.of(column)) {
            case LARGE -> !column.typeName().startsWith("tiny");
            case JSON, SPATIAL -> true;
            default -> false;
        };
    }

    private String value(Column column, String row) {
        String value = ColumnText.of(column, row);
        return switch (Codec.of(column)) {
            case JSON ->
                    "IF(JSON_TYPE("
                            + value
                            + ") = 'NULL' OR JSON_CONTAINS_PATH("
                            + value
                            + ", 'one', '$.\"$json\"'), JSON_OBJECT('$json', "
                            + value
                            + "), "
                            + value
                            + ")";
            case MEMBER ->
                    column.typeName().equals("enum")
                            ? "IF("
                                    + value
                                    + "+0 = 0, JSON_EXTRACT('0', '$'), JSON_EXTRACT(JSON_QUOTE("
                                    + ColumnText.exact(column, row)
                                    + "), '$'))"
                            : hasEmptyMember(column)
                                    ? "CAST(" + value + " AS UNSIGNED)"
                                    : ColumnText.exact(column, row);
            case TEXT -> text(column, row);
            case LARGE ->
                    ColumnText.isText(column) ? text(column, row) : ColumnText.exact(column, row);
            default -> ColumnText.exact(column, row);
        };
    }

    /** Bytes that are no character of the column's set, or one of two for the same, are hex. */
    private String text(Column column, String row) {
        String text = ColumnText.exact(column, row);
        String charset = table.charsetOf(column);
        if (charset == null || UNICODE.contains(charset)) {
            return text;
        }
        return "IF(CAST(CONVERT("
                + text
                + " USING "
                + charset
                + ") AS BINARY) <=> CAST("
                + ColumnText.of(column, row)
                + " AS BINARY), JSON_EXTRACT(JSON_QUOTE("
                + text
                + "), '$'), JSON_OBJECT('"
                + BYTES
                + "', HEX("
                + ColumnText.of(column, row)
                + ")))";
    }

    /** A SET with a member '' does not say by its text whether that is in. */
    private static boolean hasEmptyMember(Column set) {
        return EMPTY_MEMBER.matcher(set.type()).find();
    }

    /**
     * An image's text as an expression that stores it in a JSON column, its numbers as they are.
     */
    static String literal(Dialect dialect, String json) {
        if (json == null) {
            return "NULL";
        }
        return dialect.keepsJsonText() ? JsonExpression.literal(json) : JsonExpression.of(json);
    }

    /**
     * For each column of an image the expression that stores its value.
     *
     * @param image read with big decimals
     * @throws DataException if the table lacks a column, or a value is none of its type
     */
    public Map<Column, String> values(JsonNode image) {
        Map<Column, String> values = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> i = image.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> field = i.next();
            Column column =
                    table.writableColumns().stream()
                            .filter(c -> c.name().equalsIgnoreCase(field.getKey()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new DataException(
                                                    table.name(),
                                                    "has no column "
                                                            + field.getKey()
                                                            + " that can be written",
                                                    "columns are "
                                                            + Names.list(
                                                                    table.writableColumns().stream()
                                                                            .map(Column::name)
                                                                            .toList())));
            values.put(column, stored(column, field.getValue()));
        }
        return values;
    }

    private String stored(Column column, JsonNode value) {
        if (value.isNull()) {
            return "NULL";
        }
        return switch (Codec.of(column)) {
            case NUMBER, BIT -> checked(column, NUMBER, value, "a number");
            case REAL -> {
                String number = checked(column, NUMBER, value, "a number");
                yield number.toLowerCase().indexOf('e') < 0 ? number + "e0" : number;
            }
            case TEMPORAL -> '\'' + checked(column, CLOCK, value, "a time") + '\'';
            case TEXT -> text(column, value);
            case BINARY, SPATIAL -> hex(column, value);
            case LARGE -> ColumnText.isText(column) ? text(column, value) : hex(column, value);
            case JSON -> JsonExpression.of(unwrapped(value).toString());
            case MEMBER ->
                    value.isNumber()
                            ? "CAST(" + value.asText() + " AS UNSIGNED)"
                            : text(column, value);
        };
    }

    private static JsonNode unwrapped(JsonNode value) {
        return value.isObject() && value.size() == 1 && value.has(WRAPPER)
                ? value.get(WRAPPER)
                : value;
    }

    private String checked(Column column, Pattern form, JsonNode value, String wanted) {
        String text = value.asText();
        if (!value.isValueNode() || !form.matcher(text).matches()) {
            throw wrong(column, value, wanted);
        }
        return text;
    }

    private String text(Column column, JsonNode value) {
        if (value.isObject() && value.size() == 1 && value.has(BYTES)) {
            return hex(column, value.get(BYTES));
        }
        if (!value.isValueNode()) {
            throw wrong(column, value, "text");
        }
        return "_utf8mb4 x'"
                + HexFormat.of().formatHex(value.asText().getBytes(StandardCharsets.UTF_8))
                + '\'';
    }

    private String hex(Column column, JsonNode value) {
        try {
            return "x'" + HexFormat.of().formatHex(HexFormat.of().parseHex(value.asText())) + '\'';
        } catch (IllegalArgumentException e) {
            throw wrong(column, value, "bytes in hex");
        }
    }

    private DataException wrong(Column column, JsonNode value, String wanted) {
        return new DataException(
                table.name() + "." + column.name(),
                "is " + wanted + " and cannot be " + value,
                "write the value as `bactrian conflicts show` does");
    }
}
