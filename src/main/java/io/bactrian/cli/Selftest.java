package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.config.TableFilter;
import io.bactrian.error.DataException;
import io.bactrian.route.Pipelines;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.sql.Database;
import io.bactrian.sql.ScratchTable;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Conflicts.Kept;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Scratch;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Side;
import io.bactrian.sync.Sides;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Tries sync on a table of its own, in the databases of the pair. */
final class Selftest {
    private static final TableFilter OWN = new TableFilter(List.of(ScratchTable.PREFIX + "*"));
    private static final Setup.Options PLAIN = new Setup.Options(false, false, false);

    /** What can be tried alone. */
    enum Part {
        SETUP,
        LOCAL_TO_REMOTE,
        REMOTE_TO_LOCAL,
        CONFLICT;

        /** As the option that asks for it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A change of the table. */
    @FunctionalInterface
    private interface Change {
        void in(Connection session) throws SQLException;
    }

    private final String runId;
    private final SyncJob job;
    private final Sides sides;
    private final Catalog catalog;
    private final Scratch scratch;
    private final Quiet quiet;
    private final Pipelines pipelines;
    private final SelftestSteps steps;
    private int rounds;

    Selftest(
            String runId,
            Settings settings,
            Sides sides,
            Pipelines pipelines,
            SelftestSteps steps) {
        this.runId = runId;
        this.sides = sides;
        this.pipelines = pipelines;
        this.steps = steps;
        this.job =
                new SyncJob(
                        runId, settings.source(), settings.target(), OWN, settings.sync(), null);
        this.catalog = new Catalog(sides, OWN, settings.sync().capture());
        this.scratch = new Scratch(sides);
        this.quiet = new Quiet(scratch);
    }

    /**
     * @throws DataException if another selftest is at work on the pair
     */
    void run(Set<Part> parts) {
        scratch.alone(() -> inTurn(parts));
    }

    private void inTurn(Set<Part> parts) {
        String setup = Part.SETUP.word();
        boolean ready =
                steps.step(setup, "nothing is left of an earlier selftest", this::clear)
                        && steps.step(setup, "a table in both databases", scratch::create);
        try {
            if (ready
                    && steps.step(setup, "control tables and triggers", this::setUp)
                    && (!parts.contains(Part.SETUP)
                            || steps.step(setup, "once more finds nothing to do", this::again))) {
                parts.forEach(this::run);
            }
        } finally {
            steps.step(setup, "all of it is taken away again", this::clear);
        }
    }

    private void run(Part part) {
        switch (part) {
            case SETUP -> {}
            case LOCAL_TO_REMOTE -> oneWay(part, Side.LOCAL, SyncDirection.LOCAL_TO_REMOTE, 100);
            case REMOTE_TO_LOCAL -> oneWay(part, Side.REMOTE, SyncDirection.REMOTE_TO_LOCAL, 200);
            case CONFLICT -> conflicts(part.word());
        }
    }

    private void clear() {
        quiet.await();
        scratch.clear();
    }

    private void setUp() {
        quiet.await();
        Setup.Report report = new Setup(catalog).run(PLAIN);
        require(
                report.tables().stream().anyMatch(t -> t.table().equals(ScratchTable.NAME)),
                "the table was not set up: " + report.paused());
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            require(
                    database.with(ScratchTable.NAME, ScratchTable::triggers) > 0,
                    database.name() + " has no trigger on it");
        }
    }

    private void again() {
        Setup.Report plan = new Setup(catalog).plan(PLAIN);
        require(plan.statements().isEmpty(), "still to be done: " + plan.statements());
    }

    private void oneWay(Part part, Side from, SyncDirection direction, int first) {
        String word = part.word();
        boolean go =
                steps.step(
                                word,
                                "rows that are inserted",
                                () -> {
                                    at(from, c -> ScratchTable.insert(c, first, "one", 1));
                                    at(from, c -> ScratchTable.insert(c, first + 1, "Zoë 🐫", 2));
                                    round(direction, null);
                                    both(first, "one 1");
                                    both(first + 1, "Zoë 🐫 2");
                                })
                        && steps.step(
                                word,
                                "a row that is updated, and one that is deleted",
                                () -> {
                                    at(from, c -> ScratchTable.rename(c, first, "uno"));
                                    at(from, c -> ScratchTable.delete(c, first + 1));
                                    round(direction, null);
                                    both(first, "uno 1");
                                    both(first + 1, null);
                                });
        if (go) {
            steps.step(
                    word,
                    "a round one way keeps the other's changes for later",
                    () -> {
                        at(from.other(), c -> ScratchTable.insert(c, first + 2, "other", 3));
                        round(direction, null);
                        expect(from, first + 2, null);
                        round(SyncDirection.BIDIRECTIONAL, null);
                        both(first + 2, "other 3");
                    });
            steps.step(
                    word,
                    "a round without changes writes nothing",
                    () -> {
                        SyncReport report = round(SyncDirection.BIDIRECTIONAL, null);
                        require(report.isIdle(), report.recordsSynced() + " rows were written");
                    });
        }
    }

    private void conflicts(String word) {
        steps.step(
                word,
                "remote_wins keeps the remote row, and the local one in the conflict",
                () -> {
                    disputed(301, Strategy.REMOTE_WINS);
                    both(301, "remote 1");
                    require(
                            kept(301).conflict().localData().contains("\"local\""),
                            "the row that lost is not in the conflict");
                });
        steps.step(
                word,
                "local_wins keeps the local row",
                () -> {
                    disputed(302, Strategy.LOCAL_WINS);
                    both(302, "local 1");
                });
        steps.step(
                word,
                "newest_wins keeps the later row",
                () -> {
                    disputed(303, Strategy.NEWEST_WINS);
                    both(303, "remote 1");
                });
        steps.step(
                word,
                "merge keeps a column of each",
                () -> {
                    begin(304);
                    at(Side.LOCAL, c -> ScratchTable.rename(c, 304, "local"));
                    at(Side.REMOTE, c -> ScratchTable.count(c, 304, 7));
                    round(SyncDirection.BIDIRECTIONAL, Strategy.MERGE);
                    both(304, "local 7");
                });
        steps.step(
                word,
                "manual leaves both rows until one is chosen",
                () -> {
                    disputed(305, Strategy.MANUAL);
                    expect(Side.LOCAL, 305, "local 1");
                    expect(Side.REMOTE, 305, "remote 1");
                    Kept kept = kept(305);
                    require(kept.conflict().isWaiting(), "the conflict does not wait");
                    quiet.await();
                    pipelines.sync(
                            next().deciding(
                                            kept.conflict().id(),
                                            new Resolution.Choice(Side.LOCAL, null, "selftest")));
                    both(305, "local 1");
                });
    }

    private void begin(int id) {
        at(Side.LOCAL, c -> ScratchTable.insert(c, id, "base", 1));
        round(SyncDirection.BIDIRECTIONAL, null);
        both(id, "base 1");
    }

    /** Both sides change a row, the remote one later, and a round decides. */
    private void disputed(int id, Strategy strategy) {
        begin(id);
        at(Side.LOCAL, c -> ScratchTable.rename(c, id, "local"));
        at(Side.REMOTE, c -> ScratchTable.rename(c, id, "remote"));
        round(SyncDirection.BIDIRECTIONAL, strategy);
    }

    private Kept kept(int id) {
        return new Conflicts(sides)
                .list(false, 1000).stream()
                        .filter(k -> k.conflict().tableName().equals(ScratchTable.NAME))
                        .filter(k -> k.conflict().recordId().equals(Integer.toString(id)))
                        .findFirst()
                        .orElseThrow(() -> failed("the conflict was not kept"));
    }

    private SyncJob next() {
        return job.as(runId + "." + ++rounds);
    }

    private SyncReport round(SyncDirection direction, Strategy strategy) {
        quiet.await();
        return pipelines.sync(next().with(direction, strategy));
    }

    private void at(Side side, Change change) {
        sides.of(side)
                .with(
                        ScratchTable.NAME,
                        c -> {
                            change.in(c);
                            return null;
                        });
    }

    private void both(int id, String wanted) {
        expect(Side.LOCAL, id, wanted);
        expect(Side.REMOTE, id, wanted);
    }

    /**
     * @param wanted null if the row must not be there
     */
    private void expect(Side side, int id, String wanted) {
        Database database = sides.of(side);
        String found = database.with(ScratchTable.NAME, c -> ScratchTable.row(c, id).orElse(null));
        require(
                Objects.equals(found, wanted),
                "row " + id + " in " + database.name() + " is " + found + ", not " + wanted);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw failed(otherwise);
        }
    }

    private static DataException failed(String message) {
        return new DataException(ScratchTable.NAME, message, "`--verbose` shows where it is");
    }
}
