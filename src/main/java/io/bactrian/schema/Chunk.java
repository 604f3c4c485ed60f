package io.bactrian.schema;

import java.util.List;

/**
 * A range of one table's row key: above {@code after}, up to and with {@code upTo}. Both hold a
 * value for each key column, as plain text; an empty list leaves that end open. The chunks of a
 * table cover all keys there can be, so that no row falls between.
 *
 * @param number place in the table's plan, from 0
 * @param rows rows expected, from the server's statistics
 */
public record Chunk(int number, List<String> after, List<String> upTo, long rows) {
    public Chunk {
        after = List.copyOf(after);
        upTo = List.copyOf(upTo);
    }

    /** What of it is above a key. */
    public Chunk behind(List<String> key) {
        return new Chunk(number, key, upTo, rows);
    }

    /** All rows of a table. */
    public static Chunk whole(long rows) {
        return new Chunk(0, List.of(), List.of(), rows);
    }
}
