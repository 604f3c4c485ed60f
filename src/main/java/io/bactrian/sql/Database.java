package io.bactrian.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One named database: its settings and its pool of sessions. All sessions speak UTC, allow every value the server can hold (zero dates
 * too) and hand text over in the bytes it is stored in; strictness is asked for by those who need it.
 */
public final class Database implements AutoCloseable {
    private final DatabaseSettings settings;
    private final HikariDataSource pool;

    private Database(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /**
     * Connects once, so that a wrong setting is told at once, and keeps up to {@code sessions} sessions.
     *
     * @throws io.bactrian.error.ConnectionException if the server cannot be reached, refuses the account or lacks the database
     */
    public static Database open(DatabaseSettings settings, int sessions, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name());
        config.setJdbcUrl(JdbcUrl.of(settings, timeout));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(sessions);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.max(250, timeout.toMillis()));
        // a long index build keeps sessions out for hours
        config.setMaxLifetime(0);
        Database database = new Database(settings, new HikariDataSource(config));
        return database;
    }

    public String name() {
        return settings.name();
    }

    /** The schema all statements mean where they name none. */
    public String schema() {
        return settings.database();
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** A session from the pool, auto-commit on; closing it gives it back. */
    public Connection connect() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw translate(name(), e);
        }
    }

    /** The error's kind, reason and hint for what failed on {@code object} of this database. */
    public ReplicationException translate(String object, SQLException cause) {
        return SqlErrors.translate(this, object, cause);
    }

    @Override
    public void close() {
        pool.close();
    }
}
