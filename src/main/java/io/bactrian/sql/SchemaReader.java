package io.bactrian.sql;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a database's structure from its server. */
public final class SchemaReader {
    /** Defaults of one schema. Parameter: schema. */
    private static final String DEFAULTS =
            """
            SELECT default_character_set_name, default_collation_name
            FROM   information_schema.schemata
            WHERE  schema_name = ?
            """;

    /** Tables and views of one schema with the server's estimates. Parameter: schema. */
    private static final String TABLES =
            """
            SELECT table_name, table_type, engine, table_rows, data_length, index_length, avg_row_length
            FROM   information_schema.tables
            WHERE  table_schema = ?
            ORDER BY table_name
            """;

    private static final String ACCOUNTS = "SELECT user, host FROM mysql.user";

    /** What sync and resume keep beside the user's tables. */
    private static final Set<String> CONTROL_TABLES =
            Set.of("sync_log", "sync_conflicts", "sync_metadata");

    /** Texts are to be printed with backticks and backslashes, times in UTC. */
    private static final Map<String, Object> SESSION =
            Map.of("sql_mode", "", "sql_quote_show_create", 1, "time_zone", "+00:00");

    /** A key that the server made is a column like any other; some versions lack the variable. */
    private static final String SHOW_ALL =
            "SET SESSION time_zone = '+00:00' /*!80030 , show_gipk_in_create_table_and_information_schema = ON */";

    private final Connection connection;
    private final ServerKind server;
    private final String schema;
    private final Map<String, TableStats> stats = new HashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private SchemaReader(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.server = Dialect.of(connection).kind();
        this.schema = schema;
    }

    /**
     * The tables and views whose names are wanted, the triggers of those tables, all routines and
     * events; without what Bactrian itself keeps there.
     *
     * @throws StructureException if an object cannot be read or fully understood; it is named
     */
    public static Schema read(Connection connection, String schema, Predicate<String> tables) {
        try {
            String before = connection.getCatalog();
            // SHOW CREATE VIEW leaves out the names of the session's own schema only
            connection.setCatalog(schema);
            Map<String, Object> variables = new HashMap<>(SESSION);
            if (Dialect.of(connection).cachesEstimates()) {
                variables.put("information_schema_stats_expiry", 0);
            }
            try (SessionVariables session = SessionVariables.set(connection, variables);
                    Statement statement = connection.createStatement()) {
                statement.execute(SHOW_ALL);
                return new SchemaReader(connection, schema).read(tables);
            } finally {
                // else this would be what is told of a server that died
                if (!connection.isClosed()) {
                    connection.setCatalog(before);
                }
            }
        } catch (SQLException e) {
            throw DdlErrors.translate(schema, e);
        }
    }

    private Schema read(Predicate<String> wanted) throws SQLException {
        Predicate<String> filter = wanted.and(t -> !CONTROL_TABLES.contains(t));
        String[] defaults = defaults();
        List<String> baseTables = list(filter);
        Sight.requireTriggers(connection, schema, baseTables);
        try (Statement statement = connection.createStatement()) {
            for (String table : baseTables) {
                tables.add(table(statement, table));
            }
        }
        StoredObjectReader objects = new StoredObjectReader(connection, schema, names);
        return new Schema(
                server,
                schema,
                defaults[0],
                defaults[1],
                tables,
                stats,
                objects.read(views, filter),
                accounts());
    }

    private String[] defaults() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DEFAULTS)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new StructureException(
                            schema, "there is no such database", "create it, or name another one");
                }
                return new String[] {row.getString(1), row.getString(2)};
            }
        }
    }

    /** Names of the wanted base tables; notes views and estimates on the way. */
    private List<String> list(Predicate<String> wanted) throws SQLException {
        List<String> baseTables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    names.add(name);
                    if (!wanted.test(name)) {
                        continue;
                    }
                    String type = row.getString(2);
                    if (type.equals("VIEW")) {
                        views.add(name);
                    } else if (!type.equals("BASE TABLE")) {
                        throw notModelled(
                                schema + "." + name,
                                "is a "
                                        + (type.equals("SEQUENCE")
                                                ? "sequence"
                                                : type.toLowerCase(Locale.ROOT) + " table")
                                        + ", which is not carried",
                                null);
                    } else {
                        baseTables.add(name);
                        stats.put(
                                name,
                                new TableStats(
                                        row.getString(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getLong(6),
                                        row.getLong(7)));
                    }
                }
            }
        }
        return baseTables;
    }

    private Table table(Statement statement, String name) {
        String object = schema + "." + name;
        String text;
        try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + Names.quote(name))) {
            row.next();
            text = row.getString(2);
        } catch (SQLException e) {
            throw DdlErrors.translate(object, e);
        }
        return model(server, object, text);
    }

    /** The table of a SHOW CREATE TABLE text, if nothing of the text is lost on the way. */
    static Table model(ServerKind server, String object, String text) {
        try {
            Table table = CreateTableParser.parse(server, text);
            if (CreateTablePrinter.print(table).equals(text)) {
                return table;
            }
            throw notModelled(
                    object,
                    "its definition holds something unknown: " + firstDifference(table, text),
                    null);
        } catch (IllegalArgumentException e) {
            throw notModelled(object, "its definition is not understood: " + e.getMessage(), e);
        }
    }

    private static StructureException notModelled(String object, String reason, Exception cause) {
        return new StructureException(
                object,
                reason,
                "leave the table out with --tables '!"
                        + object.substring(object.indexOf('.') + 1)
                        + "'",
                cause);
    }

    private static String firstDifference(Table table, String text) {
        List<String> printed = CreateTablePrinter.print(table).lines().toList();
        return text.lines()
                .filter(line -> !printed.contains(line))
                .findFirst()
                .orElse("order of lines")
                .strip();
    }

    private Set<String> accounts() {
        Set<String> accounts = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ACCOUNTS)) {
            while (row.next()) {
                accounts.add(Names.quote(row.getString(1)) + "@" + Names.quote(row.getString(2)));
            }
            return accounts;
        } catch (SQLException e) {
            // an ordinary account may not look; definers are then tried when they are needed
            return null;
        }
    }
}
