package io.bactrian.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Runs statements about structure under the session they need. */
public final class DdlRunner {
    /** Tables that foreign keys tie together are locked by each other's statements. */
    private static final int DEADLOCK = 1213;

    private static final int ATTEMPTS = 20;

    /**
     * One TRUNCATE at a time: where a parent's and a child's meet under foreign_key_checks=0, MySQL
     * 8.0.33 shows their foreign key and heeds it no more, until it is restarted or one of the two
     * is rebuilt (17 of 312 times; together with ALTERs and INSERTs never).
     */
    private static final Object TRUNCATING = new Object();

    private DdlRunner() {}

    /**
     * Runs the statements one after the other and puts the session back.
     *
     * @param fallback runs in place of the last one if the server refuses an account as definer
     *     there; null if there is none to refuse
     * @return whether the fallback was used
     */
    public static boolean run(
            Connection connection, List<String> statements, List<String> fallback, DdlSession needs)
            throws SQLException {
        try (SessionVariables session = SessionVariables.set(connection, needs.variables())) {
            // who may not drop what is there is refused in the same words
            run(connection, statements.subList(0, statements.size() - 1));
            try {
                run(connection, statements.subList(statements.size() - 1, statements.size()));
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

    /** Runs statements one after the other in the session as it is. */
    public static void run(Connection connection, List<String> statements) throws SQLException {
        HalfReadTriggers.readAgainFor(connection, statements);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                execute(statement, sql);
            }
        }
    }

    /**
     * Statements before it are done and must not be done twice, so the one that was chosen to give
     * way is tried again by itself.
     */
    private static void execute(Statement statement, String sql) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (sql.startsWith(Ddl.TRUNCATE)) {
                    synchronized (TRUNCATING) {
                        statement.execute(sql);
                    }
                } else {
                    statement.execute(sql);
                }
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != DEADLOCK || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(20L * attempt));
        } catch (InterruptedException e) {
            // the next statement finds out
            Thread.currentThread().interrupt();
        }
    }
}
