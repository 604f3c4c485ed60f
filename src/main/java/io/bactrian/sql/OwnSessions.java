package io.bactrian.sql;

import io.bactrian.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Knows the sessions of one pool on their server again. A server that is at work for a session
 * notices only afterwards that nobody listens any more: an index build goes on for hours.
 */
final class OwnSessions {
    private static final String ATTRIBUTE = "bactrian_pool";

    /** Every account may see its own here; empty where the performance schema is off. */
    private static final String SESSIONS =
            """
            SELECT DISTINCT processlist_id
            FROM   performance_schema.session_account_connect_attrs
            WHERE  attr_name = ? AND attr_value = ?
            """;

    private static final int NO_SUCH_SESSION = 1094;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final DatabaseSettings settings;
    private final String id = UUID.randomUUID().toString();

    OwnSessions(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** These properties, for sessions that are to be known again. */
    Properties mark(Properties properties) {
        Properties marked = new Properties();
        marked.putAll(properties);
        marked.setProperty("connectionAttributes", ATTRIBUTE + ":" + id);
        return marked;
    }

    /**
     * Ends them and waits a few seconds until they are gone, with their transactions and locks. A
     * server that cannot be reached is left alone.
     */
    void kill() {
        Properties login = JdbcUrl.properties(settings, CONNECT);
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password());
        login.setProperty("socketTimeout", Long.toString(PATIENCE.toMillis()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection c = DriverManager.getConnection(JdbcUrl.of(settings), login)) {
            for (List<Long> left = left(c);
                    !left.isEmpty() && System.nanoTime() < deadline;
                    left = left(c)) {
                kill(c, left);
                Thread.sleep(20);
            }
        } catch (SQLException e) {
            // what cannot be reached cannot be told to end; it ends with its connections
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> left(Connection c) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement(SESSIONS)) {
            s.setString(1, ATTRIBUTE);
            s.setString(2, id);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    ids.add(r.getLong(1));
                }
            }
        }
        return ids;
    }

    private static void kill(Connection c, List<Long> sessions) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (long session : sessions) {
                try {
                    s.execute("KILL " + session);
                } catch (SQLException e) {
                    if (e.getErrorCode() != NO_SUCH_SESSION) {
                        throw e;
                    }
                }
            }
        }
    }
}
