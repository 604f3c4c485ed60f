package io.bactrian.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** One in each of eight bytes. */
    private static final long EACH = 0x0101_0101_0101_0101L;

    private byte[] bytes = new byte[1 << 10];
    private int size;

    int size() {
        return size;
    }

    void append(String sql) {
        append(sql.getBytes(StandardCharsets.UTF_8));
    }

    void append(byte[] sql) {
        append(sql, 0, sql.length);
    }

    void append(byte[] from, int start, int length) {
        need(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void append(char ascii) {
        need(1);
        bytes[size++] = (byte) ascii;
    }

    /** A string literal. Most hold nothing to escape, so eight bytes are looked at at once. */
    void quoted(byte[] from, int start, int length) {
        need(2L * length + 2);
        byte[] to = bytes;
        int at = size;
        int end = start + length;
        to[at++] = '\'';
        int i = start;
        while (i < end) {
            if (i + 8 <= end) {
                long eight = (long) EIGHT.get(from, i);
                if (isPlain(eight)) {
                    EIGHT.set(to, at, eight);
                    at += 8;
                    i += 8;
                    continue;
                }
            }
            for (int last = Math.min(i + 8, end); i < last; i++) {
                byte escape = ESCAPES[from[i] & 0xff];
                if (escape != 0) {
                    to[at++] = '\\';
                }
                to[at++] = escape == 0 ? from[i] : escape;
            }
        }
        to[at++] = '\'';
        size = at;
    }

    /** Whether none of eight bytes is a control character, a backslash or a quote. */
    private static boolean isPlain(long eight) {
        long backslash = eight ^ '\\' * EACH;
        long quote = eight ^ '\'' * EACH;
        long low = eight - ' ' * EACH & ~eight;
        // a byte of 0 borrows from the one above: what says yes too often says it beside a true one
        return ((low | backslash - EACH & ~backslash | quote - EACH & ~quote) & 0x80 * EACH) == 0;
    }

    /** A binary literal; {@code ''} for no bytes, which hex cannot say. */
    void hex(byte[] from, int start, int length) {
        need(2L * length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = (byte) (length == 0 ? '\'' : '0');
        to[at++] = (byte) (length == 0 ? '\'' : 'x');
        for (int i = start; i < start + length; i++) {
            byte b = from[i];
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

    /** What it holds, if that is ASCII. */
    String ascii() {
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }

    /** What it holds, where names or expressions are not ASCII. */
    String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
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
