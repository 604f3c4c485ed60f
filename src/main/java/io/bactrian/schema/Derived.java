package io.bactrian.schema;

import java.util.List;

/**
 * What the rows of a table are read from where they are not to travel as they are: some of its
 * rows, and of each what the target's columns are to hold. The server merges such a derived table
 * into the query around it, so that key ranges go through the table's own index.
 *
 * @param selected SQL of each column that is written, under the target's name for it
 * @param condition SQL that says which rows; empty for all
 */
public record Derived(List<String> selected, String condition) {
    public Derived {
        selected = List.copyOf(selected);
    }
}
