package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Derived;
import io.bactrian.schema.Table;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL on a table's row key. Keys are compared, sorted and paged by the server alone: the order of a
 * collation is not known here. Tuples are spelled out column by column, since MySQL uses no index
 * for {@code (a, b) > (1, 2)}.
 */
public final class KeyRange {
    private final Table table;
    private final List<Column> columns;
    private final List<Codec> codecs;

    /** The key of a table that has one; with none, only whole chunks can be asked for. */
    public KeyRange(Table table) {
        this.table = table;
        this.columns = table.rowKeyColumns();
        this.codecs = columns.stream().map(Codec::of).toList();
    }

    public boolean exists() {
        return !columns.isEmpty();
    }

    public List<Column> columns() {
        return columns;
    }

    /**
     * {@code `t` FORCE INDEX (key)}: without the hint a wide range may be read by full scan and
     * sorted. Where the table's rows travel changed, what they are changed to.
     */
    public String from() {
        return hinted("FORCE");
    }

    /**
     * The same for EXPLAIN, which is to say how many rows an index has and not how many it must.
     */
    String fromUsing() {
        return hinted("USE");
    }

    private String hinted(String verb) {
        String name = quote(table.name());
        String hinted =
                name
                        + table.rowKey()
                                .map(k -> " " + verb + " INDEX (" + indexName(k.name()) + ")")
                                .orElse("");
        Derived derived = table.derived();
        if (derived == null) {
            return hinted;
        }
        String where = derived.condition().isEmpty() ? "" : " WHERE (" + derived.condition() + ")";
        String columns = String.join(", ", derived.selected());
        return "(SELECT " + columns + " FROM " + hinted + where + ") AS " + name;
    }

    private static String indexName(String name) {
        return name == null ? "PRIMARY" : quote(name);
    }

    /** {@code WHERE …} for a chunk's rows, or an empty text for all. */
    public String where(Chunk chunk) {
        List<String> both = new ArrayList<>();
        if (!chunk.after().isEmpty()) {
            both.add(compare(">", ">", chunk.after()));
        }
        if (!chunk.upTo().isEmpty()) {
            both.add(compare("<", "<=", chunk.upTo()));
        }
        return both.isEmpty() ? "" : " WHERE " + String.join(" AND ", both);
    }

    /** {@code ORDER BY} the key, or an empty text without one. */
    public String orderBy() {
        return exists()
                ? " ORDER BY "
                        + columns.stream()
                                .map(c -> quote(c.name()))
                                .collect(Collectors.joining(", "))
                : "";
    }

    /** {@code WHERE} the key is one of these. */
    public String whereIn(List<List<String>> keys) {
        // MySQL 8.0.33 finds none for (e, b) IN ((1, 6), (2, 7)) if e is an ENUM
        if (codecs.contains(Codec.MEMBER)) {
            return " WHERE " + keys.stream().map(this::equal).collect(Collectors.joining(" OR "));
        }
        String names =
                columns.stream()
                        .map(c -> quote(c.name()))
                        .collect(Collectors.joining(", ", "(", ")"));
        return " WHERE "
                + names
                + " IN "
                + keys.stream().map(this::tuple).collect(Collectors.joining(", ", "(", ")"));
    }

    private String equal(List<String> key) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            each.add(quote(columns.get(i).name()) + " = " + literal(i, key));
        }
        return each.stream().collect(Collectors.joining(" AND ", "(", ")"));
    }

    private String tuple(List<String> key) {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            literals.add(literal(i, key));
        }
        return literals.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * {@code (a > 1 OR (a = 1 AND b > 2))}: {@code strict} for all columns but the last, {@code
     * last} for that. A key of the first columns only bounds all keys that begin so.
     */
    private String compare(String strict, String last, List<String> key) {
        StringBuilder equal = new StringBuilder();
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String name = quote(columns.get(i).name());
            String operator = i == key.size() - 1 ? last : strict;
            cases.add('(' + equal.toString() + name + ' ' + operator + ' ' + literal(i, key) + ')');
            equal.append(name).append(" = ").append(literal(i, key)).append(" AND ");
        }
        return '(' + String.join(" OR ", cases) + ')';
    }

    private String literal(int i, List<String> key) {
        return codecs.get(i).keyLiteral(table, columns.get(i), key.get(i));
    }

    /** The key columns as a select list that {@link #read} understands. */
    public String selected() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(codecs.get(i).keySelected(columns.get(i)));
        }
        return String.join(", ", parts);
    }

    /** The key in the first columns of the current row. */
    public List<String> read(ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            key.add(codecs.get(i).keyValue(row.getBytes(i + 1)));
        }
        return key;
    }

    /** A key for people: text as text, bytes in hex. */
    public List<String> shown(List<String> key) {
        List<String> shown = new ArrayList<>(key.size());
        for (int i = 0; i < key.size(); i++) {
            shown.add(
                    codecs.get(i) == Codec.TEXT
                            ? decode(table.charsetOf(columns.get(i)), key.get(i))
                            : key.get(i));
        }
        return shown;
    }

    private static String decode(String charset, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return switch (charset) {
            case "utf8mb4", "utf8mb3", "utf8", "ascii" -> new String(bytes, StandardCharsets.UTF_8);
            case "latin1" -> new String(bytes, Charset.forName("windows-1252"));
            case "ucs2", "utf16" -> new String(bytes, StandardCharsets.UTF_16BE);
            default -> hex;
        };
    }
}
