package io.bactrian.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of SQL being written; grows as needed. */
final class SqlBuffer {
    private static final int SPACE = 1 << 17;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /**
     * What follows the backslash for a byte that may not stand in quotes as it is; 0 for others.
     */
    private static final byte[] ESCAPES = new byte[256];

    static {
        ESCAPES[0] = '0';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[0x1a] = 'Z';
        ESCAPES['\\'] = '\\';
        ESCAPES['\''] = '\'';
    }

    private byte[] bytes = new byte[1 << 10];
    private int size;

    int size() {
        return size;
    }

    void append(String sql) {
        append(sql.getBytes(StandardCharsets.UTF_8));
    }

    void append(byte[] sql) {
        need(sql.length);
        System.arraycopy(sql, 0, bytes, size, sql.length);
        size += sql.length;
    }

    void append(char ascii) {
        need(1);
        bytes[size++] = (byte) ascii;
    }

    /** A string literal. Most hold nothing to escape, and are moved at once. */
    void quoted(byte[] value) {
        need(2L * value.length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '\'';
        int moved = 0;
        for (int i = 0; i < value.length; i++) {
            byte escape = ESCAPES[value[i] & 0xff];
            if (escape != 0) {
                System.arraycopy(value, moved, to, at, i - moved);
                at += i - moved;
                to[at++] = '\\';
                to[at++] = escape;
                moved = i + 1;
            }
        }
        System.arraycopy(value, moved, to, at, value.length - moved);
        at += value.length - moved;
        to[at++] = '\'';
        size = at;
    }

    /** A binary literal; {@code ''} for no bytes, which hex cannot say. */
    void hex(byte[] value) {
        need(2L * value.length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = (byte) (value.length == 0 ? '\'' : '0');
        to[at++] = (byte) (value.length == 0 ? '\'' : 'x');
        for (byte b : value) {
            to[at++] = HEX[b >> 4 & 0xf];
            to[at++] = HEX[b & 0xf];
        }
        size = at;
    }

    private void need(long more) {
        if (bytes.length - size < more) {
            long wanted = Math.max(size + more, Math.min(2L * bytes.length, 1L << 30));
            bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
        }
    }

    /** Hands over what it holds and is empty again. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
        if (bytes.length > 8 * SPACE) {
            bytes = new byte[SPACE];
        }
    }
}
