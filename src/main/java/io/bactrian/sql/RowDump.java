package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes rows of one table as SQL that any client can run: INSERTs of many rows, a row on each
 * line. What is in quotes is escaped as LOAD DATA also understands it.
 */
public final class RowDump {
    /** Ends a head whose rows hold expressions, and can only be executed. */
    static final String EXPRESSIONS = " /* JSON as expressions */";

    /** What makes a client's session take every value; bytes are not converted. */
    static final String HEAD =
            """
            /*!40101 SET NAMES binary*/;
            /*!40014 SET FOREIGN_KEY_CHECKS=0*/;
            /*!40103 SET TIME_ZONE='+00:00'*/;
            /*!40101 SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'*/;
            """;

    /** Far below any max_allowed_packet, and more gains nothing. */
    private static final int STATEMENT_BYTES = 1_000_000;

    private static final int FLUSH_BYTES = 1 << 16;

    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UTF8 = "_utf8mb4".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_ROW = ",\n".getBytes(StandardCharsets.US_ASCII);

    private final Table table;
    private final KeyRange key;
    private final List<Column> columns;

    public RowDump(Table table) {
        this.table = table;
        this.key = new KeyRange(table);
        this.columns = table.writableColumns();
    }

    /**
     * What was written.
     *
     * @param bytes of SQL
     */
    public record Written(Digest.Rows rows, long bytes) {}

    /**
     * Writes the rows of a chunk.
     *
     * @param replaces whether the SQL is to take away first what is in that range when it is run
     */
    public Written chunk(Connection source, Chunk chunk, boolean replaces, OutputStream out)
            throws SQLException, IOException {
        String sql =
                columns.stream()
                        .map(c -> Codec.of(c).selected(c))
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "SELECT ",
                                        " FROM " + key.from() + key.where(chunk) + key.orderBy()));
        Writer writer = new Writer(out);
        writer.text(HEAD);
        if (replaces) {
            writer.text(RowDelete.range(table, chunk) + ";\n");
        }
        try (Statement s = Streaming.of(source);
                ResultSet result = s.executeQuery(sql);
                RawRows rows = new RawRows(result)) {
            while (rows.next()) {
                writer.row(rows);
            }
        }
        return writer.end();
    }

    /** What stands in front of rows. */
    static String insertInto(Table table) {
        return "INSERT INTO "
                + quote(table.name())
                + " ("
                + table.writableColumns().stream()
                        .map(c -> quote(c.name()))
                        .collect(Collectors.joining(","))
                + ") VALUES";
    }

    private final class Writer {
        private final OutputStream out;
        private final SqlBuffer buffer = new SqlBuffer();
        private final Codec[] codecs = columns.stream().map(Codec::of).toArray(Codec[]::new);
        private final boolean[] text = new boolean[codecs.length];
        private final RowDigest digest = new RowDigest(List.of(codecs), key.exists());
        private final byte[] head = (insertInto(table) + "\n").getBytes(StandardCharsets.UTF_8);
        private final ByteArrayOutputStream withExpressions = new ByteArrayOutputStream();
        private long flushed;
        private long inStatement;

        Writer(OutputStream out) {
            this.out = out;
            for (int i = 0; i < text.length; i++) {
                text[i] = columns.get(i).typeName().endsWith("text");
            }
        }

        void text(String sql) {
            buffer.append(sql);
        }

        void row(RawRows rows) throws IOException {
            byte[] bytes = rows.bytes();
            boolean expressions = false;
            for (int i = 0; i < codecs.length; i++) {
                digest.value(i, bytes, rows.from(i), rows.length(i));
                expressions |= codecs[i] == Codec.JSON && isExpression(rows, i);
            }
            digest.endRow();
            if (expressions) {
                expressionRow(rows);
                return;
            }
            int before = buffer.size();
            if (inStatement == 0) {
                buffer.append(head);
            } else {
                buffer.append(NEXT_ROW);
            }
            values(rows, buffer, false);
            inStatement += buffer.size() - before;
            if (inStatement > STATEMENT_BYTES) {
                endStatement();
            }
            if (buffer.size() > FLUSH_BYTES) {
                flush();
            }
        }

        private void endStatement() {
            if (inStatement > 0) {
                buffer.append(";\n");
                inStatement = 0;
            }
        }

        /** Kept back until there are enough for a statement of their own. */
        private void expressionRow(RawRows rows) throws IOException {
            SqlBuffer row = new SqlBuffer();
            row.append(withExpressions.size() == 0 ? "" : ",\n");
            values(rows, row, true);
            row.writeTo(withExpressions);
            if (withExpressions.size() > STATEMENT_BYTES) {
                expressionStatement();
            }
        }

        private void expressionStatement() throws IOException {
            endStatement();
            buffer.append(insertInto(table) + EXPRESSIONS + "\n");
            flush();
            withExpressions.writeTo(out);
            flushed += withExpressions.size();
            withExpressions.reset();
            buffer.append(";\n");
        }

        private void values(RawRows rows, SqlBuffer row, boolean expressions) {
            row.append('(');
            for (int i = 0; i < codecs.length; i++) {
                if (i > 0) {
                    row.append(',');
                }
                if (rows.length(i) < 0) {
                    row.append(NULL);
                } else if (expressions && codecs[i] == Codec.JSON && isExpression(rows, i)) {
                    row.append(
                            JsonExpression.of(new String(rows.value(i), StandardCharsets.UTF_8)));
                } else {
                    value(i, rows.bytes(), rows.from(i), rows.length(i), row);
                }
            }
            row.append(')');
        }

        private void value(int column, byte[] bytes, int from, int length, SqlBuffer row) {
            switch (codecs[column]) {
                case NUMBER, MEMBER -> row.append(bytes, from, length);
                case REAL -> {
                    // the number -0 is 0, the text is not; -0.5 may be quoted as well
                    if (bytes[from] == '-' && bytes[from + 1] == '0') {
                        row.quoted(bytes, from, length);
                    } else {
                        row.append(bytes, from, length);
                    }
                }
                case TEMPORAL, TEXT -> row.quoted(bytes, from, length);
                case BINARY, SPATIAL, BIT -> row.hex(bytes, from, length);
                case LARGE -> {
                    if (text[column]) {
                        row.quoted(bytes, from, length);
                    } else {
                        row.hex(bytes, from, length);
                    }
                }
                case JSON -> {
                    row.append(UTF8);
                    row.quoted(bytes, from, length);
                }
            }
        }

        private static boolean isExpression(RawRows rows, int column) {
            return rows.length(column) >= 0
                    && JsonDecimals.possible(rows.bytes(), rows.from(column), rows.length(column));
        }

        private void flush() throws IOException {
            flushed += buffer.size();
            buffer.writeTo(out);
        }

        Written end() throws IOException {
            endStatement();
            if (withExpressions.size() > 0) {
                expressionStatement();
            }
            flush();
            return new Written(digest.rows(), flushed);
        }
    }
}
