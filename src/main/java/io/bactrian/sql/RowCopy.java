package io.bactrian.sql;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
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
<<<<<<< HEAD
    private final boolean localInfile;
    private final RowLoad load;
    private final RowInsert insert;
=======
    private final int batchSize;
    private final Database target;
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a

    /**
     * @param batchSize rows of one INSERT where LOAD DATA LOCAL is refused
     * @param target what failed there is thrown as its error, what failed in the source as it came
     */
    public RowCopy(Table table, int batchSize, Database target) {
        this.table = table;
        this.key = new KeyRange(table);
<<<<<<< HEAD
        this.localInfile = localInfile;
        this.load = new RowLoad(table);
        this.insert = new RowInsert(table, batchSize);
    }

    /** Carries the rows of a chunk. */
    public Carried chunk(Connection source, Connection target, Chunk chunk) throws SQLException {
        return carry(source, target, key.where(chunk), key.orderBy());
=======
        this.batchSize = batchSize;
        this.target = target;
    }

    /** Carries the rows of a chunk. */
    public Carried chunk(Connection source, Connection writer, Chunk chunk) throws SQLException {
        return carry(source, writer, key.where(chunk) + key.orderBy());
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a
    }

    /** Carries the rows with these keys. */
    public Carried keys(Connection source, Connection writer, List<List<String>> keys)
            throws SQLException {
<<<<<<< HEAD
        return keys.isEmpty() ? Carried.NOTHING : carry(source, target, key.whereIn(keys), "");
=======
        return keys.isEmpty() ? new Carried(0, 0, false) : carry(source, writer, key.whereIn(keys));
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a
    }

    /**
     * Carries {@code count} of the rows whose digest is {@code digest}, of a table whose rows have
     * no other name.
     */
    public Carried copies(Connection source, Connection writer, String digest, long count)
            throws SQLException {
<<<<<<< HEAD
        String where = " WHERE " + new Digest(table).ofRow() + " = " + Names.literal(digest);
        return carry(source, target, where, " LIMIT " + count);
    }

    private Carried carry(Connection source, Connection target, String where, String tail)
            throws SQLException {
        Sent sent;
        try (Statement s =
                source.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            s.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = s.executeQuery(select(where + tail))) {
                sent = localInfile ? load.rows(rows, target) : insert.rows(rows, target);
=======
        return carry(
                source,
                writer,
                " WHERE "
                        + new Digest(table).ofRow()
                        + " = "
                        + Names.literal(digest)
                        + " LIMIT "
                        + count);
    }

    private Carried carry(Connection source, Connection writer, String where) throws SQLException {
        String select =
                columns.stream()
                        .map(c -> Codec.of(c).selected(c))
                        .collect(
                                Collectors.joining(", ", "SELECT ", " FROM " + key.from() + where));
        try (Statement s =
                source.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            s.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = s.executeQuery(select)) {
                return target.server().localInfile() ? load(rows, writer) : insert(rows, writer);
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a
            }
        }
        if (sent.mayHoldDecimals()) {
            for (List<String> row : JsonDecimals.find(source, table, where)) {
                writeAgain(source, target, row);
            }
        }
        return sent.carried();
    }

<<<<<<< HEAD
    private String select(String tail) {
        return table.writableColumns().stream()
                .map(RowCopy::selected)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + key.from() + tail));
    }

    private static String selected(Column column) {
        return Codec.of(column).selected(column);
=======
    private Carried load(ResultSet rows, Connection writer) throws SQLException {
        RowStream stream = new RowStream(rows, codecs);
        RuntimeProperty<Boolean> mayAsk =
                writer.unwrap(JdbcConnection.class)
                        .getPropertySet()
                        .getBooleanProperty(PropertyKey.allowLoadLocalInfile);
        // only while our own stream is what a server gets that asks for a file
        mayAsk.setValue(true);
        try (Statement s = writer.createStatement()) {
            s.unwrap(JdbcStatement.class).setLocalInfileInputStream(stream);
            long stored = s.executeLargeUpdate(loadStatement());
            return checked(s, stored, stream.count(), stream.bytes());
        } catch (SQLException e) {
            throw sourceFault(e).orElseThrow(() -> target.translate(table.name(), e));
        } finally {
            mayAsk.setValue(false);
        }
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a
    }

    /**
     * Writes one row with its JSON as expressions. UPDATE would not do: to it 1.50 is 1.5, and
     * nothing to be written.
     */
<<<<<<< HEAD
    private void writeAgain(Connection source, Connection target, List<String> row)
            throws SQLException {
        RowDelete.keys(target, table, List.of(row));
        try (Statement s = source.createStatement();
                ResultSet r = s.executeQuery(select(key.whereIn(List.of(row))))) {
            r.next();
            insert.rowWithDecimals(r, target);
=======
    private static Optional<SQLException> sourceFault(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException && t.getCause() instanceof SQLException read) {
                return Optional.of(read);
            }
        }
        return Optional.empty();
    }

    String loadStatement() {
        List<String> fields = new ArrayList<>();
        List<String> set = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = quote(columns.get(i).name());
            String variable = "@v" + i;
            String value = codecs.get(i).loaded(variable);
            fields.add(value.equals(variable) ? name : variable);
            if (!value.equals(variable)) {
                set.add(name + " = " + value);
            }
        }
        return "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
                + quote(table.name())
                // any other character set converts, and destroys what is not text
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(", ", fields)
                + ")"
                + (set.isEmpty() ? "" : " SET " + String.join(", ", set));
    }

    private Carried insert(ResultSet rows, Connection writer) throws SQLException {
        Carried all = new Carried(0, 0, false);
        List<byte[][]> batch = new ArrayList<>();
        long held = 0;
        while (rows.next()) {
            byte[][] row = new byte[columns.size()][];
            for (int i = 0; i < row.length; i++) {
                row[i] = rows.getBytes(i + 1);
                held += row[i] == null ? 1 : row[i].length;
            }
            batch.add(row);
            if (batch.size() == batchSize || held > (1 << 20)) {
                all = all.plus(insert(batch, held, writer));
                batch.clear();
                held = 0;
            }
        }
        return batch.isEmpty() ? all : all.plus(insert(batch, held, writer));
    }

    private Carried insert(List<byte[][]> batch, long bytes, Connection writer) {
        String row =
                codecs.stream().map(c -> c.loaded("?")).collect(Collectors.joining(",", "(", ")"));
        String sql =
                "INSERT INTO "
                        + quote(table.name())
                        + " ("
                        + Names.list(columns.stream().map(Column::name).toList())
                        + ") VALUES "
                        + String.join(",", Collections.nCopies(batch.size(), row));
        try (PreparedStatement s = writer.prepareStatement(sql)) {
            int at = 1;
            for (byte[][] values : batch) {
                for (int i = 0; i < values.length; i++) {
                    bind(s, at++, codecs.get(i), values[i]);
                }
            }
            return checked(s, s.executeLargeUpdate(), batch.size(), bytes);
        } catch (SQLException e) {
            throw target.translate(table.name(), e);
        }
    }

    /** The driver writes bytes as x'…', which in a number's place is a number and not its text. */
    private static void bind(PreparedStatement s, int at, Codec codec, byte[] value)
            throws SQLException {
        if (value != null && codec.isPlain()) {
            s.setString(at, new String(value, StandardCharsets.US_ASCII));
        } else {
            s.setBytes(at, value);
        }
    }

    private Carried checked(Statement s, long stored, long sent, long bytes) throws SQLException {
        try (Statement warnings = s.getConnection().createStatement();
                ResultSet r = warnings.executeQuery("SHOW WARNINGS LIMIT 1")) {
            boolean warned = r.next();
            if (stored != sent) {
                throw new DataException(
                        table.name(),
                        "the target took "
                                + stored
                                + " of "
                                + sent
                                + " rows"
                                + (warned ? "; error " + r.getInt(2) + ": " + r.getString(3) : ""),
                        "see that both tables have the same structure: run `bactrian analyze`");
            }
            return new Carried(stored, bytes, warned);
>>>>>>> 79ee0e44a31c61373f4ff782e2f62e9fe5f2296a
        }
    }
}
