package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that write on both sides all the time, and a round each second. */
@Timeout(1200)
class RoundsIT {
    private static final int SECONDS = Proof.times(6, 600);
    private static final int CHANGES = Proof.times(100, 500);

    /** Changes of one transaction. */
    private static final int TOGETHER = 5;

    private static final int ROWS = 20_000;
    private static final String AGE =
            "SELECT COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(changed_at), NOW(6)), 0) FROM sync_log WHERE sync_status = 'PENDING'";
    private static final String PENDING =
            "SELECT COUNT(*) FROM sync_log WHERE sync_status = 'PENDING'";
    private static final String ERRORS =
            "SELECT COUNT(*) FROM sync_log WHERE sync_status = 'ERROR'";

    @TempDir Path folder;

    /** One side's application: its rows are those of one parity, so that nothing is in dispute. */
    private record Application(Server server, String schema, int parity) {

        /** Writes for a while. Returns the sum of what it added to its rows. */
        long write() {
            Random random = Proof.random("application " + parity);
            long sum = 0;
            long next = System.nanoTime();
            long end = next + SECONDS * 1_000_000_000L;
            try (Connection c = server.connect(schema);
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                for (int fresh = ROWS + parity; next < end; fresh += 2) {
                    for (int i = 1; i < TOGETHER; i++) {
                        int id = 2 * random.nextInt(1, ROWS / 2) + parity;
                        sum += s.executeUpdate("UPDATE item SET n = n + 1 WHERE id = " + id);
                    }
                    s.executeUpdate(
                            "INSERT INTO item VALUES (" + fresh + ", 0, 'new of " + parity + "')");
                    c.commit();
                    next += 1_000_000_000L * TOGETHER / CHANGES;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return sum;
        }
    }

    @Test
    void aRoundEachSecondKeepsUp() throws Exception {
        try (Twin twin = Twin.of("rounds")) {
            Act.Stage stage = new Act.Stage(twin, folder);
            twin.onBoth(
                    "CREATE TABLE item (id INT PRIMARY KEY, n INT, note VARCHAR(40))",
                    "SET SESSION cte_max_recursion_depth = 100000",
                    "INSERT INTO item WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < "
                            + (ROWS - 1)
                            + ") SELECT n, 0, 'start' FROM s");
            stage.done("sync", "setup");
            try (Child child = stage.start(List.of("sync", "--every", "1"))) {
                run(twin, child);
            }
        }
    }

    private static void run(Twin twin, Child child) throws Exception {
        CompletableFuture<Long> local =
                CompletableFuture.supplyAsync(
                        new Application(twin.source(), twin.schema(), 1)::write);
        CompletableFuture<Long> remote =
                CompletableFuture.supplyAsync(
                        new Application(twin.target(), twin.schema(), 0)::write);
        List<Double> ages = new ArrayList<>();
        List<Long> memory = new ArrayList<>();
        while (!local.isDone() || !remote.isDone()) {
            ages.add(Math.max(ask(twin, twin.source(), AGE), ask(twin, twin.target(), AGE)) / 1e6);
            memory.add(Memory.megabytes(child));
            LockSupport.parkNanos(1_000_000_000L);
        }
        long sum = local.get() + remote.get();
        long stopped = System.nanoTime();
        child.await("the last change", () -> pending(twin) == 0);
        double drained = (System.nanoTime() - stopped) / 1e9;
        long atEnd = Memory.megabytes(child);
        ProcessHandle.of(child.pid()).orElseThrow().destroy();
        // as the shell tells of a program that SIGTERM ended
        assertThat(child.exitCode()).as(child.said()).isEqualTo(143);

        Look.atTarget(twin).ofUser().requireSame(Look.atSource(twin).ofUser());
        assertThat(ask(twin, twin.source(), "SELECT SUM(n) FROM item")).isEqualTo(sum);
        long errors = ask(twin, twin.source(), ERRORS) + ask(twin, twin.target(), ERRORS);
        assertThat(errors).isZero();
        assertThat(ask(twin, twin.source(), "SELECT COUNT(*) FROM sync_conflicts")).isZero();
        long early = memory.get(Math.min(60, memory.size() / 2));
        if (Proof.LONG) {
            // in the first seconds any program grows
            assertThat(atEnd).as("memory of %s", memory).isLessThan(early * 3 / 2);
        }
        Collections.sort(ages);
        new Page("rounds")
                .row(
                        Double.toString(SECONDS / 60.0),
                        ask(twin, twin.source(), "SELECT COUNT(*) FROM sync_log")
                                + ask(twin, twin.target(), "SELECT COUNT(*) FROM sync_log"),
                        ages.get(ages.size() / 2),
                        ages.get(ages.size() - 1),
                        errors,
                        early,
                        atEnd,
                        drained);
    }

    private static long pending(Twin twin) {
        return ask(twin, twin.source(), PENDING) + ask(twin, twin.target(), PENDING);
    }

    private static long ask(Twin twin, Server server, String query) {
        return Long.parseLong(twin.one(server, query));
    }
}
