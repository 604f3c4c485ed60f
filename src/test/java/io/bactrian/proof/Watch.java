package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Sees from the servers' side whether the program is at work on a schema. */
final class Watch implements AutoCloseable {
    private static final String LOCKS =
            "SELECT COUNT(*) FROM performance_schema.metadata_locks WHERE object_type = 'USER LEVEL LOCK'";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Connection> servers;
    private final String sessions;

    Watch(Twin twin) {
        servers = List.of(twin.source().connect(""), twin.target().connect(""));
        sessions =
                "SELECT COUNT(*) FROM performance_schema.session_connect_attrs a"
                        + " JOIN performance_schema.threads t ON t.processlist_id = a.processlist_id"
                        + " WHERE a.attr_name LIKE 'bactrian%' AND t.processlist_db = '"
                        + twin.schema()
                        + "'";
    }

    boolean isAtWork() {
        return count(sessions) > 0;
    }

    private long count(String query) {
        long sum = 0;
        for (Connection server : servers) {
            try (Statement s = server.createStatement();
                    ResultSet r = s.executeQuery(query)) {
                r.next();
                sum += r.getLong(1);
            } catch (SQLException e) {
                throw new AssertionError(query, e);
            }
        }
        return sum;
    }

    /** Waits for the first session. Returns when that was. */
    long begin(Child child) {
        child.await("work", this::isAtWork);
        return System.nanoTime();
    }

    /** How long a program works from its first session to its last. */
    Duration measure(Child child) {
        long begin = begin(child);
        long last = begin;
        while (child.isAlive()) {
            if (isAtWork()) {
                last = System.nanoTime();
            }
            Child.pause();
        }
        assertThat(child.exitCode()).as(child.said()).isIn(0, 3);
        return Duration.ofNanos(last - begin);
    }

    /** Waits until the servers have let go of what a program held that is no more. */
    void awaitFree() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isAtWork()) {
            assertThat(System.nanoTime()).as("sessions are left").isLessThan(deadline);
            Child.pause();
        }
        assertThat(count(LOCKS)).as("locks left").isZero();
    }

    @Override
    public void close() throws SQLException {
        for (Connection server : servers) {
            server.close();
        }
    }
}
