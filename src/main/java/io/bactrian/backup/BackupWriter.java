package io.bactrian.backup;

import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.TableFilter;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.ChunkPlanner;
import io.bactrian.sql.CreateTablePrinter;
import io.bactrian.sql.Digest;
import io.bactrian.sql.DumpScript;
import io.bactrian.sql.RowDump;
import io.bactrian.sql.Snapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the tables of a snapshot as a backup. Thread-safe: parts of a table, and tables, may be
 * written at once.
 */
public final class BackupWriter implements AutoCloseable {
    /** Rows of random digits took 0.4 of what they take in the server; few take as much. */
    private static final double PACKED = 0.3;

    private final Draft draft;
    private final Schema schema;
    private final Snapshot moment;
    private final Compression compression;
    private final FileNames names;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /**
     * @param schema what is saved
     * @param moment what its rows are read from; closed with this
     */
    public BackupWriter(Draft draft, Schema schema, Snapshot moment, Compression compression) {
        this.draft = draft;
        this.schema = schema;
        this.moment = moment;
        this.compression = compression;
        this.names = new FileNames(schema);
    }

    /** Bytes on the disk that so many in the server will need, rather too few than too many. */
    public static long estimate(long dataBytes, Compression compression) {
        return compression == Compression.NONE ? dataBytes : (long) (dataBytes * PACKED);
    }

    /**
     * Cuts a table into parts.
     *
     * @param chunkBytes size they should have
     */
    public List<Chunk> chunks(Table table, long chunkBytes) {
        TableStats stats = schema.stats(table.name());
        return moment.read(table.name(), c -> ChunkPlanner.plan(c, table, stats, chunkBytes));
    }

    /**
     * Writes the rows of one part.
     *
     * @param range whether other rows of the table are not saved, so that its SQL first takes away
     *     what is in this range
     */
    public SavedPart part(Table table, Chunk chunk, boolean range) {
        String file = names.rows(table.name(), chunk.number()) + Packing.suffix(compression);
        RowDump.Written written =
                moment.read(
                        table.name(),
                        c ->
                                draft.write(
                                        file,
                                        compression,
                                        out -> new RowDump(table).chunk(c, chunk, range, out)));
        Digest.Rows rows = written.rows();
        if (rows.count() == 0 && !range) {
            draft.discard(file);
        }
        return new SavedPart(file, chunk, rows.count(), written.bytes(), rows.xor(), rows.sum());
    }

    /** Writes the structure of a table whose parts are written. */
    public SavedTable table(Table table, RowsOf rowsOf, List<SavedPart> parts) {
        draft.text(names.table(table.name()), DumpScript.table(table));
        List<SavedPart> filled = new ArrayList<>(parts);
        filled.removeIf(p -> p.rows() == 0 && rowsOf == RowsOf.ALL);
        return new SavedTable(
                table.name(),
                CreateTablePrinter.print(table),
                schema.stats(table.name()),
                rowsOf,
                filled);
    }

    /**
     * Writes what is not a table.
     *
     * @param triggers what makes them, by table
     * @param others what makes views, routines and events, in an order that works
     */
    public void objects(Map<String, List<DumpScript.Step>> triggers, List<DumpScript.Step> others) {
        draft.text(names.database(), DumpScript.database(schema));
        triggers.forEach(
                (table, steps) -> draft.text(names.triggers(table), DumpScript.objects(steps)));
        if (!others.isEmpty()) {
            draft.text(names.objects(), DumpScript.objects(others));
        }
    }

    /** Makes it a backup: complete, on the disk and listed. */
    public Backup finish(
            Manifest.Origin origin,
            Manifest.Reason reason,
            String runId,
            TableFilter scope,
            List<SavedTable> tables) {
        Instant finished = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Manifest manifest =
                new Manifest(
                        Manifest.FORMAT,
                        draft.id(),
                        origin,
                        reason,
                        runId,
                        started,
                        finished,
                        compression,
                        scope,
                        moment.held().words(),
                        schema.charset(),
                        schema.collation(),
                        tables,
                        schema.objects(),
                        List.of());
        draft.text("metadata", metadata(manifest));
        return draft.finish(manifest);
    }

    /** As mydumper writes it, for the loaders that look for it. */
    private String metadata(Manifest manifest) {
        StringBuilder text = new StringBuilder();
        text.append("# Started dump at: ").append(manifest.startedAt()).append('\n');
        text.append("[config]\nquote_character = BACKTICK\n");
        for (SavedTable table : manifest.tables()) {
            text.append("\n[")
                    .append(names.section(table.table()))
                    .append("]\nreal_table_name=")
                    .append(table.table().replace("\\", "\\\\").replace("\n", "\\n"))
                    .append("\nrows = ")
                    .append(table.rows())
                    .append('\n');
        }
        return text.append("# Finished dump at: ")
                .append(manifest.finishedAt())
                .append('\n')
                .toString();
    }

    /** Gives the snapshot up; what was not finished is taken away. */
    @Override
    public void close() {
        moment.close();
        draft.close();
    }
}
