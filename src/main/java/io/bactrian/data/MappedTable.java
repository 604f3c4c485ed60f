package io.bactrian.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a table does not travel as it is: the part of a run's report that says what the target
 * does not have, or has otherwise.
 *
 * @param filtered whether only some of its rows travel
 * @param masked columns, by the target's names, whose values are others
 * @param renamed new names by old ones
 * @param leftOut columns that the target does not have
 * @param without indexes, checks and foreign keys that go with those columns
 * @param withheld a digest of each filter, mask and column left out, by what it is of
 */
public record MappedTable(
        String table,
        boolean filtered,
        List<String> masked,
        Map<String, String> renamed,
        List<String> leftOut,
        List<String> without,
        @JsonIgnore Map<String, String> withheld) {
    public MappedTable {
        masked = List.copyOf(masked);
        renamed = new TreeMap<>(renamed);
        leftOut = List.copyOf(leftOut);
        without = List.copyOf(without);
        withheld = new TreeMap<>(withheld);
    }

    /** One line for people. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (filtered) {
            parts.add("only rows that a filter lets through");
        }
        if (!masked.isEmpty()) {
            parts.add("masked " + String.join(", ", masked));
        }
        renamed.forEach((from, to) -> parts.add(from + " is called " + to));
        if (!leftOut.isEmpty()) {
            parts.add("left out " + String.join(", ", leftOut));
        }
        if (!without.isEmpty()) {
            parts.add("and with it " + String.join(", ", without));
        }
        return table + ": " + String.join("; ", parts);
    }
}
