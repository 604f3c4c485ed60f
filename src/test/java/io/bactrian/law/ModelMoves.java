package io.bactrian.law;

import io.bactrian.law.ModelShape.Field;
import io.bactrian.law.ModelShape.Kind;
import io.bactrian.law.ModelShape.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Draws statements as applications write them, some of which the server refuses. */
final class ModelMoves {
    private static final List<String> WORDS =
            List.of("a", "A", "\u00e1", "b", "B", "ss", "\u00df", "e", "e ", "\u00c9");
    private static final List<String> BYTES = List.of("", "00", "0000", "41", "61", "FF00", "5C27");
    private static final int NUMBERS = 7;

    private final ModelShape shape;
    private final Random random;
    private int writes;

    ModelMoves(ModelShape shape, Random random) {
        this.shape = shape;
        this.random = random;
    }

    /** Rows to begin with, parents first. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Table table : shape.tables()) {
            for (int i = random.nextInt(8); i > 0; i--) {
                rows.add(insert("INSERT", table));
            }
        }
        return rows;
    }

    /**
     * The statements of one transaction.
     *
     * @param truncates whether TRUNCATE may be one of them
     */
    List<String> transaction(boolean truncates) {
        List<String> statements = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Table table = pick(shape.tables());
            if (truncates && random.nextInt(20) == 0) {
                statements.add("TRUNCATE " + table.name());
                continue;
            }
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> statements.add(insert("INSERT", table));
                case 3, 4, 5 -> statements.add(update(table));
                case 6, 7 -> statements.add("DELETE FROM " + table.name() + where(table));
                case 8 -> statements.add(rename(table));
                case 9 -> statements.addAll(passAlong(table));
                case 10 -> statements.add(insert("REPLACE", table));
                default ->
                        statements.add(
                                insert("INSERT", table) + " ON DUPLICATE KEY UPDATE v = " + next());
            }
        }
        return statements;
    }

    private int next() {
        return 1000 + ++writes;
    }

    private String insert(String verb, Table table) {
        List<Field> all = new ArrayList<>(table.key());
        all.addAll(table.fields());
        return verb
                + " INTO "
                + table.name()
                + " ("
                + all.stream().map(Field::name).collect(Collectors.joining(", "))
                + ", v) VALUES ("
                + all.stream()
                        .map(f -> value(f, !table.key().contains(f)))
                        .collect(Collectors.joining(", "))
                + ", "
                + next()
                + ")";
    }

    private String update(Table table) {
        List<String> set = new ArrayList<>();
        for (Field field : table.fields()) {
            if (random.nextInt(3) == 0) {
                set.add(field.name() + " = " + value(field, true));
            }
        }
        if (set.isEmpty() || random.nextInt(4) > 0) {
            set.add("v = " + next());
        }
        return "UPDATE " + table.name() + " SET " + String.join(", ", set) + where(table);
    }

    /** Another key, or, where a collation takes both for one, the same written otherwise. */
    private String rename(Table table) {
        Field field = pick(table.key());
        return "UPDATE "
                + table.name()
                + " SET "
                + field.name()
                + " = "
                + value(field, false)
                + (random.nextBoolean() ? ", v = " + next() : "")
                + where(table);
    }

    /** A unique value goes from row to row; or a row goes and another comes for it. */
    private List<String> passAlong(Table table) {
        List<Field> unique = table.fields().stream().filter(Field::unique).toList();
        if (unique.isEmpty()) {
            return List.of("DELETE FROM " + table.name() + where(table), insert("INSERT", table));
        }
        String u = pick(unique).name();
        String name = table.name();
        return switch (random.nextInt(3)) {
            case 0 ->
                    List.of(
                            "UPDATE %s SET %s = %s + 1 ORDER BY %s DESC".formatted(name, u, u, u),
                            update(table));
            case 1 ->
                    List.of(
                            // the two lowest rows swap their values
                            "SET @x = (SELECT MIN(%s) FROM %s), @y = (SELECT MAX(%s) FROM %s)"
                                    .formatted(u, name, u, name),
                            "UPDATE %s SET %s = -1 WHERE %s = @x".formatted(name, u, u),
                            "UPDATE %s SET %s = @x WHERE %s = @y".formatted(name, u, u),
                            "UPDATE %s SET %s = @y WHERE %s = -1".formatted(name, u, u));
            default ->
                    List.of(
                            "SET @x = (SELECT MAX(%s) FROM %s)".formatted(u, name),
                            "DELETE FROM %s WHERE %s = @x".formatted(name, u),
                            "UPDATE %s SET %s = @x%s".formatted(name, u, where(table)));
        };
    }

    private String where(Table table) {
        return table.key().stream()
                .map(f -> f.name() + " = " + value(f, false))
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private String value(Field field, boolean mayBeNull) {
        if (mayBeNull && random.nextInt(6) == 0) {
            return "NULL";
        }
        return switch (field.kind()) {
            case INTEGER -> Integer.toString(1 + random.nextInt(NUMBERS));
            case TEXT ->
                    "_utf8mb4 x'"
                            + HexFormat.of().formatHex(pick(WORDS).getBytes(StandardCharsets.UTF_8))
                            + "'";
            case BINARY -> "x'" + pick(BYTES) + "'";
            case COMPUTED -> field.expression().formatted(next());
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** How a column is read: as text that shows every bit of it. */
    static String shown(Field field) {
        return switch (field.kind()) {
            case INTEGER -> "CAST(" + field.name() + " AS CHAR)";
            case TEXT -> "HEX(CONVERT(" + field.name() + " USING utf8mb4))";
            case BINARY -> "HEX(" + field.name() + ")";
            // to a DOUBLE's last digit, whatever the session's time zone is
            case COMPUTED ->
                    switch (field.name()) {
                        case "ts" -> "CAST(UNIX_TIMESTAMP(ts) AS CHAR)";
                        case "f" -> "CAST(CAST(f AS DOUBLE) AS CHAR)";
                        default -> "CAST(" + field.name() + " AS CHAR)";
                    };
        };
    }

    /** What the server takes for the same key. */
    static String identity(Field field) {
        // only the collations of Unicode 9 tell trailing spaces apart
        return field.kind() == Kind.TEXT
                ? "HEX(WEIGHT_STRING(IF(COLLATION(%1$s) REGEXP '0900|nopad', %1$s, TRIM(TRAILING ' ' FROM %1$s))))"
                        .formatted(field.name())
                : shown(field);
    }
}
