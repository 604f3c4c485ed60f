package io.bactrian.sql;

import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the rows whose JSON no text can carry: see {@link JsonExpression}. */
final class JsonDecimals {
    /** Digits of an integer that may exceed 64 bits. */
    private static final int SHORT_INTEGER = 19;

    private JsonDecimals() {}

    /**
     * Whether a JSON value is such. Looking for them in the server costs a parse of every value,
     * this next to nothing beside carrying it.
     */
    static boolean possible(byte[] json) {
        return possible(json, 0, json.length);
    }

    /** The same for a value that lies among others. */
    static boolean possible(byte[] bytes, int from, int length) {
        boolean inNumber = false;
        int digits = 0;
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            boolean digit = b >= '0' && b <= '9';
            digits = digit ? digits + 1 : 0;
            if (digits == SHORT_INTEGER || inNumber && (b == '.' || b == 'e')) {
                return JsonExpression.isNeeded(
                        new String(bytes, from, length, StandardCharsets.ISO_8859_1));
            }
            inNumber = digit;
        }
        return false;
    }

    /**
     * Keys of such rows, rare as they are.
     *
     * @param where selects rows; begins with WHERE or is empty
     * @param tail ORDER BY and LIMIT, or empty
     * @throws DataException if there are some and the table has no key to name them by
     */
    static List<List<String>> find(Connection source, Table table, String where, String tail)
            throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        if (table.writableColumns().stream().noneMatch(c -> Codec.of(c) == Codec.JSON)) {
            return keys;
        }
        KeyRange key = new KeyRange(table);
        String sql = select(table, key.exists() ? key.selected() : "1", where) + tail;
        try (Statement s = source.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                if (!key.exists()) {
                    throw new DataException(
                            table.name(),
                            "holds JSON with DECIMALs, which is written row by row, and has no key to name a row by",
                            "add a primary key");
                }
                keys.add(key.read(r));
            }
        }
        return keys;
    }

    /** Selects {@code what} of such rows; the table has a JSON column. */
    static String select(Table table, String what, String where) {
        String unstable =
                table.writableColumns().stream()
                        .filter(c -> Codec.of(c) == Codec.JSON)
                        .map(JsonDecimals::changesAsText)
                        .collect(Collectors.joining(" OR "));
        return "SELECT "
                + what
                + " FROM "
                + new KeyRange(table).from()
                + (where.isEmpty() ? " WHERE (" : where + " AND (")
                + unstable
                + ")";
    }

    private static String changesAsText(Column column) {
        String text = "CAST(" + Names.quote(column.name()) + " AS CHAR CHARACTER SET utf8mb4)";
        return text + " <> CAST(CAST(" + text + " AS JSON) AS CHAR CHARACTER SET utf8mb4)";
    }
}
