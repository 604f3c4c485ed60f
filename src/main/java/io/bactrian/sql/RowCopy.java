package io.bactrian.sql;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries rows of one table from a source session into a target session, inside the caller's
 * transaction. LOAD DATA LOCAL where the server takes it, multi-row INSERT where not (0.6 of the
 * speed).
 */
public final class RowCopy {
    /**
     * What was carried.
     *
     * @param bytes size of the values, as text
     * @param doubted whether the target warned, so that the rows must be compared before they are
     *     committed
     */
    public record Carried(long rows, long bytes, boolean doubted) {
        static final Carried NOTHING = new Carried(0, 0, false);

        Carried plus(Carried other) {
            return new Carried(rows + other.rows, bytes + other.bytes, doubted || other.doubted);
        }
    }

    /** What went over, and whether JSON with DECIMALs may have been bent on the way. */
    record Sent(Carried carried, boolean mayHoldDecimals) {}

    private final Table table;
    private final KeyRange key;
    private final Database target;
    private final boolean localInfile;
    private final RowLoad load;
    private final RowInsert insert;
    private final RowInsert decimals;
    private final int batchSize;

    /**
     * @param batchSize rows of one INSERT where LOAD DATA LOCAL is refused
     * @param target what failed there is thrown as its error, what failed in the source as it came
     */
    public RowCopy(Table table, int batchSize, Database target) {
        this(table, batchSize, target, target.server().localInfile());
    }

    /**
     * @param localInfile whether LOAD DATA LOCAL is used, whatever the target would take
     */
    public RowCopy(Table table, int batchSize, Database target, boolean localInfile) {
        this.table = table;
        this.key = new KeyRange(table);
        this.target = target;
        this.localInfile = localInfile;
        this.load = new RowLoad(table);
        this.insert = new RowInsert(table, batchSize);
        this.decimals = insert.keepingDecimals();
        this.batchSize = batchSize;
    }

    /** Carries the rows of a chunk. */
    public Carried chunk(Connection source, Connection writer, Chunk chunk) throws SQLException {
        Sent sent = send(source, writer, key.where(chunk) + key.orderBy());
        if (sent.mayHoldDecimals()) {
            keepDecimals(source, writer, chunk);
        }
        return sent.carried();
    }

    /**
     * Page by page: the keys of a chunk of small rows would fill the memory. 500,000 rows take 25 s
     * with a heap of 64 MB; with the keys of all at once they were not done after 100 s.
     */
    private void keepDecimals(Connection source, Connection writer, Chunk chunk)
            throws SQLException {
        String page = key.orderBy() + " LIMIT " + batchSize;
        Chunk rest = chunk;
        List<List<String>> bent;
        do {
            bent = JsonDecimals.find(source, table, key.where(rest), page);
            if (!bent.isEmpty()) {
                writeAgain(source, writer, bent);
                rest = rest.behind(bent.get(bent.size() - 1));
            }
        } while (bent.size() == batchSize);
    }

    /** Carries the rows with these keys. */
    public Carried keys(Connection source, Connection writer, List<List<String>> keys)
            throws SQLException {
        return keys.isEmpty() ? Carried.NOTHING : carry(source, writer, key.whereIn(keys), "");
    }

    /**
     * Carries {@code count} of the rows whose digest is {@code digest}, of a table whose rows have
     * no other name.
     */
    public Carried copies(Connection source, Connection writer, String digest, long count)
            throws SQLException {
        String where = " WHERE " + new Digest(table).ofRow() + " = " + Names.literal(digest);
        return carry(source, writer, where, " LIMIT " + count);
    }

    private Carried carry(Connection source, Connection writer, String where, String tail)
            throws SQLException {
        Sent sent = send(source, writer, where + tail);
        if (sent.mayHoldDecimals()) {
            List<List<String>> bent = JsonDecimals.find(source, table, where, "");
            if (!bent.isEmpty()) {
                writeAgain(source, writer, bent);
            }
        }
        return sent.carried();
    }

    private Sent send(Connection source, Connection writer, String tail) throws SQLException {
        return send(source, writer, tail, localInfile ? load::rows : insert::rows);
    }

    /** How rows that stream in are written. */
    @FunctionalInterface
    private interface Way {
        Sent write(ResultSet rows, Connection writer) throws SQLException;
    }

    private Sent send(Connection source, Connection writer, String tail, Way way)
            throws SQLException {
        try (Statement s = Streaming.of(source);
                ResultSet rows = s.executeQuery(select(tail))) {
            return write(rows, writer, way);
        }
    }

    private Sent write(ResultSet rows, Connection writer, Way way) throws SQLException {
        try {
            return way.write(rows, writer);
        } catch (SourceFault e) {
            throw e.read();
        } catch (SQLException e) {
            throw target.translate(table.name(), e);
        }
    }

    private String select(String tail) {
        return table.writableColumns().stream()
                .map(RowCopy::selected)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + key.from() + tail));
    }

    private static String selected(Column column) {
        return Codec.of(column).selected(column);
    }

    /**
     * Writes rows with their JSON as expressions: 20,000 take 6 s so, and 23 s one by one. UPDATE
     * would not do: to it 1.50 is 1.5, and nothing to be written.
     */
    private void writeAgain(Connection source, Connection writer, List<List<String>> rows)
            throws SQLException {
        send(
                source,
                writer,
                key.whereIn(rows),
                (again, to) -> {
                    RowDelete.keys(to, table, rows);
                    return decimals.rows(again, to);
                });
    }
}
