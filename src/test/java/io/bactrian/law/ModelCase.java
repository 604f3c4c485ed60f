package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.SyncReport;
import io.bactrian.sync.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One series of changes and rounds of the model, all drawn from its seed. */
final class ModelCase {
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_DECISIONS = 60;

    /**
     * Duplicate key, missing parent, child in the way, both by cascade, NULL for NOT NULL, TRUNCATE
     * of a parent; and 9.7's limit, a cascade from a table into itself.
     */
    private static final Set<Integer> REFUSALS =
            Set.of(1062, 1701, 6575, 1451, 1452, 1761, 1762, 1048, 1216, 1217, 3008, 1264, 1213);

    private static final String[] MODES = {
        "@@GLOBAL.sql_mode", "''", "'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'", "'TRADITIONAL'"
    };
    private static final String[] ZONES = {"'+00:00'", "'+05:30'", "'-11:00'"};
    private static final String[] CHARSETS = {"utf8mb4", "latin1"};

    /** What must be so while conflicts wait. */
    private interface Waiting {
        void check() throws SQLException;
    }

    /** What happens to a round that is not left to itself. */
    @FunctionalInterface
    interface Disturbance {
        /** Runs a round and disturbs it; tells what it did and what came of it. */
        List<String> happen(Duo duo, Random random);
    }

    private final Duo duo;
    private final ModelShape shape;
    private final long seed;
    private final Random random;
    private final ModelMoves moves;
    private final ModelWriters writers;
    private final Strategy strategy;
    private final List<String> story = new ArrayList<>();
    private final Disturbance kill;
    private Connection local;
    private Connection remote;
    private Connection truncating;

    /**
     * @param kill what is done to each first round, or null for what a round bears without it
     */
    ModelCase(Duo duo, ModelShape shape, long seed, Disturbance kill) {
        this.duo = duo;
        this.shape = shape;
        this.kill = kill;
        this.seed = seed;
        this.random = new Random(seed);
        this.moves = new ModelMoves(shape, random);
        this.writers = new ModelWriters(shape, seed);
        Strategy[] all = Strategy.values();
        this.strategy = all[random.nextInt(all.length)];
    }

    void run() throws SQLException {
        local = open(duo.local());
        remote = open(duo.remote());
        try {
            duo.set("strategy", strategy);
            begin();
            for (int stage = 1 + random.nextInt(2); stage > 0; stage--) {
                stage();
            }
            if (seed % 3 == 0) {
                idle();
            }
        } catch (AssertionError | ReplicationException e) {
            throw new AssertionError(
                    "%s with %s, -Dbactrian.model.%s=%d%n%s%n%s"
                            .formatted(
                                    shape,
                                    strategy,
                                    kill == null ? "only" : "kill",
                                    seed,
                                    String.join("\n", story),
                                    e.getMessage()),
                    e);
        } finally {
            local.close();
            remote.close();
        }
    }

    private Connection open(Connection session) throws SQLException {
        execute(session, "SET NAMES " + CHARSETS[random.nextInt(CHARSETS.length)]);
        execute(session, "SET sql_mode = " + MODES[random.nextInt(MODES.length)]);
        execute(session, "SET time_zone = " + ZONES[random.nextInt(ZONES.length)]);
        return session;
    }

    /** The sessions that ended with their server. */
    private void reopen() throws SQLException {
        if (!local.isValid(5)) {
            local = open(duo.local());
        }
        if (!remote.isValid(5)) {
            remote = open(duo.remote());
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute(sql);
        }
    }

    /** The same rows on both sides, of which nobody knows a history. */
    private void begin() throws SQLException {
        List<String> rows = moves.rows();
        for (Connection side : List.of(local, remote)) {
            execute(side, "SET @bactrian_origin = 'model', foreign_key_checks = 0");
            for (ModelShape.Table table : shape.tables()) {
                execute(side, "DELETE FROM " + table.name());
            }
            for (String table : List.of("sync_log", "sync_conflicts")) {
                execute(side, "DELETE FROM " + table);
            }
            execute(side, "SET foreign_key_checks = 1");
            execute(side, "SET timestamp = 1700000000");
            for (String row : rows) {
                attempt(side, row);
            }
            execute(side, "SET timestamp = DEFAULT, @bactrian_origin = NULL");
        }
        story.addAll(rows);
    }

    /** Returns whether the server took it. */
    private static boolean attempt(Connection session, String sql) throws SQLException {
        try {
            execute(session, sql);
            return true;
        } catch (SQLException e) {
            if (!REFUSALS.contains(e.getErrorCode())) {
                throw new SQLException(sql + ": " + e.getMessage(), e);
            }
            return false;
        }
    }

    private void stage() throws SQLException {
        ModelState base = ModelState.read(local, shape);
        for (Connection side : List.of(local, remote)) {
            execute(side, "DELETE FROM sync_conflicts");
        }
        // where both did, nothing would tell of the rows both had
        truncating = random.nextBoolean() ? local : remote;
        for (int i = random.nextInt(8); i >= 0; i--) {
            boolean atLocal = random.nextBoolean();
            transact(atLocal ? local : remote, atLocal ? "local: " : "remote: ");
        }
        ModelState mineBefore = ModelState.read(local, shape);
        ModelState theirsBefore = ModelState.read(remote, shape);
        boolean isLate = kill == null && random.nextInt(10) == 0;
        Connection late = !isLate ? null : random.nextBoolean() ? local : remote;
        if (late != null) {
            late.setAutoCommit(false);
            change(late, (late == local ? "local" : "remote") + ", late: ");
        }
        ModelState mine = ModelState.read(local, shape);
        ModelState theirs = ModelState.read(remote, shape);
        if (kill != null) {
            story.addAll(kill.happen(duo, random));
            reopen();
        } else if (late != null || random.nextInt(3) == 0) {
            disturbed(late == null && ModelWriters.fit(shape) && random.nextBoolean());
        }
        if (late != null) {
            late.commit();
            late.setAutoCommit(true);
            story.add("the late one commits");
        }
        settle(
                () -> {
                    ModelOracle oracle = oracle(base, mine, theirs, mineBefore, theirsBefore);
                    check(oracle.parked(ModelState.read(remote, shape)));
                });
        assertThat(duo.differences(shape.tables().stream().map(ModelShape.Table::name).toList()))
                .as("both sides are the same")
                .isEmpty();
        writers.check(local);
        check(oracle(base, mine, theirs, mineBefore, theirsBefore).complaints());
    }

    private ModelOracle oracle(
            ModelState base,
            ModelState mine,
            ModelState theirs,
            ModelState mineBefore,
            ModelState theirsBefore)
            throws SQLException {
        return new ModelOracle(
                shape,
                strategy,
                base,
                mine,
                theirs,
                ModelState.read(local, shape),
                conflicts(),
                mineBefore,
                theirsBefore);
    }

    private void check(List<String> complaints) throws SQLException {
        if (!complaints.isEmpty()) {
            fail(
                    String.join("\n", complaints)
                            + "\n"
                            + conflicts().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining("\n")));
        }
    }

    private List<ModelState.Conflict> conflicts() throws SQLException {
        try (Connection local = duo.local();
                Connection remote = duo.remote()) {
            return ModelState.conflicts(shape, local, remote);
        }
    }

    private void transact(Connection session, String who) throws SQLException {
        session.setAutoCommit(false);
        change(session, who);
        if (random.nextInt(10) == 0) {
            session.rollback();
            story.add(who + "rolled back");
        } else {
            session.commit();
        }
        session.setAutoCommit(true);
    }

    private void change(Connection session, String who) throws SQLException {
        for (String sql : moves.transaction(session == truncating)) {
            boolean taken = attempt(session, sql);
            story.add(who + sql + (taken ? "" : " (refused)"));
        }
    }

    /**
     * A round that goes one way only, or is cut off by the death of all its sessions.
     *
     * @param busy whether applications write meanwhile
     */
    private void disturbed(boolean busy) {
        SyncDirection direction = SyncDirection.values()[random.nextInt(3)];
        int cut = random.nextInt(3) > 0 ? -1 : random.nextInt(40);
        story.add("a round, " + direction + (cut < 0 ? "" : ", cut off after " + cut + " ms"));
        if (busy) {
            writers.begin(duo, cut >= 0);
        }
        try {
            story.add(
                    cut < 0 && !busy
                            ? duo.round(direction).toString()
                            : duo.cutOff(direction, Math.max(cut, 0), () -> blow(cut))
                                    .map(Object::toString)
                                    .orElse("it failed"));
        } finally {
            int left = writers.end();
            if (busy) {
                story.add("applications wrote meanwhile, and left " + left + " rows");
            }
            if (cut >= 0) {
                duo.reopenTables();
            }
        }
    }

    /** A round beside which others write may end for their locks, too. */
    private void blow(int cut) {
        if (cut >= 0) {
            duo.killSessions();
        }
    }

    /** Rounds, and a person's decisions about what waits for them, until both sides agree. */
    private void settle(Waiting beforeTheFirstDecision) throws SQLException {
        boolean decided = false;
        for (int i = 0; i < MOST_DECISIONS; i++) {
            if (rounds()) {
                return;
            }
            if (!decided) {
                beforeTheFirstDecision.check();
                decided = true;
            }
            decide();
        }
        fail("no end of decisions" + duo.left() + "\n" + conflicts());
    }

    /** Returns whether both sides agree about all rows; else some wait for a decision. */
    private boolean rounds() throws SQLException {
        SyncReport last = null;
        for (int i = 0; i < MOST_ROUNDS; i++) {
            last = duo.round();
            story.add("round: " + last);
            if (last.converged()) {
                return true;
            }
            if (last.conflictsWaiting() > 0 && last.recordsSynced() == 0) {
                break;
            }
        }
        if (waiting().isEmpty()) {
            fail("no end of it: " + last + duo.left() + "\n" + conflicts());
        }
        return false;
    }

    /** Decides about one conflict that waits, of which at least one can be decided about. */
    private void decide() throws SQLException {
        List<String> refusals = new ArrayList<>();
        List<Long> waiting = waiting();
        Collections.shuffle(waiting, random);
        for (long id : waiting) {
            Side first = random.nextBoolean() ? Side.LOCAL : Side.REMOTE;
            for (Side keep : List.of(first, first.other())) {
                try {
                    story.add("conflict " + id + ", keep " + keep);
                    story.add(duo.decide(id, keep).toString());
                    return;
                } catch (DataException e) {
                    story.add(e.getMessage());
                    refusals.add(e.getMessage());
                }
            }
        }
        fail(
                "nothing can be decided: "
                        + String.join("\n", refusals)
                        + duo.left()
                        + "\n"
                        + conflicts());
    }

    private List<Long> waiting() {
        String query = "SELECT id FROM sync_conflicts WHERE resolution IS NULL";
        return Stream.concat(duo.askLocal(query).stream(), duo.askRemote(query).stream())
                .map(r -> Long.valueOf(r.get(0)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Law Y3. */
    private void idle() {
        long before = duo.written();
        for (int i = random.nextInt(10) == 0 ? 10 : 1; i > 0; i--) {
            duo.round();
        }
        assertThat(duo.written()).as("rows written by idle rounds").isEqualTo(before);
    }
}
