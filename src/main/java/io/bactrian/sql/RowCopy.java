package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries rows of one table from a source session into a target session, inside the caller's
 * transaction. LOAD DATA LOCAL where the server takes it, multi-row INSERT where not (0.6 of the
 * speed).
 *
 * <p>LOAD DATA LOCAL behaves as with IGNORE: a row that clashes is skipped and a value that does
 * not fit is bent, with a warning each. So nothing is believed: rows sent and rows stored must be
 * as many, and where there were warnings (an ENUM's '' brings one though it arrives) the caller
 * must prove the rows equal before it commits.
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
        public Carried plus(Carried other) {
            return new Carried(rows + other.rows, bytes + other.bytes, doubted || other.doubted);
        }
    }

    private final Table table;
    private final List<Column> columns;
    private final List<Codec> codecs;
    private final KeyRange key;
    private final int batchSize;
    private final boolean localInfile;

    /**
     * @param batchSize rows of one INSERT where LOAD DATA LOCAL is refused
     */
    public RowCopy(Table table, int batchSize, boolean localInfile) {
        this.table = table;
        this.columns = table.writableColumns();
        this.codecs = columns.stream().map(Codec::of).toList();
        this.key = new KeyRange(table);
        this.batchSize = batchSize;
        this.localInfile = localInfile;
    }

    /** Carries the rows of a chunk. */
    public Carried chunk(Connection source, Connection target, Chunk chunk) throws SQLException {
        return carry(source, target, key.where(chunk), key.orderBy());
    }

    /** Carries the rows with these keys. */
    public Carried keys(Connection source, Connection target, List<List<String>> keys)
            throws SQLException {
        return keys.isEmpty()
                ? new Carried(0, 0, false)
                : carry(source, target, key.whereIn(keys), "");
    }

    /**
     * Carries {@code count} of the rows whose digest is {@code digest}, of a table whose rows have
     * no other name.
     */
    public Carried copies(Connection source, Connection target, String digest, long count)
            throws SQLException {
        String where = " WHERE " + new Digest(table).ofRow() + " = " + Names.literal(digest);
        return carry(source, target, where, " LIMIT " + count);
    }

    private Carried carry(Connection source, Connection target, String where, String tail)
            throws SQLException {
        try (Statement s =
                source.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            s.setFetchSize(Integer.MIN_VALUE);
            Carried carried;
            try (ResultSet rows = s.executeQuery(select(where + tail))) {
                carried = localInfile ? load(rows, target) : insert(rows, target);
            }
            for (List<String> row : JsonDecimals.find(source, table, where)) {
                writeAgain(source, target, row);
            }
            return carried;
        }
    }

    /**
     * Writes one row with its JSON as expressions. UPDATE would not do: to it 1.50 is 1.5, and
     * nothing to be written.
     */
    private void writeAgain(Connection source, Connection target, List<String> row)
            throws SQLException {
        RowDelete.keys(target, table, List.of(row));
        try (Statement s = source.createStatement();
                ResultSet r = s.executeQuery(select(key.whereIn(List.of(row))))) {
            r.next();
            List<String> values = new ArrayList<>();
            byte[][] bytes = new byte[columns.size()][];
            for (int i = 0; i < bytes.length; i++) {
                boolean json = codecs.get(i) == Codec.JSON && r.getBytes(i + 1) != null;
                values.add(
                        json ? JsonExpression.of(r.getString(i + 1)) : codecs.get(i).loaded("?"));
                bytes[i] = json ? null : r.getBytes(i + 1);
            }
            try (PreparedStatement insert =
                    target.prepareStatement(insertInto() + "(" + String.join(",", values) + ")")) {
                int at = 1;
                for (int i = 0; i < bytes.length; i++) {
                    if (values.get(i).equals(codecs.get(i).loaded("?"))) {
                        bind(insert, at++, codecs.get(i), bytes[i]);
                    }
                }
                insert.executeUpdate();
            }
        }
    }

    private String select(String tail) {
        return columns.stream()
                .map(c -> Codec.of(c).selected(c))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + key.from() + tail));
    }

    private String insertInto() {
        return "INSERT INTO "
                + quote(table.name())
                + " ("
                + Names.list(columns.stream().map(Column::name).toList())
                + ") VALUES ";
    }

    private Carried load(ResultSet rows, Connection target) throws SQLException {
        RowStream stream = new RowStream(rows, codecs);
        RuntimeProperty<Boolean> mayAsk =
                target.unwrap(JdbcConnection.class)
                        .getPropertySet()
                        .getBooleanProperty(PropertyKey.allowLoadLocalInfile);
        // only while our own stream is what a server gets that asks for a file
        mayAsk.setValue(true);
        try (Statement s = target.createStatement()) {
            s.unwrap(JdbcStatement.class).setLocalInfileInputStream(stream);
            long stored = s.executeLargeUpdate(loadStatement());
            return checked(s, stored, stream.count(), stream.bytes());
        } catch (SQLException e) {
            throw sourceFault(e);
        } finally {
            mayAsk.setValue(false);
        }
    }

    /**
     * What failed while the driver pulled rows for LOAD DATA was the source, and is not the
     * target's error.
     */
    private static SQLException sourceFault(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException && t.getCause() instanceof SQLException read) {
                return read;
            }
        }
        return e;
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

    private Carried insert(ResultSet rows, Connection target) throws SQLException {
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
                all = all.plus(insert(batch, held, target));
                batch.clear();
                held = 0;
            }
        }
        return batch.isEmpty() ? all : all.plus(insert(batch, held, target));
    }

    private Carried insert(List<byte[][]> batch, long bytes, Connection target)
            throws SQLException {
        String row =
                codecs.stream().map(c -> c.loaded("?")).collect(Collectors.joining(",", "(", ")"));
        String sql = insertInto() + String.join(",", Collections.nCopies(batch.size(), row));
        try (PreparedStatement s = target.prepareStatement(sql)) {
            int at = 1;
            for (byte[][] values : batch) {
                for (int i = 0; i < values.length; i++) {
                    bind(s, at++, codecs.get(i), values[i]);
                }
            }
            return checked(s, s.executeLargeUpdate(), batch.size(), bytes);
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
        }
    }
}
