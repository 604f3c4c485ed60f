package io.bactrian.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Settings of a session that writes rows or builds indexes. */
public final class LoadSession {
    /** Sorts of an index build in memory; the default of 1 MB makes many small runs. */
    private static final long DDL_BUFFER = 64 << 20;

    private static final int UNKNOWN_VARIABLE = 1193;

    private LoadSession() {}

    /**
     * Lets rows in whatever the order of parents and children. The server never looks at them
     * again; the routes do, where a parent or a child was not part of the copy.
     */
    public static void begin(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("SET SESSION foreign_key_checks = 0");
        }
    }

    /** As {@link #begin}, with room to sort. */
    public static void beginIndexing(Connection c) throws SQLException {
        begin(c);
        try (Statement s = c.createStatement()) {
            s.execute(
                    "SET SESSION innodb_ddl_buffer_size = "
                            + DDL_BUFFER
                            + ", innodb_ddl_threads = 2");
        } catch (SQLException e) {
            // since MySQL 8.0.27
            if (e.getErrorCode() != UNKNOWN_VARIABLE) {
                throw e;
            }
        }
    }

    /** Rolls back after {@code cause}, whose word is the one that counts if this fails too. */
    public static void abandon(Connection c, Exception cause) {
        try {
            c.rollback();
            c.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
