package io.bactrian.route;

import io.bactrian.backup.Backup;
import io.bactrian.backup.BackupWriter;
import io.bactrian.backup.Backups;
import io.bactrian.config.CopySettings;
import io.bactrian.config.Settings;
import io.bactrian.data.Mapping;
import io.bactrian.data.Owed;
import io.bactrian.error.ConfigException;
import io.bactrian.schema.Table;
import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.Database;
import io.bactrian.sql.Dialect;
import io.bactrian.sql.RowSource;
import io.bactrian.sql.Snapshot;
import io.bactrian.sql.SnapshotRows;
import io.bactrian.state.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The two databases of one run and all that the run holds on them: sessions, the lock on a target
 * that is changed, the snapshots. Stages of one run share it, so that verify looks at the very rows
 * that were copied.
 */
final class Pair implements AutoCloseable {
    private final String id;
    private final Job job;
    private final CopySettings settings;
    private final Database source;
    private final Backup saved;
    private final Database target;
    private final Progress progress;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final ExecutorService sourceReaders;
    private final Structures structures;
    private Snapshot snapshot;
    private Snapshot targetSnapshot;
    private BackupWriter writer;

    private Pair(
            String id,
            Job job,
            CopySettings settings,
            Database source,
            Backup saved,
            Database target,
            Progress progress,
            Supplier<Mapping> mapping) {
        this.id = id;
        this.job = job;
        this.settings = settings;
        this.source = source;
        this.saved = saved;
        this.target = target;
        this.progress = progress;
        this.structures = new Structures(job, source, saved, target, mapping);
        this.sourceReaders = Executors.newCachedThreadPool();
    }

    /**
     * Connects to both; to the target alone where a backup stands in the source's place, or where
     * there is none.
     *
     * @param id what tasks call it by
     * @param progress is told how far the run is
     * @param mapping what filters and mappers make of a source
     * @throws ConfigException if they are one and the same schema
     * @throws io.bactrian.error.DataException if another run works on the target
     */
    static Pair open(
            String id, Settings settings, Job job, Progress progress, Supplier<Mapping> mapping) {
        Backup saved =
                job.backup() == null
                        ? null
                        : new Backups(settings.backup().dir()).open(job.backup());
        int threads = settings.copy().threads();
        Database source = job.source() == null ? null : open(settings, job.source(), threads + 3);
        try {
            Database target = open(settings, job.target(), 3 * threads + 4);
            Pair pair =
                    new Pair(id, job, settings.copy(), source, saved, target, progress, mapping);
            try {
                pair.refuseUnfit();
                if (job.changes()) {
                    pair.held.push(AdvisoryLock.take(target));
                }
                return pair;
            } catch (RuntimeException e) {
                pair.close();
                throw e;
            }
        } catch (RuntimeException e) {
            if (source != null) {
                source.close();
            }
            throw e;
        }
    }

    private static Database open(Settings settings, String name, int sessions) {
        return Database.open(settings.database(name), sessions, settings.connectionTimeout());
    }

    private void refuseUnfit() {
        if (saved != null) {
            target.requireKindOf(
                    "backup " + saved.id(), Dialect.of(saved.manifest().origin().version()));
        }
        if (source != null
                && source.server().uuid().equals(target.server().uuid())
                && source.server().schema().equals(target.server().schema())) {
            throw new ConfigException(
                    target.name(),
                    "source and target are the same schema "
                            + target.schema()
                            + " of the same server",
                    "name another target with --target");
        }
    }

    /** What its tasks call it by, so that a task of an earlier pair of the run finds none. */
    String id() {
        return id;
    }

    Job job() {
        return job;
    }

    /** What stands in the source's place. */
    Backup backup() {
        return saved;
    }

    /** Null where a backup stands in its place, or where there is none. */
    Database source() {
        return source;
    }

    Database target() {
        return target;
    }

    /** Runs the source half of comparisons. */
    ExecutorService sourceReaders() {
        return sourceReaders;
    }

    /** The structures of both. */
    Structures structures() {
        return structures;
    }

    /** Gives the target's tables back what a copy that was cut off has taken off them. */
    void recover() {
        boolean replaces = job.copies() && job.mode() == Job.Mode.TRUNCATE;
        Owed.recover(
                target,
                replaces
                        ? structures.copied().stream().map(Table::name).collect(Collectors.toSet())
                        : Set.of());
        structures.changed();
    }

    /**
     * The source at one moment; of a run that only compares, writers of the source are not held for
     * it.
     */
    synchronized Snapshot snapshot() {
        if (snapshot == null) {
            snapshot =
                    job.copies()
                            ? Snapshot.open(
                                    source,
                                    Legible.names(structures.ofSource()),
                                    settings.threads())
                            : Snapshot.unheld(source, settings.threads());
            held.push(snapshot);
            if (job.copies()) {
                structures.requireSourceUnchanged();
            }
        }
        return snapshot;
    }

    /** The rows that are copied. */
    synchronized RowSource rows() {
        return saved == null
                ? new SnapshotRows(snapshot(), settings.batchSize(), target)
                : saved.rows(target);
    }

    /**
     * The target's rows at one moment, to be saved; to be closed before anything is changed. Where
     * no lock is to be had, one session sees one moment: half the speed, yet no two halves.
     */
    Snapshot targetAtOneMoment() {
        Legible.require(target, structures.ofTarget());
        List<String> tables = Legible.names(structures.ofTarget());
        Snapshot moment = Snapshot.open(target, tables, savers());
        if (moment.held() == Snapshot.Held.NOT_HELD) {
            moment.close();
            moment = Snapshot.open(target, tables, 1);
        }
        try {
            structures.requireTargetUnchanged();
            return moment;
        } catch (RuntimeException e) {
            moment.close();
            throw e;
        }
    }

    /**
     * Packing and digesting take this machine's processors, so that more sessions than those only
     * get in each other's way: on two, 3 M rows take 11.2 s with four and 10.3 s with two.
     */
    private int savers() {
        return Math.min(
                settings.threads(), Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** The backup in hand; it and its view of the target are given up with the pair. */
    synchronized void saving(BackupWriter backup) {
        writer = backup;
        held.push(backup);
    }

    synchronized BackupWriter saving() {
        return writer;
    }

    /** The backup in hand is done: nobody looks at the target's rows any more. */
    synchronized void saved() {
        held.remove(writer);
        writer.close();
        writer = null;
    }

    /** The target's rows as they are now. */
    synchronized Snapshot targetSnapshot() {
        if (targetSnapshot == null) {
            targetSnapshot = Snapshot.unheld(target, settings.threads());
            held.push(targetSnapshot);
        }
        return targetSnapshot;
    }

    /** Ends the view of the target's rows, so that the next one sees what was written since. */
    synchronized void rowsChanged() {
        if (targetSnapshot != null) {
            held.remove(targetSnapshot);
            targetSnapshot.close();
            targetSnapshot = null;
        }
    }

    /** How far the run is. */
    Progress progress() {
        return progress;
    }

    /** Ends all that it has going on both servers, and waits a little until they let go. */
    void abort() {
        sourceReaders.shutdownNow();
        target.abort();
        if (source != null) {
            source.abort();
        }
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception e) {
                // what is left is freed with the sessions below
                continue;
            }
        }
        sourceReaders.shutdownNow();
        if (source != null) {
            source.close();
        }
        target.close();
    }
}
