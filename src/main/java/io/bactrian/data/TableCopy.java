package io.bactrian.data;

import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Deferral;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.CreateTablePrinter;
import io.bactrian.sql.Database;
import io.bactrian.sql.Digest;
import io.bactrian.sql.LoadSession;
import io.bactrian.sql.RowCopy;
import io.bactrian.sql.RowSource;
import io.bactrian.sql.TargetTable;
import io.bactrian.state.CopyLedger;
import io.bactrian.state.CopyLedger.Done;
import io.bactrian.state.CopyLedger.Entry;
import io.bactrian.state.CopyLedger.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Copies tables of any source of rows into a target whose tables have the same structure. Each step
 * leaves the {@link CopyLedger} such that the same step, in another process, goes on where this one
 * was cut off. Thread-safe: steps of different tables, and chunks of one, may run at once.
 */
public final class TableCopy {
    /** Below this, taking indexes off and putting them back costs more than keeping them. */
    private static final long WORTH_STRIPPING = 8 << 20;

    private final RowSource source;
    private final Database target;
    private final long chunkBytes;

    /**
     * @param chunkBytes size of a chunk, where the source has not cut its tables yet
     */
    public TableCopy(RowSource source, Database target, long chunkBytes) {
        this.source = source;
        this.target = target;
        this.chunkBytes = chunkBytes;
    }

    /**
     * What is to be prepared of one table.
     *
     * @param table as it is in source and target
     * @param triggers the target's own on this table
     * @param pointedTo foreign keys of target tables whose parent this table is
     */
    public record Work(
            Table table,
            TableStats stats,
            List<StoredObject> triggers,
            List<ForeignKey> pointedTo) {}

    /**
     * Empties and strips the target table and cuts the source's into chunks.
     *
     * @return the chunks still to be copied
     */
    public List<Chunk> prepare(Work work, boolean resume) {
        String name = work.table().name();
        Entry known = target.with(name, c -> CopyLedger.entry(c, name)).orElse(null);
        if (resume && known != null && known.stage() != Stage.PREPARING) {
            return known.stage() == Stage.LOADING ? remaining(name, known.chunks()) : List.of();
        }
        List<Chunk> chunks = source.chunks(work.table(), work.stats(), chunkBytes);
        boolean large = work.stats().dataBytes() + work.stats().indexBytes() > WORTH_STRIPPING;
        if (known == null && !large && chunks.size() <= 1 && work.triggers().isEmpty()) {
            return prepareSmall(name, chunks, resume);
        }
        Entry entry = known != null ? known.at(Stage.PREPARING) : entry(work);
        Table lean = large ? Deferral.strip(work.table(), work.pointedTo()) : work.table();
        target.with(
                name,
                c -> {
                    CopyLedger.forgetChunks(c, name);
                    CopyLedger.save(c, entry);
                    LoadSession.begin(c);
                    TargetTable.empty(c, name);
                    TargetTable.dropTriggers(c, entry.triggers());
                    Owed.alter(c, lean);
                    CopyLedger.save(c, entry.loading(chunks));
                    return null;
                });
        return chunks;
    }

    /** Nothing is taken off a small table, so that its only mark is that of its one chunk. */
    private List<Chunk> prepareSmall(String name, List<Chunk> chunks, boolean resume) {
        return target.with(
                name,
                c -> {
                    if (resume && !CopyLedger.finished(c, name).isEmpty()) {
                        return List.of();
                    }
                    LoadSession.begin(c);
                    TargetTable.empty(c, name);
                    return chunks;
                });
    }

    private static Entry entry(Work work) {
        return new Entry(
                work.table().name(),
                Stage.PREPARING,
                CreateTablePrinter.print(work.table()),
                work.triggers(),
                List.of());
    }

    private List<Chunk> remaining(String table, List<Chunk> plan) {
        Map<Integer, Done> done = target.with(table, c -> CopyLedger.finished(c, table));
        return plan.stream().filter(chunk -> !done.containsKey(chunk.number())).toList();
    }

    /**
     * Copies one chunk: rows and mark in one transaction. A chunk that is marked already is not
     * copied again.
     *
     * @throws DataException if a row does not arrive as it was
     */
    public Done chunk(Table table, Chunk chunk) {
        String name = table.name();
        return target.with(
                name,
                writer -> {
                    Done before = CopyLedger.finished(writer, name, chunk.number()).orElse(null);
                    if (before != null) {
                        return before;
                    }
                    LoadSession.begin(writer);
                    writer.setAutoCommit(false);
                    try {
                        Done done = carry(table, chunk, writer);
                        CopyLedger.finished(writer, name, chunk.number(), done);
                        writer.commit();
                        return done;
                    } catch (SQLException | RuntimeException e) {
                        LoadSession.abandon(writer, e);
                        throw e;
                    }
                });
    }

    private Done carry(Table table, Chunk chunk, Connection writer) throws SQLException {
        RowCopy.Carried carried = source.carry(table, chunk, writer);
        if (carried.doubted()) {
            Digest.Rows sent = source.digest(table, chunk);
            if (!sent.sameAs(new Digest(table.stored()).of(writer, chunk))) {
                throw new DataException(
                        table.name(),
                        "the target changed values it was sent",
                        "see that both tables have the same structure: run `bactrian analyze`");
            }
        }
        return new Done(carried.rows(), carried.bytes());
    }

    /**
     * Builds what was taken off, but foreign keys, and sets the table's counter as it is in the
     * source.
     */
    public void finish(Table table) {
        String name = table.name();
        target.with(
                name,
                c -> {
                    Entry entry = CopyLedger.entry(c, name).orElse(null);
                    if (entry != null && entry.stage() == Stage.LOADING) {
                        LoadSession.beginIndexing(c);
                        Owed.give(c, entry, false);
                        CopyLedger.save(c, entry.at(entryStage(entry)));
                    }
                    if (table.autoIncrement() != null) {
                        TargetTable.setCounter(c, name, table.autoIncrement());
                    }
                    return null;
                });
    }

    private Stage entryStage(Entry entry) {
        return CreateTableParser.parse(target.server().dialect().kind(), entry.create())
                        .foreignKeys()
                        .isEmpty()
                ? Stage.DONE
                : Stage.LOADED;
    }

    /** Puts the foreign keys back, once all tables are loaded. */
    public void finishForeignKeys(String table) {
        target.with(
                table,
                c -> {
                    Entry entry = CopyLedger.entry(c, table).orElse(null);
                    if (entry != null && entry.stage() == Stage.LOADED) {
                        LoadSession.begin(c);
                        Owed.give(c, entry, true);
                        CopyLedger.save(c, entry.at(Stage.DONE));
                    }
                    return null;
                });
    }
}
