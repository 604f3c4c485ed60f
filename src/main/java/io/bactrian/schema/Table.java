package io.bactrian.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A base table as SHOW CREATE TABLE tells it; columns and indexes in the server's order.
 *
 * @param server the kind of server whose words these are
 * @param options table options but AUTO_INCREMENT, name to value as printed ({@code DEFAULT
 *     CHARSET} → {@code utf8mb4}, {@code COMMENT} → {@code 'it''s'} with its quotes), in printed
 *     order
 * @param partitioning the partition clause as printed, its version comment around it, or null
 * @param autoIncrement the next value printed, or null; never part of a difference
 * @param derived what the source's rows are read from where they travel changed, or null; never
 *     part of a difference
 */
public record Table(
        ServerKind server,
        String name,
        List<Column> columns,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        Map<String, String> options,
        String partitioning,
        Long autoIncrement,
        Derived derived) {

    public Table {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    public Table(
            ServerKind server,
            String name,
            List<Column> columns,
            List<Index> indexes,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            Map<String, String> options,
            String partitioning,
            Long autoIncrement) {
        this(
                server,
                name,
                columns,
                indexes,
                foreignKeys,
                checks,
                options,
                partitioning,
                autoIncrement,
                null);
    }

    /** The same table with its rows read from elsewhere; null for its own. */
    public Table readFrom(Derived other) {
        return new Table(
                server,
                name,
                columns,
                indexes,
                foreignKeys,
                checks,
                options,
                partitioning,
                autoIncrement,
                other);
    }

    /** The table itself, as the target has it: its rows are read as they are stored. */
    public Table stored() {
        return derived == null ? this : readFrom(null);
    }

    public Column column(String column) {
        return columns.stream()
                .filter(c -> c.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no column " + column + " in " + name));
    }

    /**
     * Columns that rows are written to, in order: all but the generated ones, the invisible ones
     * too.
     */
    public List<Column> writableColumns() {
        return columns.stream().filter(c -> !c.isGenerated()).toList();
    }

    public Optional<Index> primaryKey() {
        return indexes.stream().filter(i -> i.kind() == Index.Kind.PRIMARY).findFirst();
    }

    /**
     * The key that tells rows apart and by which the table is cut in chunks: the primary key, else
     * the first unique index of whole, non-null, written columns (which is what InnoDB clusters
     * such a table by); empty for a table whose rows have no name.
     */
    public Optional<Index> rowKey() {
        return indexes.stream()
                .filter(Index::isUnique)
                .filter(Index::coversWholeColumns)
                .filter(
                        i ->
                                i.columns().stream()
                                        .map(this::column)
                                        .noneMatch(c -> c.nullable() || c.isGenerated()))
                .findFirst();
    }

    /** Columns of {@link #rowKey()} in key order, empty without one. */
    public List<Column> rowKeyColumns() {
        return rowKey().map(Index::columns).orElse(List.of()).stream().map(this::column).toList();
    }

    /**
     * The character set a column stores text in, or null where it stores none of its own (numbers,
     * binary).
     */
    public String charsetOf(Column column) {
        return column.charset() != null ? column.charset() : options.get("DEFAULT CHARSET");
    }

    public Table with(List<Index> otherIndexes, List<ForeignKey> otherForeignKeys) {
        return new Table(
                server,
                name,
                columns,
                otherIndexes,
                otherForeignKeys,
                checks,
                options,
                partitioning,
                autoIncrement,
                derived);
    }

    public Table withoutForeignKeys() {
        return with(indexes, List.of());
    }

    /**
     * Whether rows mean the same in both, and go by the same key: other indexes and constraints do
     * not count.
     */
    public boolean sameRows(Table other) {
        return columns.equals(other.columns)
                && rowKeyColumns().equals(other.rowKeyColumns())
                && Objects.equals(
                        options.get("DEFAULT CHARSET"), other.options.get("DEFAULT CHARSET"))
                && Objects.equals(options.get("COLLATE"), other.options.get("COLLATE"));
    }

    /** Equal in everything SHOW CREATE TABLE prints but AUTO_INCREMENT. */
    public boolean sameStructure(Table other) {
        return withoutCounter().equals(other.withoutCounter());
    }

    private Table withoutCounter() {
        return new Table(
                server, name, columns, indexes, foreignKeys, checks, options, partitioning, null);
    }
}
