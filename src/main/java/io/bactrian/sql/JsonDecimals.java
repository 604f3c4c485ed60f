package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Writes those JSON values again that text cannot carry. They are rare, so each row is updated by itself. */
final class JsonDecimals {
    private final Table table;
    private final KeyRange key;
    private final List<Column> columns;

    JsonDecimals(Table table) {
        this.table = table;
        this.key = new KeyRange(table);
        this.columns = table.writableColumns().stream()
                .filter(c -> Codec.of(c) == Codec.JSON)
                .toList();
    }

    private record Row(List<String> key, List<String> values) {}

    /**
     * Looks for such values among the rows just carried and writes them.
     *
     * @param where selects the rows in the source; begins with WHERE or is empty
     */
    void mend(Connection source, Connection target, String where) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        for (Row row : unstable(source, where)) {
            update(target, row);
        }
    }

    private List<Row> unstable(Connection source, String where) throws SQLException {
        String condition = columns.stream()
                .map(c -> text(c) + " <> CAST(CAST(" + text(c) + " AS JSON) AS CHAR CHARACTER SET utf8mb4)")
                .collect(Collectors.joining(" OR ", "(", ")"));
        String keys = key.exists() ? key.selected() : "1";
        String values = columns.stream().map(JsonDecimals::text).collect(Collectors.joining(", "));
        String sql = "SELECT " + keys + ", " + values + " FROM " + key.from()
                + (where.isEmpty() ? " WHERE " : where + " AND ") + condition;
        List<Row> rows = new ArrayList<>();
        try (Statement s = source.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                requireKey();
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    texts.add(r.getString(key.columns().size() + 1 + i));
                }
                rows.add(new Row(key.read(r), texts));
            }
        }
        return rows;
    }

    private static String text(Column column) {
        return "CAST(" + quote(column.name()) + " AS CHAR CHARACTER SET utf8mb4)";
    }

    private void requireKey() {
        if (!key.exists()) {
            throw new DataException(
                    table.name(),
                    "holds JSON values with DECIMALs, which are written row by row, and has no key to name a row by",
                    "add a primary key");
        }
    }

    private void update(Connection target, Row row) throws SQLException {
        List<String> set = new ArrayList<>();
        try {
            for (int i = 0; i < columns.size(); i++) {
                if (row.values().get(i) != null) {
                    set.add(quote(columns.get(i).name()) + " = " + JsonExpression.of(row.values().get(i)));
                }
            }
        } catch (JsonProcessingException e) {
            throw new DataException(table.name(), "JSON that cannot be read: " + e.getOriginalMessage(), "", false, e);
        }
        // what the application's ON UPDATE columns hold is part of the copy
        table.writableColumns().stream()
                .filter(c -> c.onUpdate() != null)
                .forEach(c -> set.add(quote(c.name()) + " = " + quote(c.name())));
        try (Statement s = target.createStatement()) {
            s.executeUpdate("UPDATE " + quote(table.name()) + " SET " + String.join(", ", set)
                    + key.whereIn(List.of(row.key())));
        }
    }
}
