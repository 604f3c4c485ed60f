package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows of one table by INSERT: many in one where LOAD DATA LOCAL is refused. */
final class RowInsert {
    /** Bytes of one statement, far below any max_allowed_packet. */
    private static final int STATEMENT_BYTES = 1 << 20;

    /**
     * How much longer an expression is than the JSON that it is of: 9 times in long lists of 1s.
     */
    private static final int EXPRESSION = 16;

    private final Table table;
    private final List<Codec> codecs;
    private final int batchSize;
    private final boolean overwrites;
    private final boolean keepsDecimals;

    RowInsert(Table table, int batchSize) {
        this(table, batchSize, false, false);
    }

    private RowInsert(Table table, int batchSize, boolean overwrites, boolean keepsDecimals) {
        this.table = table;
        this.codecs = table.writableColumns().stream().map(Codec::of).toList();
        this.batchSize = batchSize;
        this.overwrites = overwrites;
        this.keepsDecimals = keepsDecimals;
    }

    /**
     * The same for rows whose primary keys are all there, and locked: each takes the place of the
     * one with its key.
     */
    RowInsert overwriting() {
        return new RowInsert(table, batchSize, true, keepsDecimals);
    }

    /** The same with JSON as expressions that keep DECIMALs. */
    RowInsert keepingDecimals() {
        return new RowInsert(table, batchSize, overwrites, true);
    }

    /** Sends all rows of a result to the target. */
    RowCopy.Sent rows(ResultSet rows, Connection target) throws SQLException {
        RowCopy.Carried all = RowCopy.Carried.NOTHING;
        List<byte[][]> batch = new ArrayList<>();
        boolean decimals = false;
        long held = 0;
        while (next(rows)) {
            byte[][] row = values(rows);
            for (int i = 0; i < row.length; i++) {
                held += size(i, row[i]);
                decimals |= isJson(i, row[i]) && JsonDecimals.possible(row[i]);
            }
            batch.add(row);
            if (batch.size() == batchSize || held > STATEMENT_BYTES) {
                all = all.plus(insert(batch, held, target));
                batch.clear();
                held = 0;
            }
        }
        if (!batch.isEmpty()) {
            all = all.plus(insert(batch, held, target));
        }
        return new RowCopy.Sent(all, decimals);
    }

    private static boolean next(ResultSet rows) throws SourceFault {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw new SourceFault(e);
        }
    }

    private byte[][] values(ResultSet row) throws SQLException {
        byte[][] values = new byte[codecs.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getBytes(i + 1);
        }
        return values;
    }

    private boolean isJson(int column, byte[] value) {
        return value != null && codecs.get(column) == Codec.JSON;
    }

    private boolean isExpression(int column, byte[] value) {
        return keepsDecimals && isJson(column, value);
    }

    private int size(int column, byte[] value) {
        if (value == null) {
            return 1;
        }
        return isExpression(column, value) ? EXPRESSION * value.length : value.length;
    }

    private static String expression(byte[] json) {
        return JsonExpression.of(new String(json, StandardCharsets.UTF_8));
    }

    private RowCopy.Carried insert(List<byte[][]> batch, long bytes, Connection target)
            throws SQLException {
        if (bytes > 2 * STATEMENT_BYTES) {
            return insertLarge(batch, bytes, target);
        }
        // written out here: with parameters the driver takes half of what a round of sync takes
        // Java
        String sql = insertInto() + values(batch) + tail();
        try (Statement s = target.createStatement()) {
            return carried(s, s.executeLargeUpdate(sql), batch, bytes);
        }
    }

    private String values(List<byte[][]> batch) {
        List<byte[][]> around = codecs.stream().map(RowInsert::around).toList();
        SqlBuffer sql = new SqlBuffer();
        for (byte[][] row : batch) {
            sql.append(sql.size() == 0 ? "(" : ",(");
            for (int i = 0; i < row.length; i++) {
                if (i > 0) {
                    sql.append(',');
                }
                if (isExpression(i, row[i])) {
                    sql.append(expression(row[i]));
                    continue;
                }
                sql.append(around.get(i)[0]);
                if (row[i] == null) {
                    sql.append("NULL");
                } else if (codecs.get(i).isPlain()) {
                    sql.quoted(row[i], 0, row[i].length);
                } else {
                    sql.hex(row[i], 0, row[i].length);
                }
                sql.append(around.get(i)[1]);
            }
            sql.append(')');
        }
        return keepsDecimals ? sql.text() : sql.ascii();
    }

    /** What stands before a value and behind it. */
    private static byte[][] around(Codec codec) {
        String[] parts = codec.loaded("?").split("\\?", 2);
        return new byte[][] {
            parts[0].getBytes(StandardCharsets.US_ASCII),
            parts[1].getBytes(StandardCharsets.US_ASCII)
        };
    }

    /** With parameters, which do not hold the text of large values twice. */
    private RowCopy.Carried insertLarge(List<byte[][]> batch, long bytes, Connection target)
            throws SQLException {
        String rows = batch.stream().map(this::parameters).collect(Collectors.joining(","));
        try (PreparedStatement s = target.prepareStatement(insertInto() + rows + tail())) {
            int at = 1;
            for (byte[][] values : batch) {
                for (int i = 0; i < values.length; i++) {
                    if (!isExpression(i, values[i])) {
                        bind(s, at++, codecs.get(i), values[i]);
                    }
                }
            }
            return carried(s, s.executeLargeUpdate(), batch, bytes);
        }
    }

    private RowCopy.Carried carried(Statement s, long stored, List<byte[][]> batch, long bytes)
            throws SQLException {
        if (overwrites) {
            // counts 2 for a row that it changed, and 0 for one that was the same
            return new RowCopy.Carried(batch.size(), bytes, false);
        }
        return new RowCopy.Carried(stored, bytes, Stored.check(s, table, stored, batch.size()));
    }

    private String parameters(byte[][] row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            values.add(isExpression(i, row[i]) ? expression(row[i]) : codecs.get(i).loaded("?"));
        }
        return "(" + String.join(",", values) + ")";
    }

    private String tail() {
        return !overwrites
                ? ""
                : table.writableColumns().stream()
                        .map(c -> quote(c.name()))
                        .map(c -> c + " = VALUES(" + c + ")")
                        .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", ""));
    }

    private String insertInto() {
        return "INSERT INTO "
                + quote(table.name())
                + " ("
                + Names.list(table.writableColumns().stream().map(Column::name).toList())
                + ") VALUES ";
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
}
