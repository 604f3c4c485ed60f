package io.bactrian.structure;

import java.util.Set;

/**
 * What a user decides about a plan.
 *
 * @param dropExtra whether what is only on the target is dropped
 * @param emptyFirst whether a table is emptied before it is altered, as its rows will be copied
 *     anew anyway
 * @param pending tables to leave alone: a copy to be resumed is half way through them
 */
public record StructureOptions(boolean dropExtra, boolean emptyFirst, Set<String> pending) {
    /** Nothing dropped, nothing emptied, no table left alone. */
    public static final StructureOptions DEFAULT = new StructureOptions(false, false, Set.of());

    public StructureOptions {
        pending = Set.copyOf(pending);
    }

    StructureOptions withoutEmptying() {
        return new StructureOptions(dropExtra, false, pending);
    }
}
