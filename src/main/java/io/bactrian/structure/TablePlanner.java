package io.bactrian.structure;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Change;
import io.bactrian.schema.Check;
import io.bactrian.schema.Column;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Index;
import io.bactrian.schema.Loss;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import io.bactrian.sql.Ddl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plans what concerns tables: constraints out of the way, tables made and altered, foreign keys put
 * on.
 */
final class TablePlanner {
    private final Schema source;
    private final Schema target;
    private final StructureOptions options;
    private final Map<String, List<Change>> changes = new LinkedHashMap<>();
    private final Map<String, Table> actual = new LinkedHashMap<>();

    TablePlanner(Schema source, Schema target, StructureOptions options) {
        this.source = source;
        this.target = target;
        this.options = options;
        target.tables().forEach(t -> actual.put(t.name(), t));
    }

    void plan(Map<Phase, List<Statement>> phases) {
        for (Table wanted : source.tables()) {
            Table there = actual.get(wanted.name());
            if (there != null && !isPending(wanted.name())) {
                changes.put(wanted.name(), TableDiff.between(there, wanted));
            }
        }
        phases.put(Phase.DATABASE, database());
        phases.put(Phase.DROPS, drops());
        List<Statement> tables = new ArrayList<>();
        Map<String, List<Change>> off = new TreeMap<>();
        Map<String, List<ForeignKey>> on = new TreeMap<>();
        earlyChecks(off);
        foreignKeys(off, on);
        source.tables().stream()
                .filter(t -> !isPending(t.name()))
                .forEach(t -> table(t, off, tables));
        phases.put(Phase.TABLES, tables);
        phases.put(
                Phase.CONSTRAINTS_OFF,
                off.entrySet().stream()
                        .map(
                                e ->
                                        Statement.of(
                                                e.getKey(),
                                                Ddl.dropConstraints(
                                                        target.server(), e.getKey(), e.getValue())))
                        .toList());
        phases.put(
                Phase.FOREIGN_KEYS,
                on.entrySet().stream()
                        .map(
                                e ->
                                        Statement.of(
                                                e.getKey(),
                                                Ddl.addForeignKeys(e.getKey(), e.getValue())))
                        .toList());
    }

    private boolean isPending(String table) {
        return options.pending().contains(table);
    }

    private boolean isExtra(String table) {
        return source.table(table).isEmpty();
    }

    private List<Statement> database() {
        boolean same =
                source.charset().equals(target.charset())
                        && source.collation().equals(target.collation());
        return same
                ? List.of()
                : List.of(
                        Statement.of(
                                target.name(),
                                Ddl.alterDatabase(source.charset(), source.collation())));
    }

    private List<Statement> drops() {
        List<Statement> drops = new ArrayList<>();
        for (Table table : target.tables()) {
            String name = table.name();
            if (options.dropExtra() && isExtra(name)) {
                String rows =
                        "table "
                                + name
                                + " is dropped with its rows, about "
                                + target.stats(name).rows();
                drops.add(Statement.of(name, List.of(Ddl.dropTable(name)), List.of(rows)));
            } else if (source.object(StoredObject.Type.VIEW, name).isPresent()) {
                throw new StructureException(
                        target.name() + "." + name,
                        "it is a view on the source and a table on the target",
                        "allow the table to be dropped with --drop-extra, or rename it");
            }
        }
        for (StoredObject view : target.objects(StoredObject.Type.VIEW)) {
            if (source.table(view.name()).isPresent()) {
                drops.add(Statement.of(view.name(), Ddl.drop(view)));
            }
        }
        return drops;
    }

    private void table(Table wanted, Map<String, List<Change>> off, List<Statement> tables) {
        String name = wanted.name();
        Table there = actual.get(name);
        if (there == null) {
            tables.add(Statement.of(name, Ddl.create(wanted.withoutForeignKeys()), List.of()));
            return;
        }
        List<Change> early = off.getOrDefault(name, List.of());
        List<Change> own =
                changes.get(name).stream()
                        .filter(
                                c ->
                                        !(c instanceof Change.AddForeignKey
                                                || c instanceof Change.DropForeignKey))
                        .filter(c -> !early.contains(c))
                        .toList();
        if (!own.isEmpty()) {
            List<String> sql = new ArrayList<>(Ddl.alter(wanted, own));
            if (options.emptied().contains(name)) {
                sql.add(0, Ddl.truncate(name));
            }
            tables.add(Statement.of(name, sql, Loss.of(there, wanted, own)));
        }
    }

    /** Checks whose names another table wants: names of checks are one for the whole schema. */
    private void earlyChecks(Map<String, List<Change>> off) {
        Map<String, String> owners = new HashMap<>();
        source.tables().forEach(t -> t.checks().forEach(c -> owners.put(c.name(), t.name())));
        changes.forEach(
                (table, list) -> {
                    for (Change change : list) {
                        if (change instanceof Change.DropCheck drop
                                && isElsewhere(owners, drop.check(), table)) {
                            off.computeIfAbsent(table, t -> new ArrayList<>()).add(drop);
                        }
                    }
                });
    }

    private static boolean isElsewhere(Map<String, String> owners, Check check, String table) {
        String owner = owners.get(check.name());
        return owner != null && !owner.equals(table);
    }

    private void foreignKeys(Map<String, List<Change>> off, Map<String, List<ForeignKey>> on) {
        for (Table table : target.tables()) {
            String name = table.name();
            if (isPending(name) || isExtra(name) && options.dropExtra()) {
                continue;
            }
            Optional<Table> wanted = source.table(name);
            for (ForeignKey key : table.foreignKeys()) {
                boolean stays = wanted.isEmpty() || wanted.get().foreignKeys().contains(key);
                boolean inTheWay = isInTheWay(table, key);
                if (!stays || inTheWay) {
                    off.computeIfAbsent(name, t -> new ArrayList<>())
                            .add(new Change.DropForeignKey(key));
                }
                if (stays && inTheWay) {
                    on.computeIfAbsent(name, t -> new ArrayList<>()).add(key);
                }
            }
        }
        for (Table wanted : source.tables()) {
            String name = wanted.name();
            List<ForeignKey> there =
                    actual.containsKey(name) ? actual.get(name).foreignKeys() : List.of();
            if (!isPending(name)) {
                wanted.foreignKeys().stream()
                        .filter(f -> !there.contains(f))
                        .forEach(f -> on.computeIfAbsent(name, t -> new ArrayList<>()).add(f));
            }
        }
    }

    /**
     * Whether the server would refuse, or check against half of the change, as long as the key is
     * there.
     */
    private boolean isInTheWay(Table child, ForeignKey key) {
        boolean own = key.parentSchema() == null;
        boolean parentIsNew = own && !actual.containsKey(key.parent()) && !isExtra(key.parent());
        return parentIsNew
                || touches(child.name(), key.columns())
                || own && touches(key.parent(), key.parentColumns());
    }

    private boolean touches(String table, List<String> columns) {
        return changes.getOrDefault(table, List.of()).stream().anyMatch(c -> touches(c, columns));
    }

    private static boolean touches(Change change, List<String> columns) {
        if (change instanceof Change.ModifyColumn c) {
            return has(columns, c.actual());
        }
        if (change instanceof Change.DropColumn c) {
            return has(columns, c.column());
        }
        if (change instanceof Change.ForgetCharset c) {
            return c.columns().stream().anyMatch(f -> has(columns, f));
        }
        if (change instanceof Change.DropIndex i) {
            return i.index().columns().stream().anyMatch(n -> n != null && has(columns, n));
        }
        if (change instanceof Change.AddIndex i) {
            // the server drops an index it made for a key itself as soon as another one serves
            return i.index().kind() != Index.Kind.FULLTEXT
                    && i.index().columns().get(0) != null
                    && has(columns, i.index().columns().get(0));
        }
        return change instanceof Change.SetPartitioning
                || change instanceof Change.SetOptions o && o.options().containsKey("ENGINE");
    }

    private static boolean has(List<String> columns, Column column) {
        return has(columns, column.name());
    }

    private static boolean has(List<String> columns, String column) {
        return columns.stream().anyMatch(column::equalsIgnoreCase);
    }
}
