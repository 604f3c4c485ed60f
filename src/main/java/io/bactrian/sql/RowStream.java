package io.bactrian.sql;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * A result set as lines. Rows are fetched as the reader asks, so that one row is held and no more.
 */
final class RowStream extends LineStream {
    private static final int SPACE = 1 << 16;

    private final RawRows rows;
    private final boolean[] escaped;
    private final boolean[] json;
    private boolean ended;
    private boolean decimals;

    RowStream(ResultSet result, List<Codec> codecs) throws SQLException {
        super(new byte[SPACE]);
        this.rows = new RawRows(result);
        this.escaped = new boolean[codecs.size()];
        this.json = new boolean[codecs.size()];
        for (int i = 0; i < escaped.length; i++) {
            escaped[i] = !codecs.get(i).isPlain();
            json[i] = codecs.get(i) == Codec.JSON;
        }
    }

    /** Whether JSON was handed out that may hold DECIMALs. */
    boolean mayHoldDecimals() {
        return decimals;
    }

    @Override
    boolean fill() throws IOException {
        from = 0;
        to = 0;
        if (buffer.length > 64 * SPACE) {
            buffer = new byte[SPACE];
        }
        try {
            while (to < SPACE / 2 && !ended) {
                if (rows.next()) {
                    encodeRow();
                } else {
                    ended = true;
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return to > 0;
    }

    private void encodeRow() {
        byte[] row = rows.bytes();
        for (int i = 0; i < escaped.length; i++) {
            int length = rows.length(i);
            int needed = length < 0 ? 3 : (escaped[i] ? 2 * length : length) + 1;
            if (buffer.length - to < needed) {
                buffer =
                        Arrays.copyOf(
                                buffer,
                                Math.max(to + needed, (int) Math.min(buffer.length * 2L, 1 << 30)));
            }
            if (length < 0) {
                buffer[to++] = '\\';
                buffer[to++] = 'N';
            } else if (escaped[i]) {
                decimals |=
                        json[i] && !decimals && JsonDecimals.possible(row, rows.from(i), length);
                escape(row, rows.from(i), length);
            } else {
                System.arraycopy(row, rows.from(i), buffer, to, length);
                to += length;
            }
            buffer[to++] = '\t';
        }
        buffer[to - 1] = '\n';
        count++;
    }

    private void escape(byte[] value, int start, int length) {
        byte[] out = buffer;
        int at = to;
        for (int i = start; i < start + length; i++) {
            byte b = value[i];
            if (b == '\\' || b == '\t' || b == '\n') {
                out[at++] = '\\';
            }
            out[at++] = b;
        }
        to = at;
    }

    @Override
    public void close() {
        rows.close();
    }
}
