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
        for (int i = 0; i < escaped.length; i++) {
            byte[] value = rows.value(i);
            int needed = value == null ? 3 : (escaped[i] ? 2 * value.length : value.length) + 1;
            if (buffer.length - to < needed) {
                buffer =
                        Arrays.copyOf(
                                buffer,
                                Math.max(to + needed, (int) Math.min(buffer.length * 2L, 1 << 30)));
            }
            if (value == null) {
                buffer[to++] = '\\';
                buffer[to++] = 'N';
            } else if (escaped[i]) {
                decimals |= json[i] && !decimals && JsonDecimals.possible(value);
                escape(value);
            } else {
                System.arraycopy(value, 0, buffer, to, value.length);
                to += value.length;
            }
            buffer[to++] = '\t';
        }
        buffer[to - 1] = '\n';
        count++;
    }

    private void escape(byte[] value) {
        byte[] out = buffer;
        int at = to;
        for (byte b : value) {
            if (b == '\\' || b == '\t' || b == '\n') {
                out[at++] = '\\';
            }
            out[at++] = b;
        }
        to = at;
    }
}
