package io.bactrian.route;

import io.bactrian.backup.Backup;
import io.bactrian.backup.BackupWriter;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Draft;
import io.bactrian.backup.Manifest;
import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.BackupSettings;
import io.bactrian.config.CopySettings;
import io.bactrian.data.Owed;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.Snapshot;
import io.bactrian.state.RunId;
import io.bactrian.state.RunNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves of a target what a job will change, or all of it if that is what is asked for. */
public final class BackupStep {
    private static final Logger LOG = LoggerFactory.getLogger(BackupStep.class);

    private final Pairs pairs;
    private final BackupSettings settings;
    private final CopySettings copy;

    BackupStep(Pairs pairs, BackupSettings settings, CopySettings copy) {
        this.pairs = pairs;
        this.settings = settings;
        this.copy = copy;
    }

    /**
     * A backup that was made.
     *
     * @param tables how many it saves with their rows
     * @param bytes on the disk
     * @param snapshot what the rows are a picture of
     * @param whole whether it holds all of the database
     * @param stores where else it is kept
     */
    public record Report(
            String backupId,
            String database,
            int tables,
            long rows,
            long bytes,
            String path,
            String snapshot,
            boolean whole,
            List<String> stores) {
        Report alsoIn(List<String> others) {
            return new Report(
                    backupId, database, tables, rows, bytes, path, snapshot, whole, others);
        }
    }

    /**
     * One table to save.
     *
     * @param ranges which of its rows, where these are RANGES
     */
    record TableTask(String pair, String table, RowsOf rows, List<Chunk> ranges) {}

    /** One table with its parts. */
    record TablePlan(TableTask task, List<Chunk> chunks) {
        List<PartTask> tasks() {
            return chunks.stream().map(c -> new PartTask(task, c)).toList();
        }
    }

    /** One part of a table. */
    record PartTask(TableTask table, Chunk chunk) {}

    /**
     * Whether there is something to save that neither this run nor the one it goes on with has
     * saved.
     */
    boolean isNeeded(Job job) {
        if (!job.changes()) {
            return true;
        }
        RunState state = pairs.state(job.runId());
        if (!state.saved().isEmpty()) {
            return false;
        }
        Pair pair = pairs.of(job);
        if (!job.resume()) {
            Owed.recoverWhatCanBe(pair.target());
            pair.structures().changed();
        }
        boolean goesOn = job.resume() && hasWayBack(pair);
        state.expectChanges(goesOn || Touched.by(job, pair).anything());
        return job.saves() && !goesOn && state.expectsChanges();
    }

    private static boolean hasWayBack(Pair pair) {
        return pair.target()
                .with(pair.target().name(), RunNote::find)
                .filter(n -> !n.wayBack().isEmpty())
                .isPresent();
    }

    /** Begins to save all rows of the tables that the job will touch. */
    List<TableTask> begin(Job job) {
        Pair pair = pairs.of(job);
        Schema schema = pair.structures().ofTarget();
        if (!job.changes()) {
            job.tables().requireMatches(Legible.names(schema), pair.target().name());
        }
        Set<String> touched =
                job.changes() ? Touched.by(job, pair).tables() : Set.copyOf(Legible.names(schema));
        List<TableStats> full =
                schema.tables().stream()
                        .map(Table::name)
                        .filter(touched::contains)
                        .map(schema::stats)
                        .toList();
        open(
                pair,
                full.stream().mapToLong(TableStats::rows).sum(),
                full.stream().mapToLong(TableStats::dataBytes).sum());
        return tasks(
                pair,
                t ->
                        new TableTask(
                                pair.id(),
                                t,
                                touched.contains(t) ? RowsOf.ALL : RowsOf.NONE,
                                List.of()));
    }

    /** Whether rows that a repair will write are not saved with all others of their table. */
    boolean areRangesNeeded(Job job, List<RepairStep.Task> repairs) {
        boolean copied = job.copies() && job.mode() == Job.Mode.TRUNCATE;
        pairs.state(job.runId()).expectChanges(!repairs.isEmpty());
        return job.saves() && !copied && !repairs.isEmpty();
    }

    /** Begins to save the rows of the key ranges that a repair will write. */
    List<TableTask> begin(Job job, List<RepairStep.Task> repairs) {
        Pair pair = pairs.of(job);
        Schema schema = pair.structures().ofTarget();
        Map<String, List<Chunk>> ranges = new HashMap<>();
        repairs.forEach(r -> ranges.put(r.table(), Ranges.joined(r.ranges())));
        long rows = ranges.values().stream().flatMap(List::stream).mapToLong(Chunk::rows).sum();
        open(pair, rows, 0);
        return tasks(
                pair,
                t ->
                        new TableTask(
                                pair.id(),
                                t,
                                ranges.containsKey(t) ? RowsOf.RANGES : RowsOf.NONE,
                                ranges.getOrDefault(t, List.of())));
    }

    /** Sees that there is room, and opens the backup and the view of the target that is saved. */
    private void open(Pair pair, long rows, long bytes) {
        String id = RunId.at(Instant.now());
        pair.progress().begin("backup", rows, bytes);
        LOG.info("backup {}: about {} rows, {} bytes", id, rows, bytes);
        Draft draft =
                new Backups(settings.dir())
                        .begin(id, BackupWriter.estimate(bytes, settings.compression()));
        try {
            Snapshot moment = pair.targetAtOneMoment();
            pair.saving(
                    new BackupWriter(
                            draft, pair.structures().ofTarget(), moment, settings.compression()));
        } catch (RuntimeException e) {
            draft.close();
            throw e;
        }
    }

    /** Largest first. */
    private static List<TableTask> tasks(Pair pair, Function<String, TableTask> task) {
        Schema schema = pair.structures().ofTarget();
        return schema.tables().stream()
                .sorted(Comparator.comparingLong(t -> -schema.stats(t.name()).dataBytes()))
                .map(t -> task.apply(t.name()))
                .toList();
    }

    /** Cuts a table into parts; none where only its structure is saved. */
    TablePlan plan(TableTask task) {
        Pair pair = pairs.of(task.pair());
        pair.progress().table(task.table());
        return new TablePlan(
                task,
                task.rows() == RowsOf.ALL
                        ? pair.saving().chunks(table(pair, task), copy.chunkBytes())
                        : task.ranges());
    }

    private static Table table(Pair pair, TableTask task) {
        return pair.structures().ofTarget().table(task.table()).orElseThrow();
    }

    SavedPart save(PartTask part) {
        Pair pair = pairs.of(part.table().pair());
        SavedPart saved =
                pair.saving()
                        .part(
                                table(pair, part.table()),
                                part.chunk(),
                                part.table().rows() == RowsOf.RANGES);
        pair.progress().add(saved.rows(), saved.bytes());
        return saved;
    }

    /** Writes a table's structure once its rows are written. */
    SavedTable end(TablePlan plan, List<SavedPart> parts) {
        Pair pair = pairs.of(plan.task().pair());
        List<SavedPart> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparing(SavedPart::file));
        return pair.saving().table(table(pair, plan.task()), plan.task().rows(), sorted);
    }

    /** Finishes the backup. */
    Report end(Job job, List<SavedTable> tables) {
        Pair pair = pairs.of(job);
        Schema schema = pair.structures().ofTarget();
        SavedObjects.write(pair.saving(), schema);
        List<SavedTable> sorted = new ArrayList<>(tables);
        sorted.sort(Comparator.comparing(SavedTable::table));
        Backup backup =
                pair.saving()
                        .finish(
                                new Manifest.Origin(
                                        pair.target().name(),
                                        schema.name(),
                                        pair.target().server().uuid(),
                                        pair.target().server().version()),
                                job.changes()
                                        ? Manifest.Reason.BEFORE_CHANGE
                                        : Manifest.Reason.REQUEST,
                                job.runId(),
                                job.tables(),
                                sorted);
        pair.saved();
        Manifest manifest = backup.manifest();
        Report report =
                new Report(
                        backup.id(),
                        schema.name(),
                        (int) sorted.stream().filter(t -> t.rowsOf() != RowsOf.NONE).count(),
                        manifest.rows(),
                        manifest.bytes(),
                        backup.folder().toString(),
                        manifest.moment(),
                        manifest.isWhole(),
                        List.of());
        LOG.info("{}", report);
        pairs.state(job.runId()).add(report);
        return report;
    }

    /** Tells where else a backup is kept. */
    Report stored(Job job, Report report) {
        pairs.state(job.runId()).stored(report);
        return report;
    }

    /** Notes in the target what is about to be changed; gives what was saved first, or null. */
    Report known(Job job) {
        RunState state = pairs.state(job.runId());
        if (state.expectsChanges() && state.begin(job, pairs.of(job).target()) && !job.resume()) {
            state.found().ifPresent(note -> tell(note, job.target()));
        }
        List<Report> saved = state.saved();
        return saved.isEmpty() ? null : saved.get(0);
    }

    private static void tell(RunNote note, String target) {
        LOG.warn("{}; {}", note.message(target), note.hint(target));
    }
}
