package io.bactrian.sync;

import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Table;
import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tables of the pair, and which rows of one refer to those of another. */
final class Kinship {
    /** A row that refers to another. */
    record Child(SyncRows rows, String id) {}

    private final Map<String, SyncRows> tables = new HashMap<>();
    private final Map<String, List<Kin>> children = new HashMap<>();
    private final Map<String, List<Kin>> parents = new HashMap<>();

    Kinship(Collection<Table> all, int batchSize) {
        all.stream()
                .filter(t -> t.primaryKey().isPresent())
                .forEach(t -> tables.put(t.name(), new SyncRows(t, batchSize)));
        for (SyncRows child : tables.values()) {
            for (ForeignKey key : child.table().foreignKeys()) {
                SyncRows parent = key.parentSchema() == null ? tables.get(key.parent()) : null;
                if (parent != null) {
                    Kin kin = new Kin(child.table(), key, parent.table());
                    children.computeIfAbsent(key.parent(), t -> new ArrayList<>()).add(kin);
                    parents.computeIfAbsent(child.table().name(), t -> new ArrayList<>()).add(kin);
                }
            }
        }
    }

    SyncRows rows(String table) {
        return tables.get(table);
    }

    SyncRows parentRows(Kin kin) {
        return tables.get(kin.parent().name());
    }

    /** The foreign keys of a table. */
    List<Kin> parents(SyncRows rows) {
        return parents.getOrDefault(rows.table().name(), List.of());
    }

    /** Whether other rows refer to this table's by anything but its primary key. */
    boolean isReferredToByOthers(SyncRows rows) {
        List<String> primary = rows.table().primaryKey().orElseThrow().columns();
        return children.getOrDefault(rows.table().name(), List.of()).stream()
                .anyMatch(k -> !primary.containsAll(k.parentColumns()));
    }

    /** What refers to these rows, by their ids. */
    Map<String, List<Child>> children(Connection session, SyncRows rows, Collection<String> ids)
            throws SQLException {
        Map<String, List<Child>> found = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        for (Kin kin : children.getOrDefault(rows.table().name(), List.of())) {
            SyncRows childRows = tables.get(kin.child().name());
            kin.children(session, ids)
                    .forEach(
                            (parent, some) ->
                                    some.stream()
                                            .filter(id -> childRows != rows || !id.equals(parent))
                                            .forEach(
                                                    id ->
                                                            found.computeIfAbsent(
                                                                            parent,
                                                                            p -> new ArrayList<>())
                                                                    .add(
                                                                            new Child(
                                                                                    childRows,
                                                                                    id))));
        }
        return found;
    }
}
