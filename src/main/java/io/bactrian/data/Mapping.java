package io.bactrian.data;

import io.bactrian.data.ColumnMapper.Change;
import io.bactrian.error.ReplicationException;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Derived;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Reshaping;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.sql.Masked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What filters and mappers make of a source. All of it is SQL that the source's server works out:
 * rows stream and are digested as if they were stored so, and no value passes through here.
 */
public final class Mapping {
    private final List<RowFilter> filters;
    private final List<ColumnMapper> mappers;

    public Mapping(List<RowFilter> filters, List<ColumnMapper> mappers) {
        this.filters = List.copyOf(filters);
        this.mappers = List.copyOf(mappers);
    }

    /**
     * A source as its target is to have it.
     *
     * @param schema its tables know what their rows are read from
     * @param tables those of which something does not travel as it is, in name order
     */
    public record Mapped(Schema schema, List<MappedTable> tables) {
        public Mapped {
            tables = List.copyOf(tables);
        }

        /** Whether only some rows of a table travel. */
        public boolean isFiltered(String table) {
            return tables.stream().anyMatch(t -> t.table().equals(table) && t.filtered());
        }
    }

    /** What is said of one table. */
    private record Said(Table table, String condition, Map<Column, Change> changes) {
        boolean nothing() {
            return condition.isEmpty() && changes.isEmpty();
        }

        String name(Column column) {
            Change change = changes.get(column);
            return change == null || change.name() == null ? column.name() : change.name();
        }

        List<Column> leftOut() {
            return changes.keySet().stream().filter(c -> changes.get(c).leftOut()).toList();
        }

        List<Column> masked() {
            return changes.keySet().stream()
                    .filter(c -> changes.get(c).expression() != null)
                    .toList();
        }

        Map<String, String> renamed() {
            Map<String, String> names = new LinkedHashMap<>();
            changes.keySet().stream()
                    .filter(c -> !changes.get(c).leftOut() && !name(c).equals(c.name()))
                    .forEach(c -> names.put(c.name(), name(c)));
            return names;
        }

        Reshaping reshaping() {
            return new Reshaping(renamed(), new LinkedHashSet<>(names(leftOut())));
        }
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether a table does not travel as it is. */
    public boolean touches(Table table) {
        return !said(table).nothing();
    }

    /**
     * What becomes of a source.
     *
     * @throws StructureException naming the column that cannot be mapped so, and why
     */
    public Mapped of(Schema source) {
        List<Said> all = source.tables().stream().map(this::said).toList();
        if (all.stream().allMatch(Said::nothing)) {
            return new Mapped(source, List.of());
        }
        Map<String, Reshaping> reshaped = new HashMap<>();
        all.forEach(s -> reshaped.put(s.table().name(), s.reshaping()));
        List<Table> tables = new ArrayList<>();
        List<MappedTable> told = new ArrayList<>();
        for (Said said : all) {
            refuse(said, source);
            Table table = reshaped.get(said.table().name()).of(said.table(), reshaped);
            tables.add(said.nothing() ? table : table.readFrom(derived(said)));
            if (!said.nothing()) {
                told.add(told(said));
            }
        }
        return new Mapped(source.with(tables), told);
    }

    private Said said(Table table) {
        List<String> conditions =
                filters.stream().flatMap(f -> f.condition(table).stream()).toList();
        Map<Column, Change> changes = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            mappers.stream()
                    .map(m -> m.map(table, column))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(change -> changes.put(column, change));
        }
        String condition =
                conditions.size() < 2
                        ? String.join("", conditions)
                        : "(" + String.join(") AND (", conditions) + ")";
        return new Said(table, condition, changes);
    }

    private static Derived derived(Said said) {
        List<String> selected = new ArrayList<>();
        for (Column column : said.table().writableColumns()) {
            Change change = said.changes().get(column);
            if (change == null || !change.leftOut()) {
                String name = said.name(column);
                selected.add(
                        change == null || change.expression() == null
                                ? Masked.same(column, name)
                                : Masked.as(said.table(), column, change.expression(), name));
            }
        }
        return new Derived(selected, said.condition());
    }

    private static MappedTable told(Said said) {
        Map<String, String> withheld = new TreeMap<>();
        if (!said.condition().isEmpty()) {
            withheld.put("rows", digest(said.condition()));
        }
        said.masked()
                .forEach(
                        c ->
                                withheld.put(
                                        "column " + c.name(),
                                        digest(said.changes().get(c).expression())));
        said.leftOut().forEach(c -> withheld.put("column " + c.name(), "left out"));
        return new MappedTable(
                said.table().name(),
                !said.condition().isEmpty(),
                said.masked().stream().map(said::name).toList(),
                said.renamed(),
                names(said.leftOut()),
                said.reshaping().without(said.table()),
                withheld);
    }

    private static String digest(String sql) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void refuse(Said said, Schema source) {
        Table table = said.table();
        List<String> key = names(table.rowKeyColumns());
        Set<String> joins = joins(table, source);
        for (Column column :
                Stream.concat(said.masked().stream(), said.leftOut().stream()).toList()) {
            boolean masked = !said.changes().get(column).leftOut();
            if (key.contains(column.name())) {
                throw refused(table, column, "rows are told apart by it");
            }
            if (isIn(joins, column) && (masked || isReferredTo(table, column, source))) {
                throw refused(table, column, "a foreign key goes by it");
            }
            if (masked && column.isGenerated()) {
                throw refused(table, column, "it is made of other columns: mask those");
            }
        }
        List<Column> gone =
                said.changes().keySet().stream()
                        .filter(
                                c ->
                                        said.changes().get(c).leftOut()
                                                || !said.name(c).equals(c.name()))
                        .toList();
        for (StoredObject trigger : source.objects(StoredObject.Type.TRIGGER)) {
            if (trigger.trigger().table().equals(table.name())) {
                gone.stream()
                        .filter(c -> mentions(trigger.create(), c.name()))
                        .findFirst()
                        .ifPresent(c -> refuse(table, c, trigger));
            }
        }
    }

    private static void refuse(Table table, Column column, StoredObject trigger) {
        throw refused(table, column, "trigger " + trigger.name() + " names it");
    }

    private static ReplicationException refused(Table table, Column column, String why) {
        return new StructureException(
                table.name() + "." + column.name(),
                "a ColumnMapper may not change it: " + why,
                "let it travel as it is, or leave the table out with --tables");
    }

    /** Columns by which foreign keys go from the table, or to it. */
    private static Set<String> joins(Table table, Schema source) {
        Set<String> columns = new LinkedHashSet<>();
        table.foreignKeys().stream().map(ForeignKey::columns).forEach(columns::addAll);
        pointingTo(table, source).map(ForeignKey::parentColumns).forEach(columns::addAll);
        return columns;
    }

    private static boolean isReferredTo(Table table, Column column, Schema source) {
        return pointingTo(table, source)
                .map(ForeignKey::parentColumns)
                .anyMatch(parents -> isIn(parents, column));
    }

    private static Stream<ForeignKey> pointingTo(Table table, Schema source) {
        return source.tables().stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(f -> f.parentSchema() == null && f.parent().equals(table.name()));
    }

    private static boolean isIn(Iterable<String> names, Column column) {
        for (String name : names) {
            if (name.equalsIgnoreCase(column.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentions(String sql, String column) {
        String word = "(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])";
        return Pattern.compile(word, Pattern.CASE_INSENSITIVE).matcher(sql).find();
    }
}
