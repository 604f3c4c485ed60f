package io.bactrian.sql;

import io.bactrian.error.ConnectionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether an account sees all that a schema holds. A server does not tell that it hides something:
 * what an account may not see would be missing in a copy or a backup, and extra on the other side.
 */
public final class Sight {
    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'";

    private final Connection connection;
    private final String schema;
    private final Grants grants;

    private Sight(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.grants = Grants.of(connection);
    }

    /**
     * @param tables whose triggers are wanted
     * @throws ConnectionException if they are hidden, with the GRANT that shows them
     */
    static void requireTriggers(Connection connection, String schema, Collection<String> tables)
            throws SQLException {
        Sight sight = new Sight(connection, schema);
        if (!tables.isEmpty() && !sight.grants.has("TRIGGER", schema, tables)) {
            throw sight.lacks("TRIGGER", "triggers", schema);
        }
    }

    /** The same for all tables there are. */
    public static void requireTriggers(Connection connection, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
        }
        requireTriggers(connection, schema, tables);
    }

    /**
     * @throws ConnectionException if events or routines are hidden, with the GRANT that shows them
     */
    public static void requireEventsAndRoutines(Connection connection, String schema)
            throws SQLException {
        Sight sight = new Sight(connection, schema);
        if (!sight.grants.has("EVENT", schema, List.of())) {
            throw sight.lacks("EVENT", "events", schema);
        }
        if (!sight.seesRoutines()) {
            throw sight.lacks("SHOW_ROUTINE", "routines", null);
        }
    }

    /** Whoever may make or call them is told of them; that a body is hidden is noticed later. */
    private boolean seesRoutines() throws SQLException {
        return !Dialect.of(connection).hidesRoutines()
                || grants.hasGlobal("SHOW_ROUTINE")
                || grants.hasGlobal("SELECT")
                || List.of("CREATE ROUTINE", "ALTER ROUTINE", "EXECUTE").stream()
                        .anyMatch(p -> grants.has(p, schema, List.of()));
    }

    private ConnectionException lacks(String privilege, String hidden, String where)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
            row.next();
            return new ConnectionException(
                    schema,
                    "the account lacks " + privilege + ", without which " + hidden + " are hidden",
                    "let it see them: "
                            + Grants.statement(List.of(privilege), where, row.getString(1)));
        }
    }
}
