package io.bactrian.route;

import io.bactrian.config.CopySettings;
import io.bactrian.data.Mapping;
import io.bactrian.error.ConfigException;
import io.bactrian.schema.Table;
import io.bactrian.sql.Database;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.TableLocks;
import io.bactrian.state.Progress;
import io.bactrian.sync.Batch;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.ConflictResolver;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Counts;
import io.bactrian.sync.LockedWrites;
import io.bactrian.sync.Phase;
import io.bactrian.sync.ProofPage;
import io.bactrian.sync.Round;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.RoundSettings;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Side;
import io.bactrian.sync.Sides;
import io.bactrian.sync.SyncTable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a round. */
final class SyncStep {
    private static final Logger LOG = LoggerFactory.getLogger(SyncStep.class);

    private final SyncPairs pairs;
    private final CopySettings settings;
    private final Supplier<List<ConflictResolver>> resolvers;
    private final Supplier<Mapping> mapping;

    /**
     * @param resolvers strategies of the integrator's own, asked for at each round
     * @param mapping filters and mappers of the integrator's own, which sync cannot keep
     */
    SyncStep(
            SyncPairs pairs,
            CopySettings settings,
            Supplier<List<ConflictResolver>> resolvers,
            Supplier<Mapping> mapping) {
        this.pairs = pairs;
        this.settings = settings;
        this.resolvers = resolvers;
        this.mapping = mapping;
    }

    /** A table in one phase. */
    record TableTask(String runId, String table, Phase phase) {}

    /** What became of the rows of tables, by name. */
    record Tally(Map<String, Counts> tables) {
        static final Tally NOTHING = new Tally(Map.of());

        static Tally of(String table, Counts counts) {
            return new Tally(Map.of(table, counts));
        }

        Tally plus(Tally other) {
            Map<String, Counts> sum = new TreeMap<>(tables);
            other.tables.forEach((t, c) -> sum.merge(t, c, Counts::plus));
            return new Tally(sum);
        }

        Counts total() {
            return tables.values().stream().reduce(Counts.NOTHING, Counts::plus);
        }
    }

    /**
     * Looks at the tables, mends what was taken away, and opens the round.
     *
     * @throws ConfigException if the pair was never set up
     */
    SyncJob begin(SyncJob job) {
        pairs.progress(job.runId()).begin("sync", 0, 0);
        SyncPairs.SyncPair pair = pairs.of(job);
        Catalog catalog = pair.catalog();
        catalog.refresh();
        if (!catalog.isSetUp()) {
            throw new ConfigException(
                    job.local() + "/" + job.remote(),
                    "is not set up for sync, or a control table was dropped",
                    "run `bactrian sync setup`");
        }
        refuseMapped(catalog);
        tellOfLocks(pair.sides());
        List<SyncTable> mendable = catalog.tables().stream().filter(SyncTable::mendable).toList();
        if (!mendable.isEmpty()) {
            new Setup(catalog).mend(mendable);
        }
        RoundSettings how =
                new RoundSettings(
                        job.settings(), settings.batchSize(), settings.threads(), resolvers.get());
        Round round = Round.begin(job.runId(), pair.sides(), catalog.tables(), how);
        pairs.begin(round, job.runId());
        if (job.decision() != null) {
            round.resolve(
                    new Conflicts(pair.sides()).get(job.decision().conflict()),
                    job.decision().choice());
        }
        return job;
    }

    private static void tellOfLocks(Sides sides) {
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            if (TableLocks.silenceTriggers(database.server().dialect())
                    && database.with(database.name(), LockedWrites::possible)) {
                LOG.warn(
                        "{}: LOCK TABLES was used on this MariaDB server since the last round; what is written under it is not logged."
                                + " If it was on a table that syncs: bactrian sync setup --compare",
                        database.name());
            }
        }
    }

    /**
     * Whole rows travel, both ways: a value that was masked would come back as the newer one, and a
     * row that no longer passes a filter would be there or not.
     */
    private void refuseMapped(Catalog catalog) {
        Mapping now = mapping.get();
        List<String> refused =
                catalog.tables().stream()
                        .filter(SyncTable::syncs)
                        .map(SyncTable::table)
                        .filter(now::touches)
                        .map(Table::name)
                        .toList();
        if (!refused.isEmpty()) {
            throw new ConfigException(
                    String.join(", ", refused),
                    "a RowFilter or ColumnMapper applies to it, and sync carries whole rows",
                    "leave the table out with --tables, or replicate it instead");
        }
    }

    /** The tables with changes, in the order of a phase. */
    List<TableTask> tables(SyncJob job, Phase phase) {
        return pairs.round(job.runId()).tables(phase).stream()
                .map(t -> new TableTask(job.runId(), t, phase))
                .toList();
    }

    Iterator<Batch> batches(TableTask task) {
        return pairs.round(task.runId()).batches(task.table(), task.phase());
    }

    Tally apply(Batch batch) {
        Progress progress = pairs.progress(batch.round());
        progress.table(batch.table());
        Counts counts = pairs.round(batch.round()).apply(batch);
        progress.add(counts.synced(), 0);
        return Tally.of(batch.table(), counts);
    }

    /** A batch that failed for good: its rows wait for the next round. */
    static Tally failed(Batch batch) {
        return Tally.of(batch.table(), Counts.ERROR);
    }

    boolean another(SyncJob job, Tally pass) {
        return pairs.round(job.runId()).another(pass.total());
    }

    /** What the round has kept of rows that lost, or that wait. */
    Iterator<SyncConflicts.Conflict> conflicts(SyncJob job) {
        return pairs.round(job.runId()).conflicts();
    }

    /** What the round touched, to be compared. */
    Iterator<ProofPage> touched(SyncJob job) {
        return pairs.round(job.runId()).touched();
    }

    /** How many rows of a page are not the same on both sides. */
    long prove(SyncJob job, ProofPage page) {
        return pairs.round(job.runId()).prove(page);
    }

    /** Tells what the round came to. */
    SyncReport end(SyncJob job, Tally all, long differing) {
        RoundReport report = pairs.round(job.runId()).end(all.tables(), differing);
        return SyncReport.of(job, report, pairs.of(job).catalog().tables());
    }
}
