package io.bactrian.schema;

import java.util.ArrayList;
import java.util.HashSet;
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
        Set<Index> rebuilt = new HashSet<>();
        List<Index> kept = kept(actual, wanted, droppedColumns, rebuilt);
        while (rebuilt.addAll(vanishing(actual, wanted, kept))) {
            kept = kept(actual, wanted, droppedColumns, rebuilt);
        }
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
    private static List<Index> kept(
            Table actual, Table wanted, Set<String> droppedColumns, Set<Index> rebuilt) {
        List<Index> old = actual.indexes().stream().map(Index::withoutVisibility).toList();
        Map<List<Object>, Integer> last = new LinkedHashMap<>();
        List<Index> kept = new ArrayList<>();
        for (Index index : wanted.indexes()) {
            List<Object> group = group(index, wanted);
            int before = last.getOrDefault(group, -1);
            boolean goes = rebuilt.contains(index) || uses(index, droppedColumns);
            int at = goes ? -1 : old.indexOf(index.withoutVisibility());
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

    /**
     * Kept keys that the server may have made itself for a foreign key: it drops such a key as soon
     * as an added one serves as well. Whether it made them cannot be seen, so all that look like it
     * are built again, by name this time.
     */
    private static Set<Index> vanishing(Table actual, Table wanted, List<Index> kept) {
        Set<Index> vanishing = new HashSet<>();
        for (Index index : kept) {
            boolean servesKey =
                    index.kind() == Index.Kind.PLAIN
                            && actual.foreignKeys().stream()
                                    .anyMatch(f -> f.columns().equals(index.columns()));
            boolean isServed =
                    wanted.indexes().stream()
                            .filter(i -> !kept.contains(i) && i.kind() != Index.Kind.FULLTEXT)
                            .anyMatch(
                                    i ->
                                            i.parts().size() >= index.parts().size()
                                                    && i.columns()
                                                            .subList(0, index.parts().size())
                                                            .equals(index.columns()));
            if (servesKey && isServed) {
                vanishing.add(index);
            }
        }
        return vanishing;
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
