package io.bactrian.data;

import io.bactrian.schema.Table;
import java.util.Optional;

/**
 * An integrator's say in which rows travel from a source to its target. It is found in Camel's
 * registry or by {@link java.util.ServiceLoader}, and holds for {@code data}, {@code verify} and
 * {@code replicate}: the target has the rows that all filters let through, and no others. A table
 * that is filtered does not sync.
 */
@FunctionalInterface
public interface RowFilter {
    /**
     * The rows of a table that travel: a condition as it stands behind WHERE, on the source's
     * columns, that gives the same for the same row at any time; empty for all rows.
     *
     * @param table as the source has it
     */
    Optional<String> condition(Table table);
}
