package io.bactrian.sql;

import io.bactrian.error.ConnectionException;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * A fixed number of sessions that all see a database as it was at one moment. Writers are held for
 * the few milliseconds it takes to open them, no longer; an ALTER until what is being read of its
 * table is read, or it would wait for the last row of the last table, and everybody else for it.
 */
public final class Snapshot implements Reader, AutoCloseable {
    /** How the sessions were made to see one moment. */
    public enum Held {
        /** FLUSH TABLES WITH READ LOCK: all sessions see one moment of the whole server. */
        GLOBAL_LOCK("one moment of the whole server, held by FLUSH TABLES WITH READ LOCK"),
        /** LOCK TABLES … READ on the tables read: the same for these tables. */
        TABLE_LOCKS("one moment of the tables read, held by LOCK TABLES"),
        /** One session needs no lock. */
        ONE_SESSION("one session's view"),
        /** No lock was to be had or wanted: each session sees a moment of its own. */
        NOT_HELD("sessions opened without a lock may see moments that lie milliseconds apart");

        private final String words;

        Held(String words) {
            this.words = words;
        }

        /** For the report. */
        public String words() {
            return words;
        }
    }

    /** Writers wait behind a waiting FLUSH TABLES WITH READ LOCK, so it gives up soon. */
    private static final int LOCK_SECONDS = 5;

    private static final Set<Integer> CANNOT_LOCK = Set.of(1044, 1142, 1205, 1227);

    private final Database database;
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
    private final List<Connection> sessions = new ArrayList<>();
    private Held held = Held.NOT_HELD;
    private volatile boolean lost;

    private Snapshot(Database database) {
        this.database = database;
    }

    /**
     * Opens {@code count} sessions on one moment.
     *
     * @param tables the tables that will be read, for the case that only they can be locked
     */
    public static Snapshot open(Database database, List<String> tables, int count) {
        Snapshot snapshot = new Snapshot(database);
        if (count == 1) {
            return snapshot.begin(count, Held.ONE_SESSION);
        }
        try (Connection lock = database.connect();
                Statement s = lock.createStatement()) {
            s.execute("SET SESSION lock_wait_timeout = " + LOCK_SECONDS);
            try {
                return snapshot.begin(count, snapshot.hold(s, tables));
            } finally {
                s.execute("UNLOCK TABLES");
                s.execute("SET SESSION lock_wait_timeout = 60");
            }
        } catch (SQLException e) {
            snapshot.close();
            throw database.translate(database.name(), e);
        } catch (ReplicationException e) {
            snapshot.close();
            throw e;
        }
    }

    /**
     * Sessions that each see one moment, not all the same: enough to compare with, and no writer
     * waits.
     */
    public static Snapshot unheld(Database database, int count) {
        return new Snapshot(database).begin(count, Held.NOT_HELD);
    }

    private Held hold(Statement s, List<String> tables) throws SQLException {
        if (tryLock(s, "FLUSH TABLES WITH READ LOCK")) {
            return Held.GLOBAL_LOCK;
        }
        String all =
                tables.stream()
                        .map(t -> Names.quote(t) + " READ")
                        .collect(Collectors.joining(", "));
        if (!tables.isEmpty() && tryLock(s, "LOCK TABLES " + all)) {
            return Held.TABLE_LOCKS;
        }
        return Held.NOT_HELD;
    }

    private static boolean tryLock(Statement s, String sql) throws SQLException {
        try {
            s.execute(sql);
            return true;
        } catch (SQLException e) {
            if (CANNOT_LOCK.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    private Snapshot begin(int count, Held how) {
        held = how;
        try {
            for (int i = 0; i < count; i++) {
                Connection c = database.connect();
                sessions.add(c);
                try (Statement s = c.createStatement()) {
                    s.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    s.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
                    s.execute("SAVEPOINT opened");
                }
            }
        } catch (SQLException e) {
            close();
            throw database.translate(database.name(), e);
        }
        idle.addAll(sessions);
        return this;
    }

    public Held held() {
        return held;
    }

    public Database database() {
        return database;
    }

    /**
     * Runs {@code work} in a session of the snapshot, waiting until one is free.
     *
     * @throws ConnectionException not to be tried again if a session of the snapshot was lost: what
     *     it saw cannot be seen again
     */
    @Override
    public <T> T read(String object, Database.Work<T> work) {
        Connection c;
        try {
            c = idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException(object, "interrupted", "run it again with --resume");
        }
        try {
            requireWhole(null);
            return work.run(c);
        } catch (SQLException e) {
            ReplicationException failure = database.translate(object, e);
            lost |= failure.kind() == ReplicationException.Kind.CONNECTION && failure.isTransient();
            requireWhole(failure);
            throw failure;
        } finally {
            letGo(c);
            idle.add(c);
        }
    }

    /** Gives back the metadata locks of the tables that were read; the view stays. */
    private void letGo(Connection session) {
        try (Statement s = session.createStatement()) {
            s.execute("ROLLBACK TO SAVEPOINT opened");
        } catch (SQLException e) {
            // the pool would say of the next statement only that the session is closed
            lost = true;
        }
    }

    private void requireWhole(ReplicationException failure) {
        if (lost) {
            throw new ConnectionException(
                    database.name(),
                    "the connection was lost, and with it the snapshot that is read"
                            + (failure == null ? "" : ": " + failure.getMessage()),
                    "see that the server runs and can be reached; then run it again, a copy with --resume",
                    false,
                    failure);
        }
    }

    @Override
    public void close() {
        for (Connection c : sessions) {
            try (c;
                    Statement s = c.createStatement()) {
                s.execute("ROLLBACK");
            } catch (SQLException e) {
                // a session that is gone has no snapshot left to end
                continue;
            }
        }
        sessions.clear();
        idle.clear();
    }
}
