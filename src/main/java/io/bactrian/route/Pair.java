package io.bactrian.route;

import io.bactrian.backup.Backup;
import io.bactrian.backup.BackupWriter;
import io.bactrian.backup.Backups;
import io.bactrian.config.CopySettings;
import io.bactrian.config.Settings;
import io.bactrian.config.TableFilter;
import io.bactrian.data.Mapping;
import io.bactrian.data.Owed;
import io.bactrian.error.ConfigException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.Translation;
import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.Database;
import io.bactrian.sql.Dialect;
import io.bactrian.sql.RowSource;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.Sight;
import io.bactrian.sql.Snapshot;
import io.bactrian.sql.SnapshotRows;
import io.bactrian.state.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
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
    private final Supplier<Mapping> mapping;
    private Departing departing;
    private Schema targetSchema;
    private Schema wholeTargetSchema;
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
        this.mapping = mapping;
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

    /**
     * The source's structure as the target is to have it, as far as the job is about it; read once.
     */
    synchronized Schema sourceSchema() {
        if (departing == null) {
            Schema schema = saved == null ? read(source) : savedSchema();
            if (!job.undoes()) {
                job.tables()
                        .requireMatches(
                                Legible.names(schema), saved == null ? source.name() : saved.id());
            }
            if (job.copies() && saved == null) {
                Legible.require(source, schema);
            }
            // what is put back is what was saved
            departing = saved == null ? map(schema) : Departing.unchanged(schema);
        }
        return departing.schema();
    }

    /** A source as a server of the target's kind is to have it. */
    private Mapping.Mapped planned(Schema schema) {
        Mapping.Mapped mapped = mapping.get().of(schema);
        return new Mapping.Mapped(Translation.of(mapped.schema(), targetSchema()), mapped.tables());
    }

    private Departing map(Schema schema) {
        Departing found = new Departing(planned(schema));
        target.with(
                target.name(),
                c -> {
                    found.require(c, job);
                    return null;
                });
        return found;
    }

    /** What of the source travels. */
    synchronized Departing departing() {
        sourceSchema();
        return departing;
    }

    /** Routines and events belong to no table: who restores some tables means only these. */
    private Schema savedSchema() {
        boolean all = job.dropExtra() || job.tables().equals(TableFilter.ALL);
        return saved.manifest()
                .schema(
                        tables().and(t -> saved.hasRowsOf(t) || !saved.isTable(t) || isThere(t)),
                        all);
    }

    /** The tables that the job is about; a backup knows nothing of those beyond its scope. */
    private Predicate<String> tables() {
        return saved == null ? job.tables() : job.tables().and(saved.manifest().scope());
    }

    /** A table without all its rows is only put back where the others are. */
    private boolean isThere(String table) {
        return targetSchema().table(table).isPresent();
    }

    /** The source's tables whose rows take the place of the target's. */
    List<Table> copied() {
        return sourceSchema().tables().stream()
                .filter(t -> saved == null || saved.hasRowsOf(t.name()))
                .toList();
    }

    /** The target's structure; read again after {@link #structureChanged}. */
    synchronized Schema targetSchema() {
        if (targetSchema == null) {
            targetSchema = read(target);
        }
        return targetSchema;
    }

    /** Gives the target's tables back what a copy that was cut off has taken off them. */
    void recover() {
        boolean replaces = job.copies() && job.mode() == Job.Mode.TRUNCATE;
        Owed.recover(
                target,
                replaces
                        ? copied().stream().map(Table::name).collect(Collectors.toSet())
                        : Set.of());
        structureChanged();
    }

    /** The target's own triggers on a table. */
    List<StoredObject> targetTriggers(String table) {
        return targetSchema().objects(StoredObject.Type.TRIGGER).stream()
                .filter(t -> t.trigger().table().equals(table))
                .toList();
    }

    synchronized void structureChanged() {
        targetSchema = null;
        wholeTargetSchema = null;
    }

    /**
     * The target's structure whatever the job is about; read again after {@link #structureChanged}.
     */
    synchronized Schema wholeTargetSchema() {
        if (wholeTargetSchema == null) {
            wholeTargetSchema =
                    tables().equals(TableFilter.ALL) ? targetSchema() : read(target, t -> true);
        }
        return wholeTargetSchema;
    }

    private Schema read(Database database) {
        return read(database, tables());
    }

    private static Schema read(Database database, Predicate<String> tables) {
        return database.with(
                database.name(),
                c -> {
                    Sight.requireEventsAndRoutines(c, database.schema());
                    return SchemaReader.read(c, database.schema(), tables);
                });
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
                                    source, Legible.names(sourceSchema()), settings.threads())
                            : Snapshot.unheld(source, settings.threads());
            held.push(snapshot);
            if (job.copies()) {
                Legible.requireUnchanged(source, sourceSchema(), planned(read(source)).schema());
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
        Legible.require(target, targetSchema());
        List<String> tables = Legible.names(targetSchema());
        Snapshot moment = Snapshot.open(target, tables, savers());
        if (moment.held() == Snapshot.Held.NOT_HELD) {
            moment.close();
            moment = Snapshot.open(target, tables, 1);
        }
        try {
            Legible.requireUnchanged(target, targetSchema(), read(target));
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
