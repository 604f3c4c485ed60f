package io.bactrian.route;

import io.bactrian.config.CopySettings;
import io.bactrian.data.MappedTable;
import io.bactrian.data.TableCopy;
import io.bactrian.error.DataException;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.Orphans;
import io.bactrian.state.CopyLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the rows of all tables of a job. */
public final class DataStep {
    private static final Logger LOG = LoggerFactory.getLogger(DataStep.class);

    private final Pairs pairs;
    private final CopySettings settings;
    private final Path logs;

    /**
     * @param logs the folder that knows which servers have met
     */
    DataStep(Pairs pairs, CopySettings settings, Path logs) {
        this.pairs = pairs;
        this.settings = settings;
        this.logs = logs;
    }

    /**
     * One table of a run.
     *
     * @param pair id of the pair it is for
     */
    record TableTask(String pair, String table) {}

    /** One table with the chunks still to be copied. */
    record TablePlan(String pair, String table, List<Chunk> chunks) {
        List<ChunkTask> tasks() {
            return chunks.stream().map(c -> new ChunkTask(pair, table, c)).toList();
        }
    }

    /**
     * One chunk: the message that may travel, so it holds all that a worker needs and may be worked
     * off twice.
     */
    record ChunkTask(String pair, String table, Chunk chunk) {}

    /** What was copied of one table. */
    public record TableReport(String table, long rows, long bytes, double seconds) {}

    /**
     * What was copied.
     *
     * @param snapshot what the rows are a picture of
     * @param backupId what holds the rows as they were; null if nothing was saved
     * @param mapped what of them is otherwise than in the source
     */
    public record Report(
            List<TableReport> tables,
            long rows,
            long bytes,
            String snapshot,
            String backupId,
            List<MappedTable> mapped) {}

    /** Lets no row of the user's go where a type would not arrive as it is. */
    Job firstContact(Job job) {
        Pair pair = pairs.of(job);
        if (pair.source() != null) {
            Canary.firstContact(pair.source(), pair.target(), logs);
        }
        return job;
    }

    /**
     * Refuses what cannot be copied, and opens the snapshot and the ledger. The tables come largest
     * first.
     */
    List<TableTask> begin(Job job) {
        Pair pair = pairs.of(job);
        if (!job.resume()) {
            pair.recover();
        }
        requireSameStructure(pair, pair.target().with(pair.target().name(), CopyLedger::entries));
        Schema source = pair.structures().ofSource();
        List<Table> tables = pair.structures().copied();
        List<TableStats> stats = tables.stream().map(t -> source.stats(t.name())).toList();
        pair.progress()
                .begin(
                        "copy",
                        stats.stream().mapToLong(TableStats::rows).sum(),
                        stats.stream().mapToLong(TableStats::dataBytes).sum());
        pair.rows();
        pair.target()
                .with(
                        pair.target().name(),
                        c -> {
                            Metadata.create(c);
                            pair.structures().departing().note(c, pairs.state(job.runId()));
                            return null;
                        });
        return tables.stream()
                .sorted(Comparator.comparingLong(t -> -source.stats(t.name()).dataBytes()))
                .map(t -> new TableTask(pair.id(), t.name()))
                .toList();
    }

    /**
     * @param pending tables a copy is half way through: they count as what they will be again
     */
    private static void requireSameStructure(Pair pair, Map<String, CopyLedger.Entry> pending) {
        for (Table wanted : pair.structures().copied()) {
            CopyLedger.Entry entry = pending.get(wanted.name());
            Table actual =
                    entry != null
                            ? CreateTableParser.parse(
                                    pair.target().server().dialect().kind(), entry.create())
                            : pair.structures().ofTarget().table(wanted.name()).orElse(null);
            if (actual == null || !wanted.sameRows(actual)) {
                throw new StructureException(
                        wanted.name(),
                        actual == null
                                ? "is not in the target"
                                : "has other columns or another key in the target",
                        entry != null
                                ? "it changed since the copy began: run without --resume"
                                : "run `bactrian structure` first, or `bactrian replicate`");
            }
        }
    }

    private TableCopy copy(Pair pair) {
        return new TableCopy(pair.rows(), pair.target(), settings.chunkBytes());
    }

    TablePlan prepare(Job job, TableTask task) {
        Pair pair = pairs.of(task.pair());
        pairs.state(job.runId()).changes();
        Schema target = pair.structures().ofTarget();
        Table table = table(pair, task.table());
        Table there = target.table(task.table()).orElse(table);
        List<StoredObject> triggers = pair.structures().triggersOfTarget(task.table());
        TableCopy.Work work =
                new TableCopy.Work(
                        there.readFrom(table.derived()),
                        pair.structures().ofSource().stats(task.table()),
                        triggers,
                        pointingTo(pair.structures().ofWholeTarget(), task.table()));
        return new TablePlan(task.pair(), task.table(), copy(pair).prepare(work, job.resume()));
    }

    private static Table table(Pair pair, String name) {
        return pair.structures().ofSource().table(name).orElseThrow();
    }

    private static List<ForeignKey> pointingTo(Schema schema, String parent) {
        return schema.tables().stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(f -> f.parentSchema() == null && f.parent().equals(parent))
                .toList();
    }

    CopyLedger.Done copy(ChunkTask task) {
        Pair pair = pairs.of(task.pair());
        pair.progress().table(task.table());
        CopyLedger.Done done = copy(pair).chunk(table(pair, task.table()), task.chunk());
        pair.progress().add(done.rows(), done.bytes());
        return done;
    }

    static CopyLedger.Done sum(CopyLedger.Done all, CopyLedger.Done next) {
        return new CopyLedger.Done(all.rows() + next.rows(), all.bytes() + next.bytes());
    }

    /** Builds a table's indexes; {@code done} is null where no chunk was left to copy. */
    TableReport finish(TablePlan plan, CopyLedger.Done done, long startedNanos) {
        Pair pair = pairs.of(plan.pair());
        copy(pair).finish(table(pair, plan.table()));
        CopyLedger.Done all = done == null ? new CopyLedger.Done(0, 0) : done;
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        LOG.info(
                "copied {}: {} rows, {} bytes in {} s",
                plan.table(),
                all.rows(),
                all.bytes(),
                seconds);
        return new TableReport(plan.table(), all.rows(), all.bytes(), seconds);
    }

    /** The tables that still lack foreign keys, once all are loaded. */
    List<TableTask> loaded(Job job) {
        Pair pair = pairs.of(job);
        pair.structures().changed();
        return pair.target().with(pair.target().name(), CopyLedger::entries).values().stream()
                .filter(e -> e.stage() == CopyLedger.Stage.LOADED)
                .map(e -> new TableTask(pair.id(), e.table()))
                .toList();
    }

    TableTask finishForeignKeys(TableTask task) {
        copy(pairs.of(task.pair())).finishForeignKeys(task.table());
        return task;
    }

    /**
     * Looks for orphans where only one end of a foreign key was copied, and forgets the
     * checkpoints.
     */
    Report end(Job job, List<TableReport> tables) {
        Pair pair = pairs.of(job);
        pair.structures().changed();
        // an ALTER of somebody else meanwhile may have bent values without a warning
        requireSameStructure(pair, Map.of());
        refuseOrphans(pair, tables.stream().map(TableReport::table).collect(Collectors.toSet()));
        pair.target()
                .with(
                        pair.target().name(),
                        c -> {
                            CopyLedger.clear(c);
                            return null;
                        });
        List<TableReport> sorted = new ArrayList<>(tables);
        sorted.sort(Comparator.comparing(TableReport::table));
        return new Report(
                sorted,
                sorted.stream().mapToLong(TableReport::rows).sum(),
                sorted.stream().mapToLong(TableReport::bytes).sum(),
                pair.rows().moment(),
                pairs.state(job.runId()).backupId(),
                pair.structures().departing().tables());
    }

    /** Looks for orphans likewise, and tells what a reconciliation wrote. */
    Report end(Job job, VerifyStep.Report verified) {
        Set<String> names =
                verified.tables().stream()
                        .map(VerifyStep.TableReport::table)
                        .collect(Collectors.toSet());
        refuseOrphans(pairs.of(job), names);
        List<TableReport> tables =
                verified.tables().stream().map(t -> new TableReport(t.table(), 0, 0, 0)).toList();
        return new Report(
                tables,
                verified.repaired(),
                0,
                pairs.of(job).rows().moment(),
                pairs.state(job.runId()).backupId(),
                pairs.of(job).structures().departing().tables());
    }

    /**
     * Where both ends were copied the target has the orphans the source has, none or some; where
     * one end was not, or a filter kept parents back, the server has not looked and nobody else
     * will.
     */
    private static void refuseOrphans(Pair pair, Set<String> copied) {
        Schema all = pair.structures().ofWholeTarget();
        for (Table child : all.tables()) {
            for (ForeignKey key : child.foreignKeys()) {
                boolean one = copied.contains(child.name()) != copied.contains(key.parent());
                boolean cut =
                        copied.contains(child.name())
                                && pair.structures().departing().mapped().isFiltered(key.parent());
                long orphans =
                        !one && !cut || key.parentSchema() != null
                                ? 0
                                : pair.target()
                                        .with(
                                                child.name(),
                                                c -> Orphans.count(c, child.name(), key));
                if (orphans > 0) {
                    throw new DataException(
                            child.name(),
                            orphans
                                    + " rows have no parent in "
                                    + key.parent()
                                    + " (foreign key "
                                    + key.name()
                                    + ")",
                            cut
                                    ? "have a RowFilter keep these rows back, too"
                                    : "copy both tables: add the other to --tables");
                }
            }
        }
    }
}
