package io.bactrian.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A session that refuses values which do not fit, as long as this is open. */
public final class StrictMode implements AutoCloseable {
    private final SessionVariables variables;

    private StrictMode(SessionVariables variables) {
        this.variables = variables;
    }

    public static StrictMode of(Connection session) throws SQLException {
        return new StrictMode(
                SessionVariables.set(
                        session,
                        Map.of(
                                "sql_mode",
                                "STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO")));
    }

    @Override
    public void close() throws SQLException {
        variables.close();
    }
}
