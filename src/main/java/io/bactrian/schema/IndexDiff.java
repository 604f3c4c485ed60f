package io.bactrian.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that go and come. The server sorts keys into classes (primary, unique without NULL, …)
 * and keeps the order of creation inside a class, so an old key may stay only if all wanted keys
 * before it in its class stay too, in that order.
 */
final class IndexDiff {
    private IndexDiff() {}

    /**
     * Adds what is dropped or hidden to {@code changes}; returns the keys to add, in their order.
     */
    static List<Index> between(
            Table actual, Table wanted, Set<String> droppedColumns, List<Change> changes) {
        List<Index> kept = kept(actual, wanted, droppedColumns);
        List<Index> added = new ArrayList<>(wanted.indexes());
        for (Index index : actual.indexes()) {
            Index same =
                    kept.stream()
                            .filter(k -> k.withoutVisibility().equals(index.withoutVisibility()))
                            .findFirst()
                            .orElse(null);
            if (same == null) {
                changes.add(new Change.DropIndex(index));
            } else {
                added.remove(same);
                if (same.isInvisible() != index.isInvisible()) {
                    changes.add(new Change.SetVisibility(same));
                }
            }
        }
        return added;
    }

    /** The wanted keys that need not be built. */
    private static List<Index> kept(Table actual, Table wanted, Set<String> droppedColumns) {
        List<Index> old = actual.indexes().stream().map(Index::withoutVisibility).toList();
        Map<List<Object>, Integer> last = new LinkedHashMap<>();
        List<Index> kept = new ArrayList<>();
        for (Index index : wanted.indexes()) {
            List<Object> group = group(index, wanted);
            int before = last.getOrDefault(group, -1);
            int at = uses(index, droppedColumns) ? -1 : old.indexOf(index.withoutVisibility());
            if (at > before) {
                kept.add(index);
                last.put(group, at);
            } else {
                // nothing behind it may stay
                last.put(group, Integer.MAX_VALUE);
            }
        }
        return kept;
    }

    private static boolean uses(Index index, Set<String> columns) {
        return index.parts().stream()
                .anyMatch(
                        p ->
                                p.column() != null
                                        ? columns.contains(p.column())
                                        : columns.stream()
                                                .anyMatch(
                                                        c -> Identifiers.names(p.expression(), c)));
    }

    /** What the server sorts keys by before their age: sort_keys in sql_table.cc of MySQL 8.0. */
    static List<Object> group(Index index, Table table) {
        boolean virtual = index.hasExpression();
        boolean nullable = index.hasExpression();
        boolean partial = false;
        for (Index.Part part : index.parts()) {
            if (part.column() != null) {
                Column column = table.column(part.column());
                virtual |= column.isGenerated() && !column.stored();
                nullable |= column.nullable();
                partial |= part.prefix() != null;
            }
        }
        boolean fulltext = index.kind() == Index.Kind.FULLTEXT;
        boolean primary = index.kind() == Index.Kind.PRIMARY;
        return index.isUnique()
                ? List.of(true, primary, nullable, partial, virtual)
                : List.of(false, fulltext, virtual);
    }
}
