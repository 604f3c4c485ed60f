package io.bactrian.sql;

import com.mysql.cj.NativeSession;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import com.mysql.cj.protocol.FullReadInputStream;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.protocol.SocketConnection;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Arrays;

/**
 * The rows of a streamed result, a row at a time, where they lie in what the server sent: no object
 * is made for a value or a row. The driver makes one for each, and takes two locks a row: with it a
 * backup of 3 M rows took 5.2 s of the program's processor, and takes 4.6 s so. What ends the rows,
 * an error too, is left to the driver. The format is that of text result set rows, in the MySQL
 * manual under client/server protocol.
 *
 * <p>Closed before the result is.
 */
final class RawRows implements AutoCloseable {
    private static final int SPACE = 1 << 17;
    private static final int HEADER = 4;

    /** Length of a packet that another one goes on with. */
    private static final int LONGEST = 0xff_ffff;

    private static final int NULL = 251;
    private static final int TWO_BYTES = 252;
    private static final int THREE_BYTES = 253;
    private static final int EIGHT_BYTES = 254;
    private static final int ERROR = 255;

    private final SocketConnection socket;
    private final ResultsetRows driver;
    private final FullReadInputStream in;
    private final int[] from;
    private final int[] length;

    /** What was read and not used yet lies from {@code at} to {@code end}. */
    private byte[] bytes = new byte[SPACE];

    private int at;
    private int end;
    private boolean ended;

    RawRows(ResultSet result) throws SQLException {
        NativeSession session =
                (NativeSession)
                        result.getStatement()
                                .getConnection()
                                .unwrap(JdbcConnection.class)
                                .getSession();
        socket = session.getProtocol().getSocketConnection();
        driver = result.unwrap(ResultSetInternalMethods.class).getRows();
        from = new int[result.getMetaData().getColumnCount()];
        length = new int[from.length];
        try {
            in = socket.getMysqlInput();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Goes to the next row, and gives up the one before.
     *
     * @return false if there is none
     */
    boolean next() throws SQLException {
        if (ended) {
            return false;
        }
        int row;
        int after;
        try {
            need(HEADER + 1);
            int size = size(at);
            int first = bytes[at + HEADER] & 0xff;
            // a value of 16 MB and more begins with the same byte as the end, in a longer packet
            if (first == ERROR || first == EIGHT_BYTES && size < LONGEST) {
                need(HEADER + size);
                end();
                return false;
            }
            after = wholeRow(size);
            row = at + HEADER;
        } catch (IOException e) {
            throw lost(e);
        }
        for (int i = 0; i < from.length; i++) {
            row = value(i, row);
        }
        at = after;
        return true;
    }

    /** What the values of the row lie in, until the next one is asked for. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Where a value begins.
     *
     * @param column from 0
     */
    int from(int column) {
        return from[column];
    }

    /**
     * How many bytes it has, or -1 for NULL.
     *
     * @param column from 0
     */
    int length(int column) {
        return length[column];
    }

    /** A value of its own, or null. */
    byte[] value(int column) {
        return length[column] < 0
                ? null
                : Arrays.copyOfRange(bytes, from[column], from[column] + length[column]);
    }

    /** Notes where a value lies; gives where it ends. */
    private int value(int column, int place) {
        byte[] b = bytes;
        int first = b[place] & 0xff;
        int begin;
        int size;
        if (first < NULL) {
            begin = place + 1;
            size = first;
        } else if (first == NULL) {
            length[column] = -1;
            return place + 1;
        } else if (first == TWO_BYTES) {
            begin = place + 3;
            size = b[place + 1] & 0xff | (b[place + 2] & 0xff) << 8;
        } else if (first == THREE_BYTES) {
            begin = place + 4;
            size = size(place + 1);
        } else {
            begin = place + 9;
            // no packet, and so no value, is larger than 1 GB
            size = size(place + 1) | (b[place + 4] & 0xff) << 24;
        }
        from[column] = begin;
        length[column] = size;
        return begin + size;
    }

    private int size(int place) {
        return bytes[place] & 0xff
                | (bytes[place + 1] & 0xff) << 8
                | (bytes[place + 2] & 0xff) << 16;
    }

    /** Has a row in one piece, whatever number of packets it came in; gives where it ends. */
    private int wholeRow(int size) throws IOException {
        need(HEADER + size);
        int whole = HEADER + size;
        for (int last = size; last == LONGEST; ) {
            need(whole + HEADER);
            last = size(at + whole);
            need(whole + HEADER + last);
            int more = at + whole;
            System.arraycopy(bytes, more + HEADER, bytes, more, end - more - HEADER);
            end -= HEADER;
            whole += last;
        }
        return at + whole;
    }

    /** Has so many bytes at hand. */
    private void need(int count) throws IOException {
        if (end - at >= count) {
            return;
        }
        byte[] old = bytes;
        if (count > bytes.length) {
            bytes = new byte[(int) Math.min(Math.max(count, 2L * bytes.length), 1 << 30)];
        } else if (bytes.length > 8 * SPACE && count < SPACE && end - at < SPACE) {
            bytes = new byte[SPACE];
        }
        System.arraycopy(old, at, bytes, 0, end - at);
        end -= at;
        at = 0;
        while (end < count) {
            int n = in.read(bytes, end, bytes.length - end);
            if (n < 0) {
                throw new EOFException("the server closed the connection while it sent rows");
            }
            end += n;
        }
    }

    /** Lets the driver see how the rows end. */
    private void end() throws SQLException {
        ended = true;
        socket.setMysqlInput(rest());
        try {
            if (driver.next() != null) {
                throw new IllegalStateException("rows go on behind their end");
            }
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        } finally {
            socket.setMysqlInput(in);
        }
    }

    private FullReadInputStream rest() {
        InputStream here = new ByteArrayInputStream(bytes, at, end - at);
        return new FullReadInputStream(new SequenceInputStream(here, in));
    }

    private static SQLException lost(IOException e) {
        return new SQLRecoverableException(
                "the connection was lost while rows were read: " + e.getMessage(), "08S01", e);
    }

    /** Has the driver go on where this stopped: it reads what is left before the next statement. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            socket.setMysqlInput(rest());
        }
    }
}
