package io.bactrian.sql;

import io.bactrian.error.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file of SQL in a buffer that holds whole lines, as many as fit or one that is longer. */
final class DumpText {
    private static final int SPACE = 1 << 18;

    private final InputStream in;
    private final String file;

    /** The whole lines not used yet are those from {@code at} to {@code end}. */
    byte[] bytes = new byte[SPACE];

    int at;
    int end;
    private int filled;
    private long line = 1;

    /**
     * @param file its name, for messages
     */
    DumpText(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /**
     * Reads on, and keeps the lines not used yet; false at the end of the file.
     *
     * @throws BackupException if the file cannot be read, or ends within a line
     */
    boolean more() {
        System.arraycopy(bytes, at, bytes, 0, filled - at);
        filled -= at;
        end -= at;
        at = 0;
        if (bytes.length > SPACE && filled < SPACE / 2) {
            bytes = Arrays.copyOf(bytes, SPACE);
        }
        int known = end;
        while (end == known) {
            if (filled == bytes.length) {
                long wanted = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
                if (wanted == bytes.length) {
                    throw fail("is longer than 2 GB", null);
                }
                bytes = Arrays.copyOf(bytes, (int) wanted);
            }
            int n = read();
            if (n < 0) {
                if (filled > end) {
                    throw fail("ends in the middle of it", null);
                }
                return false;
            }
            int seen = filled;
            filled += n;
            for (int i = filled; i > seen && end == known; i--) {
                end = bytes[i - 1] == '\n' ? i : end;
            }
        }
        return true;
    }

    private int read() {
        try {
            return in.read(bytes, filled, bytes.length - filled);
        } catch (IOException e) {
            throw fail("cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether this comes next. */
    boolean startsWith(byte[] expected) {
        while (end - at < expected.length && more()) {
            continue;
        }
        return end - at >= expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    /** Goes behind this if it comes next. */
    boolean skip(byte[] expected) {
        if (!startsWith(expected)) {
            return false;
        }
        int lines = 0;
        for (byte b : expected) {
            lines += b == '\n' ? 1 : 0;
        }
        goTo(at + expected.length, lines);
        return true;
    }

    /** Whether nothing comes any more. */
    boolean isAtEnd() {
        return at == end && !more();
    }

    /**
     * Sees to it that there is a line.
     *
     * @throws BackupException if the file is at its end
     */
    void requireLine() {
        if (isAtEnd()) {
            throw fail("is missing: the statement has not ended");
        }
    }

    /** Where the line break of this line is. */
    int endOfLine() {
        int i = at;
        while (bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Goes to a place further on, {@code lines} line breaks from here. */
    void goTo(int place, int lines) {
        at = place;
        line += lines;
    }

    BackupException fail(String what) {
        return fail(what, null);
    }

    private BackupException fail(String what, Exception cause) {
        return new BackupException(
                file,
                "line " + line + " " + what,
                "the file is not what was written: run `bactrian backup verify`, and take another backup",
                cause);
    }
}
