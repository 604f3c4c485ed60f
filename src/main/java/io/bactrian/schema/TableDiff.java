package io.bactrian.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The steps from one table to another, in the order in which one ALTER TABLE takes them. */
public final class TableDiff {
    private static final Set<String> TEXT_TYPES =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

    /** What an option is set to so that the server no longer prints it. */
    private static final Map<String, String> UNSET =
            Map.of(
                    "COMMENT", "''",
                    "COMPRESSION", "''",
                    "KEY_BLOCK_SIZE", "0",
                    "MIN_ROWS", "0",
                    "MAX_ROWS", "0",
                    "AVG_ROW_LENGTH", "0",
                    "CHECKSUM", "0",
                    "DELAY_KEY_WRITE", "0",
                    "AUTOEXTEND_SIZE", "0",
                    "TABLESPACE", "`innodb_file_per_table`");

    private final Table actual;
    private final Table wanted;
    private final List<Change> changes = new ArrayList<>();

    /** Columns of the target that go, for good or to come back as another kind. */
    private final Set<String> dropped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private TableDiff(Table actual, Table wanted) {
        this.actual = actual;
        this.wanted = wanted;
    }

    /**
     * Steps that make {@code actual} print as {@code wanted} does; none if it does already.
     * AUTO_INCREMENT is left alone.
     */
    public static List<Change> between(Table actual, Table wanted) {
        TableDiff diff = new TableDiff(actual, wanted);
        if (!actual.sameStructure(wanted)) {
            diff.findDropped();
            diff.foreignKeys();
            diff.checks();
            List<Index> added = IndexDiff.between(actual, wanted, diff.rebuilt(), diff.changes);
            diff.columns();
            added.forEach(i -> diff.changes.add(new Change.AddIndex(i)));
            diff.options();
            diff.forgetCharsets();
        }
        return List.copyOf(diff.changes);
    }

    private static Optional<Column> find(Table table, String column) {
        return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
    }

    private void findDropped() {
        for (Column column : actual.columns()) {
            Optional<Column> other = find(wanted, column.name());
            if (other.isEmpty() || isVirtual(column) != isVirtual(other.get())) {
                dropped.add(column.name());
            }
        }
        // the server does not let go of a column another one is computed from, so that one goes
        // with it
        boolean more = !dropped.isEmpty();
        while (more) {
            more = false;
            for (Column column : actual.columns()) {
                more |=
                        column.isGenerated()
                                && dropped.stream()
                                        .anyMatch(d -> Identifiers.names(column.generated(), d))
                                && dropped.add(column.name());
            }
        }
    }

    /**
     * Columns whose keys go and come back: the dropped ones, and those that change their SRID,
     * which no spatial key survives.
     */
    private Set<String> rebuilt() {
        Set<String> rebuilt = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rebuilt.addAll(dropped);
        actual.columns().stream()
                .filter(
                        c ->
                                find(wanted, c.name())
                                        .filter(w -> !Objects.equals(w.srid(), c.srid()))
                                        .isPresent())
                .forEach(c -> rebuilt.add(c.name()));
        return rebuilt;
    }

    private static boolean isVirtual(Column column) {
        return column.isGenerated() && !column.stored();
    }

    private void foreignKeys() {
        actual.foreignKeys().stream()
                .filter(f -> !wanted.foreignKeys().contains(f))
                .forEach(f -> changes.add(new Change.DropForeignKey(f)));
        wanted.foreignKeys().stream()
                .filter(f -> !actual.foreignKeys().contains(f))
                .forEach(f -> changes.add(new Change.AddForeignKey(f)));
    }

    private void checks() {
        List<Check> kept = new ArrayList<>();
        for (Check check : actual.checks()) {
            Optional<Check> same =
                    wanted.checks().stream()
                            .filter(
                                    w ->
                                            w.name().equals(check.name())
                                                    && w.expression().equals(check.expression()))
                            .filter(
                                    w ->
                                            dropped.stream()
                                                    .noneMatch(
                                                            d ->
                                                                    Identifiers.names(
                                                                            check.expression(), d)))
                            .findFirst();
            if (same.isEmpty()) {
                changes.add(new Change.DropCheck(check));
            } else {
                kept.add(same.get());
                if (same.get().enforced() != check.enforced()) {
                    changes.add(new Change.SetEnforcement(same.get()));
                }
            }
        }
        wanted.checks().stream()
                .filter(c -> !kept.contains(c))
                .forEach(c -> changes.add(new Change.AddCheck(c)));
    }

    private void columns() {
        actual.columns().stream()
                .filter(c -> dropped.contains(c.name()))
                .forEach(c -> changes.add(new Change.DropColumn(c)));
        List<Column> kept =
                actual.columns().stream().filter(c -> !dropped.contains(c.name())).toList();
        List<String> wantedOrder = wanted.columns().stream().map(c -> lower(c.name())).toList();
        Set<Integer> staying =
                LongestRun.of(
                        kept.stream().map(c -> wantedOrder.indexOf(lower(c.name()))).toList());
        String before = null;
        for (int i = 0; i < wanted.columns().size(); i++) {
            Column column = wanted.columns().get(i);
            Change.Position position = new Change.Position(before);
            if (dropped.contains(column.name()) || find(actual, column.name()).isEmpty()) {
                changes.add(new Change.AddColumn(column, position));
            } else if (!staying.contains(i) || differs(actual.column(column.name()), column)) {
                changes.add(
                        new Change.ModifyColumn(
                                actual.column(column.name()),
                                column,
                                staying.contains(i) ? null : position));
            }
            before = column.name();
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private boolean differs(Column from, Column to) {
        return !from.equals(to)
                || from.charset() == null
                        && TEXT_TYPES.contains(from.typeName())
                        && !(Objects.equals(actual.charsetOf(from), wanted.charsetOf(to))
                                && Objects.equals(tableCollation(actual), tableCollation(wanted)));
    }

    private static String tableCollation(Table table) {
        return table.options().get("COLLATE");
    }

    private void options() {
        Map<String, String> set = new LinkedHashMap<>();
        wanted.options()
                .forEach(
                        (name, value) -> {
                            if (!value.equals(actual.options().get(name))) {
                                set.put(name, value);
                            }
                        });
        actual.options().keySet().stream()
                .filter(name -> !wanted.options().containsKey(name) && !name.equals("COLLATE"))
                .forEach(name -> set.put(name, UNSET.getOrDefault(name, "DEFAULT")));
        if (set.containsKey("DEFAULT CHARSET")
                || !Objects.equals(tableCollation(actual), tableCollation(wanted))) {
            // one without the other would choose the character set's own collation, or refuse
            set.put("DEFAULT CHARSET", wanted.options().get("DEFAULT CHARSET"));
            if (tableCollation(wanted) != null) {
                set.put("COLLATE", tableCollation(wanted));
            }
        }
        if (!set.isEmpty()) {
            changes.add(new Change.SetOptions(inPrintedOrder(set)));
        }
        if (!Objects.equals(actual.partitioning(), wanted.partitioning())) {
            changes.add(new Change.SetPartitioning(wanted.partitioning()));
        }
    }

    private Map<String, String> inPrintedOrder(Map<String, String> set) {
        Map<String, String> ordered = new LinkedHashMap<>();
        wanted.options().keySet().stream()
                .filter(set::containsKey)
                .forEach(k -> ordered.put(k, set.get(k)));
        set.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private void forgetCharsets() {
        forgetCharsets(wanted).stream()
                .map(
                        f ->
                                new Change.ForgetCharset(
                                        f.charset(),
                                        f.columns().stream().filter(this::isRemembered).toList()))
                .filter(f -> !f.columns().isEmpty())
                .forEach(changes::add);
    }

    private boolean isRemembered(Column column) {
        return dropped.contains(column.name())
                || find(actual, column.name()).filter(c -> !differs(c, column)).isEmpty();
    }

    /**
     * The steps a table needs after a CREATE TABLE that names each column's character set; none for
     * most tables.
     */
    public static List<Change.ForgetCharset> forgetCharsets(Table table) {
        Map<String, List<Column>> byCharset = new LinkedHashMap<>();
        table.columns().stream()
                .filter(c -> c.charset() != null && c.collation() == null)
                .forEach(
                        c -> byCharset.computeIfAbsent(c.charset(), k -> new ArrayList<>()).add(c));
        return byCharset.entrySet().stream()
                .map(e -> new Change.ForgetCharset(e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }
}
