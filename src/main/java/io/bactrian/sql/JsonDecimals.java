package io.bactrian.sql;

import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the rows whose JSON no text can carry: see {@link JsonExpression}. */
final class JsonDecimals {
    private JsonDecimals() {}

    /**
     * Whether a JSON text may be such: it holds a fraction, or more digits than an integer has.
     * Looking for them in the server costs a parse of every value, this costs nothing beside
     * carrying it.
     */
    static boolean possible(byte[] json) {
        int digits = 0;
        for (int i = 0; i < json.length; i++) {
            boolean digit = json[i] >= '0' && json[i] <= '9';
            if (digit && ++digits > 19 || json[i] == '.' && digits > 0) {
                return true;
            }
            digits = digit ? digits : 0;
        }
        return false;
    }

    /**
     * Keys of such rows, rare as they are.
     *
     * @param where selects rows; begins with WHERE or is empty
     * @throws DataException if there are some and the table has no key to name them by
     */
    static List<List<String>> find(Connection source, Table table, String where)
            throws SQLException {
        String unstable =
                table.writableColumns().stream()
                        .filter(c -> Codec.of(c) == Codec.JSON)
                        .map(JsonDecimals::changesAsText)
                        .collect(Collectors.joining(" OR "));
        List<List<String>> keys = new ArrayList<>();
        if (unstable.isEmpty()) {
            return keys;
        }
        KeyRange key = new KeyRange(table);
        String sql =
                "SELECT "
                        + (key.exists() ? key.selected() : "1")
                        + " FROM "
                        + key.from()
                        + (where.isEmpty() ? " WHERE (" : where + " AND (")
                        + unstable
                        + ")";
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

    private static String changesAsText(Column column) {
        String text = "CAST(" + Names.quote(column.name()) + " AS CHAR CHARACTER SET utf8mb4)";
        return text + " <> CAST(CAST(" + text + " AS JSON) AS CHAR CHARACTER SET utf8mb4)";
    }
}
