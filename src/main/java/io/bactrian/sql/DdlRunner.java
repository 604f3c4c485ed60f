package io.bactrian.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Runs statements about structure under the session they need. */
public final class DdlRunner {
    private DdlRunner() {}

    /**
     * Runs the statements one after the other and puts the session back.
     *
     * @param fallback runs in their place if the server refuses an account as definer; null if
     *     there is none to refuse
     * @return whether the fallback was used
     */
    public static boolean run(
            Connection connection, List<String> statements, List<String> fallback, DdlSession needs)
            throws SQLException {
        try (SessionVariables session = SessionVariables.set(connection, needs.variables())) {
            try {
                run(connection, statements);
                return false;
            } catch (SQLException e) {
                if (fallback == null || !DdlErrors.isDefinerRefused(e)) {
                    throw e;
                }
                run(connection, fallback);
                return true;
            }
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
