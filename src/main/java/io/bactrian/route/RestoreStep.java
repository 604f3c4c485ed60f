package io.bactrian.route;

import io.bactrian.backup.Backup;
import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.CopySettings;
import io.bactrian.data.RowRepair;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.sql.Digest;
import io.bactrian.sql.RowCount;
import io.bactrian.state.CopyLedger;
import io.bactrian.state.RunNote;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into a target what a backup holds: proves the backup before, and the target after. */
public final class RestoreStep {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreStep.class);

    private final Pairs pairs;
    private final CopySettings settings;

    RestoreStep(Pairs pairs, CopySettings settings) {
        this.pairs = pairs;
        this.settings = settings;
    }

    /**
     * What was restored.
     *
     * @param savedAs the backup of what was there before; null if there was nothing, or none wanted
     * @param checksums whether rows were compared by checksums, or only counted
     */
    public record Report(
            String backupId,
            List<DataStep.TableReport> tables,
            long rows,
            long bytes,
            List<String> ddl,
            List<String> losses,
            List<String> notes,
            String savedAs,
            boolean checksums) {}

    /** One table of which only some rows were saved. */
    record RangesTask(Job job, SavedTable table) {}

    /** Rows to look at: of one part, or where they are only counted, of a table. */
    record Check(Job job, SavedTable table, SavedPart part) {}

    /** Refuses a backup that is not what was written, before anything is touched. */
    Job begin(Job job) {
        Pair pair = pairs.of(job);
        Backup backup = pair.backup();
        if (job.resume()) {
            requireSame(job, pair);
        }
        pair.structures().ofSource();
        LOG.info("restores {} of {} into {}", job.tables(), backup.folder(), pair.target());
        pair.progress().begin("check", 0, backup.manifest().bytes());
        backup.requireSound(bytes -> pair.progress().add(0, bytes));
        return job;
    }

    /** What was restored already must have been of the same backup. */
    private static void requireSame(Job job, Pair pair) {
        String before =
                pair.target()
                        .with(job.target(), RunNote::find)
                        .map(RunNote::restoring)
                        .orElse(null);
        if (!job.backup().equals(before)) {
            throw new DataException(
                    job.target(),
                    "no restore of " + job.backup() + " was cut off there",
                    "run it without --resume");
        }
    }

    /** The tables of which only some rows were saved. */
    List<RangesTask> ranges(Job job) {
        return tables(pairs.of(job), t -> t.rowsOf() == RowsOf.RANGES).stream()
                .map(t -> new RangesTask(job, t))
                .toList();
    }

    /** Puts the saved rows of a table back, and takes away others in their ranges. */
    long restore(RangesTask task) {
        Pair pair = pairs.of(task.job());
        pairs.state(task.job().runId()).changes();
        Table table = pair.structures().ofSource().table(task.table().table()).orElseThrow();
        List<Chunk> ranges = task.table().parts().stream().map(SavedPart::range).toList();
        RowRepair repair = new RowRepair(null, pair.target(), settings);
        return repair.withoutTriggers(
                table,
                pair.structures().triggersOfTarget(table.name()),
                () -> repair.transaction(table, w -> w.replace(ranges, pair.rows())));
    }

    /** What to look at once the rows are there. */
    List<Check> checks(Job job) {
        Pair pair = pairs.of(job);
        List<SavedTable> tables = tables(pair, t -> t.rowsOf() != RowsOf.NONE);
        pair.progress().begin("verify", tables.stream().mapToLong(SavedTable::rows).sum(), 0);
        return tables.stream().flatMap(t -> checks(job, t)).toList();
    }

    /** Rows of ranges cannot be told by counting all. */
    private static Stream<Check> checks(Job job, SavedTable table) {
        return job.checksums() || table.rowsOf() == RowsOf.RANGES
                ? table.parts().stream().map(p -> new Check(job, table, p))
                : Stream.of(new Check(job, table, null));
    }

    private static List<SavedTable> tables(Pair pair, Predicate<SavedTable> wanted) {
        return pair.structures().ofSource().tables().stream()
                .map(t -> pair.backup().manifest().table(t.name()).orElseThrow())
                .filter(wanted)
                .toList();
    }

    /**
     * Compares rows with what was saved of them.
     *
     * @throws DataException if they are others
     */
    long check(Check check) {
        Pair pair = pairs.of(check.job());
        String name = check.table().table();
        pair.progress().table(name);
        Table table = pair.structures().ofSource().table(name).orElseThrow();
        if (check.part() == null) {
            long rows = pair.target().with(name, c -> RowCount.of(c, table));
            require(name, rows == check.table().rows(), rows, check.table().rows());
            pair.progress().add(rows, 0);
            return rows;
        }
        Digest.Rows saved = check.part().digest();
        Digest.Rows there =
                pair.target().with(name, c -> new Digest(table).of(c, check.part().range()));
        require(name, saved.sameAs(there), there.count(), saved.count());
        pair.progress().add(there.count(), 0);
        return there.count();
    }

    private static void require(String table, boolean same, long rows, long saved) {
        if (!same) {
            throw new DataException(
                    table,
                    rows == saved
                            ? "holds other values than were saved"
                            : "holds " + rows + " rows and not the " + saved + " that were saved",
                    "see that nobody else writes to it, and restore again");
        }
    }

    Report end(
            Job job,
            BackupStep.Report saved,
            StructureStep.Report structure,
            DataStep.Report data) {
        LOG.info("restored {}: {} rows", job.backup(), data.rows());
        pairs.of(job)
                .target()
                .with(
                        job.target(),
                        c -> {
                            CopyLedger.clear(c);
                            return null;
                        });
        return new Report(
                job.backup(),
                data.tables(),
                data.rows(),
                data.bytes(),
                structure.ddl(),
                structure.losses(),
                structure.notes(),
                saved == null ? null : saved.backupId(),
                job.checksums());
    }
}
