package io.bactrian.sql;

import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes a row of an INSERT a line for LOAD DATA, in the place it stands in: no value gets longer.
 * What is in quotes is escaped as LOAD DATA understands it, and stays as it is.
 */
final class DumpRow {
    /** How the values of a column are written. */
    private enum Form {
        INTEGER_OR_DECIMAL,
        REAL,
        QUOTED,
        HEX,
        JSON
    }

    private static final byte[] NULL = ascii("NULL");
    private static final byte[] UTF8 = ascii("_utf8mb4");
    private static final byte[] NO_BYTES = ascii("''");

    /** Bytes that may not stand in quotes as they are. */
    private static final boolean[] SPECIAL = new boolean[256];

    /** What may follow a backslash. */
    private static final boolean[] ESCAPE = new boolean[256];

    /** The value of a hex digit, or -1. */
    private static final byte[] HEX = new byte[256];

    static {
        for (byte b : ascii("\0\n\r\t\u001a\\'")) {
            SPECIAL[b] = true;
        }
        for (byte b : ascii("0nrtZ\\'")) {
            ESCAPE[b] = true;
        }
        for (int b = 0; b < HEX.length; b++) {
            HEX[b] = (byte) "0123456789ABCDEF".indexOf(b);
        }
    }

    private final Form[] forms;
    private byte[] b;
    private int at;
    private int to;

    DumpRow(Table table) {
        List<Column> columns = table.writableColumns();
        this.forms = columns.stream().map(DumpRow::form).toArray(Form[]::new);
    }

    private static Form form(Column column) {
        return switch (Codec.of(column)) {
            case NUMBER, MEMBER -> Form.INTEGER_OR_DECIMAL;
            case REAL -> Form.REAL;
            case TEMPORAL, TEXT -> Form.QUOTED;
            case BINARY, SPATIAL, BIT -> Form.HEX;
            case LARGE -> column.typeName().endsWith("text") ? Form.QUOTED : Form.HEX;
            case JSON -> Form.JSON;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Turns the row that the text is at into a line that ends at {@link #to()}, and goes behind it.
     *
     * @param start where the line begins, not behind the row
     * @return whether the statement has more rows
     */
    boolean translate(DumpText text, int start) {
        b = text.bytes;
        at = text.at;
        to = start;
        expect(text, '(');
        for (int i = 0; i < forms.length; i++) {
            if (i > 0) {
                expect(text, ',');
                b[to++] = '\t';
            }
            if (!value(forms[i])) {
                throw text.fail("holds no value that column " + (i + 1) + " of its table can have");
            }
        }
        expect(text, ')');
        byte last = b[at++];
        if (last != ',' && last != ';' || b[at] != '\n') {
            throw text.fail("is not a row of as many values as its table has columns");
        }
        b[to++] = '\n';
        text.goTo(at + 1, 1);
        return last == ',';
    }

    /** Where the last line ends. */
    int to() {
        return to;
    }

    private void expect(DumpText text, char c) {
        if (b[at++] != c) {
            throw text.fail("is not a row of as many values as its table has columns");
        }
    }

    private boolean value(Form form) {
        if (skip(NULL)) {
            b[to++] = '\\';
            b[to++] = 'N';
            return true;
        }
        return switch (form) {
            case INTEGER_OR_DECIMAL -> number(false);
            case REAL -> b[at] == '\'' ? quotedNumber() : number(true);
            case QUOTED -> quoted();
            case HEX -> skip(NO_BYTES) || hex();
            case JSON -> skip(UTF8) && quoted();
        };
    }

    /** Passes over an expected text; a line break, which ends each row, is in none. */
    private boolean skip(byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (b[at + i] != expected[i]) {
                return false;
            }
        }
        at += expected.length;
        return true;
    }

    /** As -0 is, for its number is 0 to a server. */
    private boolean quotedNumber() {
        at++;
        return b[at] == '-' && b[at + 1] == '0' && number(true) && b[at++] == '\'';
    }

    private boolean number(boolean exponent) {
        int from = at;
        at += b[at] == '-' ? 1 : 0;
        boolean well = digits();
        if (b[at] == '.') {
            at++;
            well &= digits();
        }
        if (exponent && b[at] == 'e') {
            at++;
            at += b[at] == '-' || b[at] == '+' ? 1 : 0;
            well &= digits();
        }
        System.arraycopy(b, from, b, to, at - from);
        to += at - from;
        return well;
    }

    private boolean digits() {
        int from = at;
        while (b[at] >= '0' && b[at] <= '9') {
            at++;
        }
        return at > from;
    }

    private boolean quoted() {
        if (b[at] != '\'') {
            return false;
        }
        byte[] bytes = b;
        int start = at + 1;
        int read = start;
        while (true) {
            while (!SPECIAL[bytes[read] & 0xff]) {
                read++;
            }
            if (bytes[read] != '\\' || !ESCAPE[bytes[read + 1] & 0xff]) {
                break;
            }
            read += 2;
        }
        System.arraycopy(bytes, start, bytes, to, read - start);
        to += read - start;
        at = read + 1;
        return bytes[read] == '\'';
    }

    private boolean hex() {
        if (b[at] != '0' || b[at + 1] != 'x') {
            return false;
        }
        byte[] bytes = b;
        int read = at + 2;
        int write = to;
        for (int high = HEX[bytes[read] & 0xff]; high >= 0; high = HEX[bytes[read] & 0xff]) {
            int low = HEX[bytes[read + 1] & 0xff];
            if (low < 0) {
                return false;
            }
            int value = high << 4 | low;
            if (value == '\t' || value == '\n' || value == '\\') {
                bytes[write++] = '\\';
            }
            bytes[write++] = (byte) value;
            read += 2;
        }
        boolean some = read > at + 2;
        at = read;
        to = write;
        return some;
    }
}
