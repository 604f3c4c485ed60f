package io.bactrian.schema;

import io.bactrian.error.StructureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What becomes of a table whose columns have other names in the target, or are left out there.
 *
 * @param names new names by old ones; upper and lower case being one
 * @param leftOut old names of columns that the target does not have
 */
public record Reshaping(Map<String, String> names, Set<String> leftOut) {
    public static final Reshaping NONE = new Reshaping(Map.of(), Set.of());

    public Reshaping {
        names = sorted(names);
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(leftOut);
        leftOut = all;
    }

    private static Map<String, String> sorted(Map<String, String> names) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(names);
        return all;
    }

    private String name(String column) {
        return column == null ? null : names.getOrDefault(column, column);
    }

    private List<String> names(List<String> columns) {
        return columns.stream().map(this::name).toList();
    }

    private String text(String sql) {
        return Identifiers.renamed(sql, names);
    }

    private boolean lacks(String sql) {
        return leftOut.stream().anyMatch(c -> Identifiers.names(sql, c));
    }

    private boolean lacks(Index.Part part) {
        return part.column() != null ? leftOut.contains(part.column()) : lacks(part.expression());
    }

    private boolean lacks(Index index) {
        return index.parts().stream().anyMatch(this::lacks);
    }

    private boolean lacks(ForeignKey key) {
        return key.columns().stream().anyMatch(leftOut::contains);
    }

    /** Indexes, checks and foreign keys that go with the columns that are left out. */
    public List<String> without(Table table) {
        return Stream.of(
                        table.indexes().stream().filter(this::lacks).map(i -> "index " + i.name()),
                        table.checks().stream()
                                .filter(c -> lacks(c.expression()))
                                .map(c -> "check " + c.name()),
                        table.foreignKeys().stream()
                                .filter(this::lacks)
                                .map(f -> "foreign key " + f.name()))
                .flatMap(s -> s)
                .toList();
    }

    /**
     * The table as the target is to have it.
     *
     * @param others what becomes of other tables, by name: foreign keys name their columns
     * @throws StructureException if what stays cannot do without what goes, or two columns would
     *     have one name
     */
    public Table of(Table table, Map<String, Reshaping> others) {
        List<Column> columns = new ArrayList<>();
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Column column : table.columns()) {
            if (leftOut.contains(column.name())) {
                continue;
            }
            String object = table.name() + "." + column.name();
            requireWhole(object, column.generated());
            requireWhole(object, column.defaultValue());
            if (!taken.add(name(column.name()))) {
                throw new StructureException(
                        object,
                        "two columns would be called " + name(column.name()) + " in the target",
                        "have the ColumnMapper give each a name of its own");
            }
            columns.add(column.renamed(name(column.name()), this::text));
        }
        requireWhole(table.name(), table.partitioning());
        return new Table(
                table.server(),
                table.name(),
                columns,
                table.indexes().stream().filter(i -> !lacks(i)).map(this::index).toList(),
                table.foreignKeys().stream()
                        .filter(f -> !lacks(f))
                        .map(f -> key(f, others))
                        .toList(),
                table.checks().stream()
                        .filter(c -> !lacks(c.expression()))
                        .map(c -> new Check(c.name(), text(c.expression()), c.enforced()))
                        .toList(),
                table.options(),
                text(table.partitioning()),
                table.autoIncrement());
    }

    private void requireWhole(String object, String sql) {
        if (lacks(sql)) {
            throw new StructureException(
                    object,
                    "is made of a column that a ColumnMapper leaves out",
                    "leave this one out too, or mask the other instead");
        }
    }

    private Index index(Index index) {
        return new Index(
                index.kind(),
                index.name(),
                index.parts().stream()
                        .map(
                                p ->
                                        new Index.Part(
                                                name(p.column()),
                                                p.prefix(),
                                                text(p.expression()),
                                                p.descending()))
                        .toList(),
                index.options());
    }

    private ForeignKey key(ForeignKey key, Map<String, Reshaping> others) {
        Reshaping parent =
                key.parentSchema() == null
                        ? Objects.requireNonNullElse(others.get(key.parent()), NONE)
                        : NONE;
        return new ForeignKey(
                key.name(),
                names(key.columns()),
                key.parentSchema(),
                key.parent(),
                parent.names(key.parentColumns()),
                key.onDelete(),
                key.onUpdate());
    }
}
