package io.bactrian.sql;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import java.sql.Connection;
import java.util.List;

/** The rows of a database as a snapshot sees them. */
public final class SnapshotRows implements RowSource {
    private final Snapshot snapshot;
    private final int batchSize;
    private final Database target;

    /**
     * @param batchSize rows of one INSERT where LOAD DATA LOCAL is refused
     * @param target where the rows go
     */
    public SnapshotRows(Snapshot snapshot, int batchSize, Database target) {
        this.snapshot = snapshot;
        this.batchSize = batchSize;
        this.target = target;
    }

    @Override
    public List<Chunk> chunks(Table table, TableStats stats, long chunkBytes) {
        return snapshot.read(table.name(), c -> ChunkPlanner.plan(c, table, stats, chunkBytes));
    }

    @Override
    public RowCopy.Carried carry(Table table, Chunk chunk, Connection writer) {
        RowCopy copy = new RowCopy(table, batchSize, target);
        return snapshot.read(table.name(), reader -> copy.chunk(reader, writer, chunk));
    }

    @Override
    public Digest.Rows digest(Table table, Chunk chunk) {
        return snapshot.read(table.name(), reader -> new Digest(table).of(reader, chunk));
    }

    @Override
    public String moment() {
        return snapshot.held().words();
    }
}
