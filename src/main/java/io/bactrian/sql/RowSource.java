package io.bactrian.sql;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the rows of a copy come from: a database at one moment, or the files of a backup. */
public interface RowSource {
    /**
     * The chunks of a table; together they hold all its rows.
     *
     * @param chunkBytes size they should have, where they are not cut yet
     */
    List<Chunk> chunks(Table table, TableStats stats, long chunkBytes);

    /** Writes the rows of one chunk, inside the caller's transaction. */
    RowCopy.Carried carry(Table table, Chunk chunk, Connection writer) throws SQLException;

    /** What the digest of a chunk's rows is in the source. */
    Digest.Rows digest(Table table, Chunk chunk);

    /** What the rows are a picture of, for the report. */
    String moment();
}
