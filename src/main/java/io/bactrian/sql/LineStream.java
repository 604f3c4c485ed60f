package io.bactrian.sql;

import java.io.IOException;
import java.io.InputStream;

/**
 * Rows as the lines that LOAD DATA reads: tab between fields, newline behind rows, backslash in
 * front of what would be taken for one of these, {@code \N} for NULL.
 */
abstract sealed class LineStream extends InputStream permits RowStream, DumpStream {
    /** Holds the lines that were made and not handed out: those from {@code from} to {@code to}. */
    protected byte[] buffer;

    protected int from;
    protected int to;
    protected long count;
    private long bytes;

    LineStream(byte[] buffer) {
        this.buffer = buffer;
    }

    /** Rows handed out so far. */
    final long count() {
        return count;
    }

    /** Bytes handed out so far. */
    final long bytes() {
        return bytes;
    }

    /** Makes more lines, once all are handed out; false where there are none. */
    abstract boolean fill() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Fills as much as is asked for: the driver sends each read as a packet of its own. */
    @Override
    public final int read(byte[] out, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && (from < to || fill())) {
            int n = Math.min(length - done, to - from);
            System.arraycopy(buffer, from, out, offset + done, n);
            from += n;
            done += n;
        }
        bytes += done;
        return done == 0 && length > 0 ? -1 : done;
    }
}
