package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.config.TableFilter;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.Database;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.Snapshot;
import io.bactrian.sql.Unreadable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The two databases of one run and all that the run holds on them: sessions, the lock on a target
 * that is changed, the snapshots. Stages of one run share it, so that verify looks at the very rows
 * that were copied.
 */
final class Pair implements AutoCloseable {
    private final String id;
    private final Job job;
    private final int threads;
    private final Database source;
    private final Database target;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final ExecutorService sourceReaders;
    private Schema sourceSchema;
    private Schema targetSchema;
    private Schema wholeTargetSchema;
    private Snapshot snapshot;
    private Snapshot targetSnapshot;

    private Pair(String id, Job job, int threads, Database source, Database target) {
        this.id = id;
        this.job = job;
        this.threads = threads;
        this.source = source;
        this.target = target;
        this.sourceReaders = Executors.newCachedThreadPool();
    }

    /**
     * Connects to both.
     *
     * @param id what tasks call it by
     * @throws ConfigException if they are one and the same schema
     * @throws io.bactrian.error.DataException if another run works on the target
     */
    static Pair open(String id, Settings settings, Job job) {
        int threads = settings.copy().threads();
        Database source =
                Database.open(
                        settings.database(job.source()), threads + 3, settings.connectionTimeout());
        try {
            Database target =
                    Database.open(
                            settings.database(job.target()),
                            3 * threads + 4,
                            settings.connectionTimeout());
            Pair pair = new Pair(id, job, threads, source, target);
            try {
                pair.refuseSame();
                if (job.changes()) {
                    pair.held.push(AdvisoryLock.take(target));
                }
                return pair;
            } catch (RuntimeException e) {
                pair.close();
                throw e;
            }
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void refuseSame() {
        if (source.server().uuid().equals(target.server().uuid())
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

    /** The source's structure, as far as the job is about it; read once. */
    synchronized Schema sourceSchema() {
        if (sourceSchema == null) {
            sourceSchema = read(source);
            job.tables().requireMatches(names(sourceSchema), source.name());
            if (job.copies()) {
                requireReadable(sourceSchema);
            }
        }
        return sourceSchema;
    }

    private void requireReadable(Schema schema) {
        List<String> refused = source.with(source.name(), Unreadable::tables);
        refused.retainAll(names(schema));
        if (!refused.isEmpty()) {
            throw new ConnectionException(
                    String.join(", ", refused),
                    "the account of " + source.name() + " is denied SELECT on it",
                    "run `bactrian check "
                            + source.name()
                            + "`, which prints the GRANT to paste, or leave the table out with --tables");
        }
    }

    /** The target's structure; read again after {@link #structureChanged}. */
    synchronized Schema targetSchema() {
        if (targetSchema == null) {
            targetSchema = read(target);
        }
        return targetSchema;
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
                    job.tables().equals(TableFilter.ALL)
                            ? targetSchema()
                            : target.with(
                                    target.name(),
                                    c -> SchemaReader.read(c, target.schema(), t -> true));
        }
        return wholeTargetSchema;
    }

    private Schema read(Database database) {
        return database.with(
                database.name(), c -> SchemaReader.read(c, database.schema(), job.tables()));
    }

    private static List<String> names(Schema schema) {
        return schema.tables().stream().map(t -> t.name()).toList();
    }

    /**
     * The source at one moment; of a run that only compares, writers of the source are not held for
     * it.
     */
    synchronized Snapshot snapshot() {
        if (snapshot == null) {
            snapshot =
                    job.copies()
                            ? Snapshot.open(source, names(sourceSchema()), threads)
                            : Snapshot.unheld(source, threads);
            held.push(snapshot);
            if (job.copies()) {
                requireUnchanged(sourceSchema(), read(source));
            }
        }
        return snapshot;
    }

    /**
     * A table altered before the snapshot was opened would be copied as it was before; one altered
     * later is refused by the server.
     */
    private static void requireUnchanged(Schema planned, Schema now) {
        for (Table table : planned.tables()) {
            if (now.table(table.name()).filter(table::sameStructure).isEmpty()) {
                throw new StructureException(
                        table.name(),
                        "was altered in the source after it was looked at",
                        "run it again");
            }
        }
    }

    /** The target's rows as they are now. */
    synchronized Snapshot targetSnapshot() {
        if (targetSnapshot == null) {
            targetSnapshot = Snapshot.unheld(target, threads);
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

    /** Ends all that it has going on both servers, and waits a little until they let go. */
    void abort() {
        sourceReaders.shutdownNow();
        target.abort();
        source.abort();
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
        source.close();
        target.close();
    }
}
