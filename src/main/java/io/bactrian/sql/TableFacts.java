package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the dictionary tells of a base table, read for a whole schema in two queries.
 *
 * @param rows the engine's estimate
 * @param bytes data and indexes, the engine's estimate
 * @param primaryKey columns in key order, empty without one
 * @param rowKey the primary key's columns, else those of the first unique key of whole, non-null
 *     columns; empty if rows have no name
 */
public record TableFacts(
        String name,
        String engine,
        long rows,
        long bytes,
        List<String> primaryKey,
        List<String> rowKey) {

    /** Parameter: schema. */
    private static final String TABLES =
            """
            SELECT table_name, engine, table_rows, data_length + index_length
            FROM   information_schema.tables
            WHERE  table_schema = ? AND table_type = 'BASE TABLE'
            ORDER  BY table_name
            """;

    /**
     * Unique keys that tell rows apart: no prefix, no expression, no nullable or generated column.
     * Parameter: schema. The primary key comes first, as InnoDB prefers it; a key of an expression
     * has no column name.
     */
    private static final String KEYS =
            """
            SELECT s.table_name, s.index_name, s.column_name,
                   s.column_name IS NULL OR s.sub_part IS NOT NULL OR s.nullable = 'YES'
                   OR COALESCE(c.generation_expression, '') <> '' AS unfit
            FROM   information_schema.statistics s
            LEFT   JOIN information_schema.columns c
                   ON  c.table_schema = s.table_schema AND c.table_name = s.table_name
                   AND c.column_name = s.column_name
            WHERE  s.table_schema = ? AND s.non_unique = 0
            ORDER  BY s.table_name, s.index_name <> 'PRIMARY', s.index_name, s.seq_in_index
            """;

    private static final String PRIMARY = "PRIMARY";

    public TableFacts {
        primaryKey = List.copyOf(primaryKey);
        rowKey = List.copyOf(rowKey);
    }

    private record KeyColumns(List<String> columns, boolean[] unfit) {}

    /** The base tables of the database by name. */
    public static List<TableFacts> read(Database database) {
        try (Connection connection = database.connect()) {
            forgetCachedStatistics(connection);
            return read(connection, database.schema());
        } catch (SQLException e) {
            throw database.translate(database.schema(), e);
        }
    }

    private static void forgetCachedStatistics(Connection connection) throws SQLException {
        if (Dialect.of(connection).cachesEstimates()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION information_schema_stats_expiry = 0");
            }
        }
    }

    private static List<TableFacts> read(Connection connection, String schema) throws SQLException {
        Map<String, Map<String, KeyColumns>> keys = keys(connection, schema);
        List<TableFacts> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    Map<String, KeyColumns> own = keys.getOrDefault(name, Map.of());
                    tables.add(
                            new TableFacts(
                                    name,
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    own.containsKey(PRIMARY)
                                            ? own.get(PRIMARY).columns()
                                            : List.of(),
                                    rowKey(own)));
                }
            }
        }
        return tables;
    }

    private static List<String> rowKey(Map<String, KeyColumns> keys) {
        return keys.values().stream()
                .filter(key -> !key.unfit()[0])
                .findFirst()
                .map(KeyColumns::columns)
                .orElse(List.of());
    }

    /** Unique keys by table and name, in the order of {@link #KEYS}. */
    private static Map<String, Map<String, KeyColumns>> keys(Connection connection, String schema)
            throws SQLException {
        Map<String, Map<String, KeyColumns>> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    KeyColumns key =
                            keys.computeIfAbsent(rows.getString(1), t -> new LinkedHashMap<>())
                                    .computeIfAbsent(
                                            rows.getString(2),
                                            k -> new KeyColumns(new ArrayList<>(), new boolean[1]));
                    String column = rows.getString(3);
                    if (column != null) {
                        key.columns().add(column);
                    }
                    key.unfit()[0] |= rows.getBoolean(4);
                }
            }
        }
        return keys;
    }
}
