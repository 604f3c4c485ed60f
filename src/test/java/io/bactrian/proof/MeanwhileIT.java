package io.bactrian.proof;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Others at work on the same tables: locks held too long, deadlocks, an ALTER in the middle. */
@Timeout(600)
class MeanwhileIT {
    private static final int LOCK_WAIT = 1205;
    private static final int DEADLOCK = 1213;
    private static final String BALLAST = "lw_ballast.ballast";

    private static MySqlServer source;
    private static MySqlServer target;

    @TempDir Path folder;

    @BeforeAll
    static void launch() {
        source = MySqlServer.launch("--innodb-lock-wait-timeout=1");
        target = MySqlServer.launch("--innodb-lock-wait-timeout=1");
        target.address()
                .execute(
                        "",
                        "CREATE SCHEMA lw_ballast",
                        "CREATE TABLE " + BALLAST + " (a INT, b CHAR(200))");
    }

    @AfterAll
    static void end() {
        source.close();
        target.close();
    }

    /** Those that write rows of tables the target has. */
    static Stream<Act> writers() {
        List<Act> all = List.of(Copying.COPY, Copying.REPAIR, Syncing.SETUP, Syncing.ROUND);
        return all.stream().filter(a -> Proof.LONG || a == Copying.REPAIR || a == Syncing.ROUND);
    }

    private Act.Stage stage(Twin twin) {
        twin.with("retry-attempts", 6);
        return new Act.Stage(twin, folder);
    }

    /**
     * A session that takes rows in any order, holds them, and lets them go unchanged. It has
     * written more than the program, so that of two in a deadlock the program is the victim.
     */
    private static void disturb(Twin twin, String table, Duration hold, AtomicBoolean go) {
        Random random = Proof.random("meanwhile " + table);
        try (Connection c = twin.target().connect(twin.schema());
                Statement s = c.createStatement()) {
            s.execute("SET SESSION innodb_lock_wait_timeout = 50, lock_wait_timeout = 50");
            c.setAutoCommit(false);
            while (go.get()) {
                hold(s, table, random, hold);
                c.rollback();
                LockSupport.parkNanos(hold.toNanos());
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void hold(Statement s, String table, Random random, Duration hold) {
        try {
            s.execute(
                    "INSERT INTO "
                            + BALLAST
                            + " WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT i, 'x' FROM n");
            for (int i = 0; i < 6; i++) {
                s.execute(
                        "SELECT id FROM %s WHERE id >= %d ORDER BY id LIMIT 3 FOR UPDATE"
                                .formatted(table, random.nextInt(0, 6000)));
                LockSupport.parkNanos(hold.toNanos() / 6);
            }
        } catch (SQLException e) {
            // the table is away for a moment, or the deadlock was ours: begin anew
            return;
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void rowsThatOthersHold(Act act) throws Exception {
        String table = act instanceof Copying ? "big" : "item";
        int runs = Proof.times(1, 4);
        long waits = raised(LOCK_WAIT);
        long deadlocks = raised(DEADLOCK);
        try (Twin twin = Twin.of("locks", source.address(), target.address());
                Watch watch = new Watch(twin)) {
            Disturbed disturbed = new Disturbed(act, stage(twin), watch);
            disturbed.whole();
            for (int i = 0; i < runs; i++) {
                // in turn: long enough to run out of patience, and short ones in each other's way
                Duration hold = Duration.ofMillis(i % 2 == 0 ? 1500 : 60);
                AtomicBoolean go = new AtomicBoolean(true);
                CompletableFuture<?>[] other = {null};
                disturbed.run(
                        Duration.ofMillis(50),
                        () ->
                                other[0] =
                                        CompletableFuture.runAsync(
                                                () -> disturb(twin, table, hold, go)),
                        () -> {
                            go.set(false);
                            other[0].join();
                        },
                        // a round leaves what others hold to the next one
                        act instanceof Syncing);
            }
            row("held rows", act, runs, waits, deadlocks, disturbed);
        }
    }

    private static long raised(int error) {
        return Stream.of(source, target)
                .mapToLong(
                        s ->
                                ask(
                                        s.address(),
                                        "SELECT sum_error_raised FROM performance_schema.events_errors_summary_global_by_error"
                                                + " WHERE error_number = "
                                                + error))
                .sum();
    }

    private static long ask(Server server, String query) {
        try (Connection c = server.connect("");
                Statement s = c.createStatement();
                var r = s.executeQuery(query)) {
            r.next();
            return r.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    private static void row(
            String what, Act act, int runs, long waits, long deadlocks, Disturbed disturbed) {
        new Page("meanwhile")
                .row(
                        what + ", " + act.toString().toLowerCase(Locale.ROOT),
                        runs,
                        raised(LOCK_WAIT) - waits,
                        raised(DEADLOCK) - deadlocks,
                        disturbed.endedWell(),
                        disturbed.goneOnWith());
    }

    /** Where an ALTER of one side comes in the middle, and of the other when that is told. */
    enum Altered {
        REPLICATE(Copying.REPLICATE, true),
        BACKUP(Copying.BACKUP, true),
        REPAIR(Copying.REPAIR, false),
        RESTORE(Copying.RESTORE, false),
        ROUND(Syncing.ROUND, true),
        SETUP(Syncing.SETUP, true);

        private final Act act;
        private final boolean atSource;

        Altered(Act act, boolean atSource) {
            this.act = act;
            this.atSource = atSource;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlterInTheMiddle(Altered where) throws Exception {
        if (!Proof.LONG && where != Altered.ROUND) {
            return;
        }
        Act act = where.act;
        boolean carried = where == Altered.REPLICATE || where == Altered.RESTORE;
        String alter =
                "ALTER TABLE "
                        + (act instanceof Copying ? "big" : "item")
                        + " ADD COLUMN added INT DEFAULT 7";
        long waits = raised(LOCK_WAIT);
        long deadlocks = raised(DEADLOCK);
        int runs = Proof.times(1, 3);
        int well = 0;
        int again = 0;
        for (double point : Proof.spread(Proof.random("alter " + where), runs)) {
            try (Twin twin = Twin.of("alter", source.address(), target.address());
                    Watch watch = new Watch(twin)) {
                Act.Stage stage = stage(twin);
                Disturbed disturbed = new Disturbed(act, stage, watch);
                long whole = disturbed.whole().toNanos();
                disturbed.run(
                        Duration.ofNanos((long) (point * whole)),
                        () -> {
                            stage.sourceChanged();
                            alter(twin, where.atSource, alter);
                        },
                        () -> {
                            if (!carried && act != Copying.BACKUP) {
                                alter(twin, !where.atSource, alter);
                            }
                        },
                        true);
                well += disturbed.endedWell();
                again += disturbed.goneOnWith();
            }
        }
        new Page("meanwhile")
                .row(
                        "an ALTER, " + where.toString().toLowerCase(Locale.ROOT),
                        runs,
                        raised(LOCK_WAIT) - waits,
                        raised(DEADLOCK) - deadlocks,
                        well,
                        again);
    }

    private static void alter(Twin twin, boolean atSource, String alter) {
        if (atSource) {
            twin.onSource(alter);
        } else {
            twin.onTarget(alter);
        }
    }
}
