package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Table;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A file of rows as {@link RowDump} writes it, read part by part. Anything else is refused with its
 * place, never guessed at.
 */
final class DumpFile {
    /** What comes next in a file. */
    enum Part {
        /** A DELETE of what the rows replace. */
        DELETE,
        /** INSERTs of plain values. */
        ROWS,
        /** An INSERT that can only be executed as it stands. */
        EXPRESSIONS,
        END
    }

    /**
     * A statement without the semicolon behind it.
     *
     * @param rows it inserts; 0 for a DELETE
     */
    record Statement(byte[] sql, long rows) {}

    private final DumpText text;
    private final DumpRow row;
    private final byte[] delete;
    private final byte[] insert;
    private final byte[] insertExpressions;

    /**
     * @param file its name, for messages
     * @param table whose rows must be in it
     * @throws io.bactrian.error.BackupException if it is not such a file
     */
    DumpFile(InputStream in, String file, Table table) {
        this.text = new DumpText(in, file);
        this.row = new DumpRow(table);
        this.delete = utf8("DELETE FROM " + quote(table.name()));
        this.insert = utf8(RowDump.insertInto(table) + "\n");
        this.insertExpressions = utf8(RowDump.insertInto(table) + RowDump.EXPRESSIONS + "\n");
        if (!text.skip(utf8(RowDump.HEAD))) {
            throw text.fail("does not begin as a file of rows does");
        }
    }

    private static byte[] utf8(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    Part next() {
        if (text.isAtEnd()) {
            return Part.END;
        }
        if (text.startsWith(insert)) {
            return Part.ROWS;
        }
        if (text.startsWith(insertExpressions)) {
            return Part.EXPRESSIONS;
        }
        if (text.startsWith(delete)) {
            return Part.DELETE;
        }
        throw text.fail("is no statement for the rows of this table and its columns");
    }

    /** The rows of all INSERTs up to the next statement of another kind. */
    LineStream lines() {
        return new DumpStream(text, row, insert);
    }

    /** The statement that comes next, whatever it is. */
    Statement statement() {
        ByteArrayOutputStream sql = new ByteArrayOutputStream();
        if (text.startsWith(delete)) {
            takeDelete(sql);
            return new Statement(sql.toByteArray(), 0);
        }
        byte[] head = text.startsWith(insert) ? insert : insertExpressions;
        text.skip(head);
        sql.writeBytes(head);
        long rows = 0;
        char last;
        do {
            last = takeRow(sql);
            rows++;
        } while (last == ',');
        return new Statement(sql.toByteArray(), rows);
    }

    /** Takes a row and what is behind it: a comma, or the semicolon, which is left out. */
    private char takeRow(ByteArrayOutputStream sql) {
        text.requireLine();
        byte[] bytes = text.bytes;
        int from = text.at;
        int end = text.endOfLine();
        char last = end - from < 3 ? 0 : (char) bytes[end - 1];
        if (bytes[from] != '(' || last != ',' && last != ';' || bytes[end - 2] != ')') {
            throw text.fail("is not a row of values");
        }
        sql.write(bytes, from, last == ',' ? end - from + 1 : end - from - 1);
        text.goTo(end + 1, 1);
        return last;
    }

    /** Takes all lines up to the semicolon that ends one and is in no name. */
    private void takeDelete(ByteArrayOutputStream sql) {
        boolean inName = false;
        while (true) {
            text.requireLine();
            byte[] bytes = text.bytes;
            int from = text.at;
            int end = text.endOfLine();
            for (int i = from; i < end; i++) {
                inName ^= bytes[i] == '`';
            }
            boolean last = !inName && bytes[end - 1] == ';';
            sql.write(bytes, from, last ? end - from - 1 : end - from + 1);
            text.goTo(end + 1, 1);
            if (last) {
                return;
            }
        }
    }
}
