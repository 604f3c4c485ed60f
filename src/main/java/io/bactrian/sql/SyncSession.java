package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a session needs that carries changes from one side to the other. */
public final class SyncSession {
    private static final int LOCK_SECONDS = 1;

    private SyncSession() {}

    /**
     * Marks the session, so that triggers do not log what it writes, and lets each of its
     * statements see what is committed by then. Somebody else's lock is not waited for long: what
     * he is at is left to the next round.
     *
     * @param origin is written into {@code @bactrian_origin}
     * @param parity 1 or 2: numbers that the session gives to new rows are odd or even
     */
    public static void begin(Connection session, String origin, int parity) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute(
                    "SET @bactrian_origin = "
                            + Names.literal(origin)
                            + ", SESSION "
                            + Dialect.of(session).isolationVariable()
                            + " = 'READ-COMMITTED', foreign_key_checks = 1,"
                            + " unique_checks = 1, innodb_lock_wait_timeout = "
                            + LOCK_SECONDS
                            + ", auto_increment_increment = 2, auto_increment_offset = "
                            + parity);
        }
    }

    /** Gives the session back as it was. */
    public static void end(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute(
                    "SET @bactrian_origin = NULL, SESSION "
                            + Dialect.of(session).isolationVariable()
                            + " = DEFAULT, foreign_key_checks = DEFAULT,"
                            + " innodb_lock_wait_timeout = DEFAULT, auto_increment_increment = DEFAULT,"
                            + " auto_increment_offset = DEFAULT");
        }
    }

    /**
     * Seconds by which the clock of a server is ahead of this machine's, measured in the middle of
     * the shortest of some questions.
     */
    public static double clockAhead(Connection session) throws SQLException {
        double best = 0;
        long shortest = Long.MAX_VALUE;
        try (Statement s = session.createStatement()) {
            for (int i = 0; i < 3; i++) {
                long before = System.nanoTime();
                double now = System.currentTimeMillis() / 1e3;
                try (ResultSet r = s.executeQuery("SELECT UNIX_TIMESTAMP(SYSDATE(6))")) {
                    r.next();
                    long took = System.nanoTime() - before;
                    if (took < shortest) {
                        shortest = took;
                        best = r.getDouble(1) - (now + took / 2e9);
                    }
                }
            }
        }
        return best;
    }
}
