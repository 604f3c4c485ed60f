package io.bactrian.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Rows of statements that write many at once: as many as every server takes in one. */
final class Packets {
    /** Characters; a MariaDB takes packets of 16 MB, and each may become four bytes and more. */
    private static final int MOST = 512 * 1024;

    private Packets() {}

    /** What goes together; a row that is larger goes by itself. */
    static <T> List<List<T>> of(List<T> rows, ToLongFunction<T> size) {
        List<List<T>> packets = new ArrayList<>();
        long left = 0;
        for (T row : rows) {
            long needed = size.applyAsLong(row);
            if (packets.isEmpty() || needed > left) {
                packets.add(new ArrayList<>());
                left = MOST;
            }
            packets.get(packets.size() - 1).add(row);
            left -= needed;
        }
        return packets;
    }

    static long length(String text) {
        return text == null ? 0 : text.length();
    }
}
