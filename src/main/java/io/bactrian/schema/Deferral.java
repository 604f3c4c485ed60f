package io.bactrian.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table can do without while rows are loaded: secondary indexes and foreign keys built
 * afterwards cost half or less of keeping them (1.4 to 2 times as fast in all). Kept are the row
 * key, what AUTO_INCREMENT needs, what foreign keys of other tables point to, and functional keys,
 * which no server builds in place beside others.
 */
public final class Deferral {
    private Deferral() {}

    /**
     * The table as rows are loaded into it; {@code table} itself if there is nothing to put off.
     *
     * @param pointedTo foreign keys of any table whose parent this table is
     */
    public static Table strip(Table table, List<ForeignKey> pointedTo) {
        Set<Index> put = deferrable(table, pointedTo);
        if (put.isEmpty()) {
            return table;
        }
        List<Index> kept = table.indexes().stream().filter(i -> !put.contains(i)).toList();
        return table.with(kept, List.of());
    }

    /**
     * Only the last keys of a group: one that stays must not have moved in front of those that come
     * back.
     */
    private static Set<Index> deferrable(Table table, List<ForeignKey> pointedTo) {
        Set<Index> put = new HashSet<>();
        Map<List<Object>, Boolean> closed = new HashMap<>();
        List<Index> backwards = new ArrayList<>(table.indexes());
        Collections.reverse(backwards);
        for (Index index : backwards) {
            List<Object> group = IndexDiff.group(index, table);
            if (closed.containsKey(group) || isNeeded(index, table, pointedTo)) {
                closed.put(group, true);
            } else {
                put.add(index);
            }
        }
        return put;
    }

    private static boolean isNeeded(Index index, Table table, List<ForeignKey> pointedTo) {
        if (index.kind() == Index.Kind.PRIMARY
                || index.hasExpression()
                || table.rowKey().filter(index::equals).isPresent()) {
            return true;
        }
        String first = index.columns().get(0);
        return table.column(first).autoIncrement()
                || pointedTo.stream()
                        .anyMatch(
                                f -> f.parentColumns().stream().anyMatch(first::equalsIgnoreCase));
    }
}
