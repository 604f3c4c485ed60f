package io.bactrian.sql;

import com.mysql.cj.jdbc.Driver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ReplicationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * One named database: its settings, its server's few facts, and its pool of sessions. All sessions
 * speak UTC, allow every value the server can hold (zero dates too) and hand text over in the bytes
 * it is stored in; strictness is asked for by those who need it.
 */
public final class Database implements AutoCloseable {
    /** Work that needs a session. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection session) throws SQLException;
    }

    /**
     * What of a server decides how it is talked to.
     *
     * @param uuid tells servers apart, whatever name they are reached by
     * @param schema the default schema, as the server writes it
     */
    public record Server(
            Dialect dialect,
            String version,
            String uuid,
            String schema,
            boolean localInfile,
            long maxAllowedPacket) {}

    private static final String SERVER =
            "SELECT version(), %s, database(), @@global.local_infile, @@global.max_allowed_packet";

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final Server server;
    private final OwnSessions sessions;

    private Database(
            DatabaseSettings settings, HikariDataSource pool, Server server, OwnSessions sessions) {
        this.settings = settings;
        this.pool = pool;
        this.server = server;
        this.sessions = sessions;
    }

    /**
     * Connects once, so that a wrong setting is told at once, and keeps up to {@code sessions}
     * sessions.
     *
     * @throws io.bactrian.error.ConnectionException if the server cannot be reached, refuses the
     *     account or lacks the database
     */
    public static Database open(DatabaseSettings settings, int sessions, Duration timeout) {
        Properties properties = JdbcUrl.properties(settings, timeout);
        Server server = meet(settings, properties);
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name());
        // DriverManager would load every driver on the class path first
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(JdbcUrl.of(settings));
        OwnSessions own = new OwnSessions(settings);
        config.setDataSourceProperties(own.mark(JdbcUrl.properties(server.dialect(), properties)));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(sessions);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.max(250, timeout.toMillis()));
        // an index build keeps a session out for hours, and a session that ends takes its snapshot
        // or lock with it
        config.setMaxLifetime(0);
        return new Database(settings, new HikariDataSource(config), server, own);
    }

    private static Server meet(DatabaseSettings settings, Properties properties) {
        Properties login = new Properties();
        login.putAll(properties);
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password());
        try (Connection c = new Driver().connect(JdbcUrl.of(settings), login);
                Statement s = c.createStatement()) {
            Dialect dialect = Dialect.of(c);
            refuseUnknown(settings, c, dialect);
            try (ResultSet r = s.executeQuery(SERVER.formatted(dialect.serverId()))) {
                r.next();
                return new Server(
                        dialect,
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getBoolean(4),
                        r.getLong(5));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(settings.name(), settings.name(), e);
        }
    }

    private static void refuseUnknown(DatabaseSettings settings, Connection c, Dialect dialect)
            throws SQLException {
        if (dialect.refusal().isPresent()) {
            throw new ConfigException(
                    settings.name(),
                    "server version "
                            + c.getMetaData().getDatabaseProductVersion()
                            + " is not supported",
                    dialect.refusal().get());
        }
    }

    public String name() {
        return settings.name();
    }

    /** The schema all statements mean where they name none. */
    public String schema() {
        return settings.database();
    }

    public Server server() {
        return server;
    }

    /**
     * @param backup how it is called
     * @param other what its server was
     * @throws ConfigException if the two are of different kinds: a backup is statements in the
     *     words of one
     */
    public void requireKindOf(String backup, Dialect other) {
        if (server.dialect().kind() != other.kind()) {
            throw new ConfigException(
                    name(),
                    "is " + server.dialect() + ", and " + backup + " is of " + other,
                    "restore it into a database on a " + other.kind());
        }
    }

    /** A session from the pool, auto-commit on; closing it gives it back. */
    public Connection connect() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw translate(name(), e);
        }
    }

    /**
     * Has the use of its sessions counted.
     *
     * @param registry a {@code MeterRegistry} of Micrometer
     */
    public void measure(Object registry) {
        pool.setMetricRegistry(registry);
    }

    /** Throws away a session that is in no state to be used again. */
    public void evict(Connection session) {
        pool.evictConnection(session);
    }

    /** Runs {@code work} in a session of its own and names {@code object} if it fails. */
    public <T> T with(String object, Work<T> work) {
        try (Connection c = connect()) {
            return work.run(c);
        } catch (SQLException e) {
            throw translate(object, e);
        }
    }

    /** The error's kind, reason and hint for what failed on {@code object} of this database. */
    public ReplicationException translate(String object, SQLException cause) {
        return SqlErrors.translate(name(), object, cause);
    }

    /**
     * Ends all sessions whatever they are at, and lets no new one begin. Returns when the server
     * has let go of them, or after a few seconds.
     */
    public void abort() {
        pool.close();
        sessions.kill();
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
