package io.bactrian.sql;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Digests rows that are read, as {@link Digest} does in the server: over the same bytes, so that
 * what was read here can be compared with what another server has stored there. Asking the server
 * instead costs as much as reading the rows; this is done beside it.
 */
final class RowDigest {
    private static final int LENGTH = 32;
    private static final byte[] NULL = {'N'};
    private static final HexFormat HEX = HexFormat.of();

    private final Codec[] codecs;
    private final boolean keyed;
    private final MessageDigest sha = sha256();
    private final MessageDigest inner = sha256();
    private final byte[] digest = new byte[LENGTH];
    private final byte[] xor = new byte[LENGTH];
    private byte[] row = new byte[1 << 12];
    private int length;
    private long rows;
    private BigInteger sum = BigInteger.ZERO;

    /**
     * @param keyed whether the table has a row key; the sum is for one that has none
     */
    RowDigest(List<Codec> codecs, boolean keyed) {
        this.codecs = codecs.toArray(Codec[]::new);
        this.keyed = keyed;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Adds a value of the row in hand; values come in column order, as a server sends them.
     *
     * @param length of the value in {@code bytes}, -1 for NULL
     */
    void value(int column, byte[] bytes, int from, int length) {
        switch (codecs[column]) {
            case NUMBER, TEMPORAL, REAL, MEMBER -> {
                if (length < 0) {
                    put(NULL);
                } else {
                    put(bytes, from, length);
                }
                put(',');
            }
            case BIT -> {
                put(length < 0 ? NULL : ascii(new BigInteger(1, bytes, from, length).toString()));
                put(',');
            }
            case TEXT, BINARY -> counted(bytes, from, length);
            case LARGE, SPATIAL, JSON -> hashed(bytes, from, length);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void counted(byte[] bytes, int from, int count) {
        if (count < 0) {
            put(NULL);
            put(':');
            return;
        }
        int unit = 1;
        while (count / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            put((char) ('0' + count / unit % 10));
        }
        put(':');
        put(bytes, from, count);
    }

    private void hashed(byte[] bytes, int from, int count) {
        if (count < 0) {
            put(NULL);
            return;
        }
        inner.update(bytes, from, count);
        digest(inner);
        for (byte b : digest) {
            put(HEX.toLowHexDigit(b >> 4));
            put(HEX.toLowHexDigit(b));
        }
    }

    private void digest(MessageDigest of) {
        try {
            of.digest(digest, 0, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    private void put(byte[] bytes, int from, int count) {
        if (row.length - length < count) {
            row = Arrays.copyOf(row, Math.max(row.length * 2, length + count));
        }
        System.arraycopy(bytes, from, row, length, count);
        length += count;
    }

    private void put(char c) {
        if (row.length == length) {
            row = Arrays.copyOf(row, row.length * 2);
        }
        row[length++] = (byte) c;
    }

    /** Ends the row in hand. */
    void endRow() {
        sha.update(row, 0, length);
        length = 0;
        digest(sha);
        for (int i = 0; i < LENGTH; i++) {
            xor[i] ^= digest[i];
        }
        if (!keyed) {
            sum = sum.add(new BigInteger(1, Arrays.copyOf(digest, 8)));
        }
        rows++;
    }

    /** Of all rows so far. */
    Digest.Rows rows() {
        return new Digest.Rows(
                rows, HEX.withUpperCase().formatHex(xor), keyed ? null : sum.toString());
    }
}
