package io.bactrian.structure;

import java.util.Set;

/**
 * What a user decides about a plan.
 *
 * @param dropExtra whether what is only on the target is dropped
 * @param emptied tables that are emptied before they are altered, as their rows will be copied anew
 *     anyway
 * @param pending tables to leave alone: a copy to be resumed is half way through them
 */
public record StructureOptions(boolean dropExtra, Set<String> emptied, Set<String> pending) {
    /** Nothing dropped, nothing emptied, no table left alone. */
    public static final StructureOptions DEFAULT = new StructureOptions(false, Set.of(), Set.of());

    public StructureOptions {
        emptied = Set.copyOf(emptied);
        pending = Set.copyOf(pending);
    }

    StructureOptions withoutEmptying() {
        return new StructureOptions(dropExtra, Set.of(), pending);
    }
}
