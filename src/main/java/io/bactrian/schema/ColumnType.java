package io.bactrian.schema;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column's type and default as the two kinds of server spell them. */
record ColumnType(String name, String text) {
    /** Display widths MariaDB prints; one less for UNSIGNED, but for BIGINT. */
    private static final Map<String, Integer> WIDTHS =
            Map.of("tinyint", 4, "smallint", 6, "mediumint", 9, "int", 11, "bigint", 20);

    private static final Set<String> NUMBERS = Set.of("decimal", "float", "double", "year");
    private static final Set<String> TEXT = Set.of("char", "varchar", "enum", "set");
    private static final Set<String> LARGE_TEXT =
            Set.of("tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BLOBS = Set.of("tinyblob", "blob", "mediumblob", "longblob");
    private static final Set<String> SPATIAL =
            Set.of(
                    "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geomcollection",
                    "geometrycollection");
    private static final Set<String> OTHERS =
            Set.of("bit", "binary", "varbinary", "date", "datetime", "timestamp", "time", "json");

    private static final Pattern NOW =
            Pattern.compile("current_timestamp(\\((\\d*)\\))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|'')*'");
    private static final Pattern LITERAL = Pattern.compile("\\(_utf8mb[34]('(?:[^'\\\\]|'')*')\\)");

    static ColumnType of(Column column) {
        return new ColumnType(column.typeName(), column.type());
    }

    boolean isText() {
        return TEXT.contains(name) || LARGE_TEXT.contains(name);
    }

    boolean isJson() {
        return name.equals("json");
    }

    /** Whether MySQL prints no default where it is NULL. */
    boolean isSilent() {
        return LARGE_TEXT.contains(name) || BLOBS.contains(name);
    }

    /** Whether MySQL takes a literal as its default in parentheses only. */
    private boolean isLarge() {
        return isSilent() || SPATIAL.contains(name) || isJson();
    }

    private boolean isNumber() {
        return WIDTHS.containsKey(name) || NUMBERS.contains(name);
    }

    boolean isKnownToBoth() {
        // compressed columns of MariaDB have a comment in their type
        return !text.contains("/*")
                && (isNumber() || isText() || isLarge() || OTHERS.contains(name));
    }

    String in(ServerKind kind) {
        boolean mariaDb = kind == ServerKind.MARIADB;
        if (WIDTHS.containsKey(name)) {
            return integer(mariaDb);
        }
        return switch (name) {
            case "json" -> mariaDb ? "longtext" : text;
            case "year" -> mariaDb ? "year(4)" : "year";
            case "geomcollection", "geometrycollection" ->
                    mariaDb ? "geometrycollection" : "geomcollection";
            default -> text;
        };
    }

    private String integer(boolean mariaDb) {
        boolean unsigned = text.contains("unsigned");
        if (text.contains("zerofill")) {
            return text;
        }
        if (mariaDb) {
            int width = WIDTHS.get(name) - (unsigned && !name.equals("bigint") ? 1 : 0);
            return text.contains("(") ? text : text.replaceFirst(name, name + "(" + width + ")");
        }
        return text.equals("tinyint(1)") ? text : text.replaceFirst("\\(\\d+\\)", "");
    }

    /** The present moment as a default; empty for something else. */
    static Optional<String> moment(String value, ServerKind kind) {
        Matcher now = NOW.matcher(value);
        if (!now.matches()) {
            return Optional.empty();
        }
        String digits = now.group(2) == null ? "" : now.group(2);
        if (kind == ServerKind.MARIADB) {
            return Optional.of("current_timestamp(" + digits + ")");
        }
        return Optional.of("CURRENT_TIMESTAMP" + (digits.isEmpty() ? "" : "(" + digits + ")"));
    }

    /** A default other than NULL; empty where it has no equal. */
    Optional<String> defaultInMariaDb(String value) {
        Optional<String> moment = moment(value, ServerKind.MARIADB);
        if (moment.isPresent()) {
            return moment;
        }
        if (value.startsWith("(")) {
            Matcher literal = LITERAL.matcher(value);
            if (isLarge() && literal.matches()) {
                return Optional.of(literal.group(1));
            }
            return Expression.translate(inner(value), ServerKind.MARIADB)
                    .map(e -> e.matches("\\w+\\(.*\\)") ? e : "(" + e + ")");
        }
        if (isNumber() && QUOTED.matcher(value).matches()) {
            String digits = value.substring(1, value.length() - 1);
            return DIGITS.matcher(digits).matches() ? Optional.of(digits) : Optional.empty();
        }
        return literal(value);
    }

    /** A default other than NULL; empty where it has no equal. */
    Optional<String> defaultInMySql(String value) {
        Optional<String> moment = moment(value, ServerKind.MYSQL);
        if (moment.isPresent()) {
            return moment;
        }
        if (name.endsWith("binary") && value.contains("?")) {
            // which MariaDB prints for bytes that are no character too
            return Optional.empty();
        }
        if (isNumber() && DIGITS.matcher(value).matches()) {
            return Optional.of("'" + value + "'");
        }
        if (literal(value).isPresent()) {
            return isLarge() ? Optional.of("(_utf8mb4" + value + ")") : literal(value);
        }
        return Expression.translate(value.startsWith("(") ? inner(value) : value, ServerKind.MYSQL)
                .map(e -> "(" + e + ")");
    }

    private static String inner(String value) {
        return value.substring(1, value.length() - 1);
    }

    private static Optional<String> literal(String value) {
        return QUOTED.matcher(value).matches() || value.startsWith("b'")
                ? Optional.of(value)
                : Optional.empty();
    }
}
