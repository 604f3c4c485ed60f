package io.bactrian.sync;

import io.bactrian.error.ConnectionException;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.sql.CaptureTriggers;
import io.bactrian.sql.CaptureTriggers.Trigger;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.DdlRunner;
import io.bactrian.sql.Fingerprint;
import io.bactrian.sql.GuardedTriggers;
import io.bactrian.sql.Names;
import io.bactrian.sql.SyncRows;
import io.bactrian.sql.TableIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a pair ready to sync, and mends what was damaged since: control tables, triggers, and rows
 * that the logs know nothing of. To do it again does no harm.
 */
public final class Setup {
    /**
     * What is asked for.
     *
     * @param addColumns whether tables get {@code version} and {@code last_modified}
     * @param guardTriggers whether the user's own triggers are kept from firing on rows carried
     *     over
     * @param compare whether tables are compared that need not be
     */
    public record Options(boolean addColumns, boolean guardTriggers, boolean compare) {}

    /**
     * One table.
     *
     * @param marked rows that were not the same and go into the next round
     * @param compared whether it was compared
     */
    public record TableReport(String table, boolean compared, long marked) {}

    /**
     * What was done.
     *
     * @param statements what was executed, or would be, by name of the database
     * @param unguarded the user's own triggers that also fire on rows carried over
     * @param paused tables that cannot sync, and why
     * @param warnings what an account may not do that sync can go without
     */
    public record Report(
            Map<String, List<String>> statements,
            List<TableReport> tables,
            List<String> unguarded,
            List<SyncTable> paused,
            List<String> warnings) {}

    private final Catalog catalog;
    private final Sides sides;
    private final Map<String, List<String>> statements = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    public Setup(Catalog catalog) {
        this.catalog = catalog;
        this.sides = catalog.sides();
    }

    /** What setup would do about structure; compares no rows. */
    public Report plan(Options options) {
        catalog.refresh();
        warnings.addAll(Requirements.met(sides, options.addColumns()));
        noteDue();
        List<SyncTable> paused = new ArrayList<>();
        for (SyncTable table : candidates(paused)) {
            for (Side side : Side.values()) {
                columns(side, table.table(), options).forEach(s -> note(side, s));
                guards(side, table.table(), options)
                        .forEach(t -> note(side, "guard trigger " + t.name()));
                outdated(side, table.table()).forEach(t -> note(side, t.create()));
            }
        }
        return new Report(statements, List.of(), unguarded(), paused, warnings);
    }

    /**
     * Does it.
     *
     * @throws ConnectionException if an account lacks a privilege; nothing is done then
     */
    public Report run(Options options) {
        return sides.alone(() -> doAll(options));
    }

    private Report doAll(Options options) {
        catalog.refresh();
        warnings.addAll(Requirements.met(sides, options.addColumns()));
        for (Side side : Side.values()) {
            if (!catalog.isSetUp()) {
                note(side, "control tables");
            }
            in(side, c -> ControlTables.create(c));
        }
        finishGuards();
        addColumns(options);
        List<SyncTable> paused = new ArrayList<>();
        List<SyncTable> tables = candidates(paused);
        Map<String, SyncTable> states = new LinkedHashMap<>();
        catalog.refresh();
        catalog.tables().forEach(t -> states.put(t.name(), t));
        for (SyncTable table : tables) {
            guard(table.table(), options);
            capture(table.table());
        }
        catalog.refresh();
        List<TableReport> reports = new ArrayList<>();
        for (SyncTable table : tables) {
            boolean isNew = !states.get(table.name()).syncs();
            reports.add(
                    isNew || options.compare()
                            ? compare(table.table())
                            : new TableReport(table.name(), false, 0));
        }
        return new Report(statements, reports, unguarded(), paused, warnings);
    }

    /** Mends what needs no person's consent: triggers, and rows that went unseen. */
    public List<TableReport> mend(List<SyncTable> mendable) {
        return sides.alone(
                () -> {
                    finishGuards();
                    mendable.forEach(t -> capture(t.table()));
                    catalog.refresh();
                    return mendable.stream().map(t -> compare(t.table())).toList();
                });
    }

    /** Tables whose structure lets them sync; the others with their reasons. */
    private List<SyncTable> candidates(List<SyncTable> paused) {
        List<SyncTable> fit = new ArrayList<>();
        for (SyncTable table : catalog.tables()) {
            SyncTable structure =
                    catalog.schema(Side.LOCAL).table(table.name()).isEmpty()
                            ? table
                            : catalog.structure(table.table());
            (structure.syncs() ? fit : paused).add(structure);
        }
        return fit;
    }

    private void addColumns(Options options) {
        if (!options.addColumns()) {
            return;
        }
        for (SyncTable table : candidates(new ArrayList<>())) {
            for (Side side : Side.values()) {
                List<String> alter = columns(side, table.table(), options);
                alter.forEach(s -> note(side, s));
                in(side, c -> DdlRunner.run(c, alter));
            }
        }
        catalog.refresh();
    }

    /**
     * Rows that are there get one moment for all, or they would differ on both sides. Only then the
     * default becomes the time.
     */
    private List<String> columns(Side side, Table table, Options options) {
        if (!options.addColumns()) {
            return List.of();
        }
        SyncRows rows = new SyncRows(table, 1);
        String alter = "ALTER TABLE " + Names.quote(table.name());
        List<String> statements = new ArrayList<>();
        if (rows.version().isEmpty()) {
            statements.add(alter + " ADD COLUMN version BIGINT UNSIGNED NOT NULL DEFAULT 1");
        }
        if (rows.lastModified().isEmpty()) {
            statements.add(
                    alter
                            + " ADD COLUMN last_modified TIMESTAMP(6) NOT NULL DEFAULT '2000-01-01 00:00:00.000000'");
            statements.add(
                    alter
                            + " MODIFY COLUMN last_modified TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)");
        }
        return statements;
    }

    private List<StoredObject> guards(Side side, Table table, Options options) {
        return options.guardTriggers()
                ? catalog.userTriggers(side, table.name()).stream()
                        .filter(t -> !GuardedTriggers.isGuarded(t))
                        .toList()
                : List.of();
    }

    private void guard(Table table, Options options) {
        for (Side side : Side.values()) {
            List<StoredObject> open = guards(side, table, options);
            if (!open.isEmpty()) {
                List<StoredObject> all = catalog.userTriggers(side, table.name());
                open.forEach(t -> note(side, "guard trigger " + t.name()));
                in(
                        side,
                        c -> {
                            GuardNote.save(c, open);
                            // all anew, so that they keep their order
                            GuardNote.replace(
                                    c,
                                    all.stream()
                                            .map(
                                                    t ->
                                                            GuardedTriggers.isGuarded(t)
                                                                    ? t
                                                                    : GuardedTriggers.guarded(t))
                                            .toList());
                        });
            }
        }
    }

    private void finishGuards() {
        noteDue();
        for (Side side : Side.values()) {
            in(side, c -> GuardNote.finish(c, sides.of(side).schema()));
        }
        catalog.refresh();
    }

    private void noteDue() {
        for (Side side : Side.values()) {
            in(side, c -> GuardNote.due(c).forEach(t -> note(side, "trigger " + t.name())));
        }
    }

    private List<String> unguarded() {
        List<String> found = new ArrayList<>();
        for (Side side : Side.values()) {
            catalog.schema(side).objects(StoredObject.Type.TRIGGER).stream()
                    .filter(t -> !GuardedTriggers.isGuarded(t))
                    .forEach(t -> found.add(sides.of(side).name() + "." + t.name()));
        }
        return found;
    }

    /** The triggers that are missing, or were made for another structure. */
    private List<Trigger> outdated(Side side, Table table) {
        TableNote note =
                sides.of(side)
                        .with(table.name(), c -> TableNote.find(c, table.name()))
                        .orElse(null);
        Map<String, String> created = catalog.created(side);
        return catalog.triggers(table).stream()
                .filter(
                        t ->
                                note == null
                                        || !Fingerprint.of(t.create())
                                                .equals(note.triggers().get(t.name()))
                                        || !created.getOrDefault(t.name(), "")
                                                .equals(note.created().get(t.name())))
                .toList();
    }

    private void capture(Table table) {
        for (Side side : Side.values()) {
            List<Trigger> outdated = outdated(side, table);
            Set<String> gone =
                    sides.of(side)
                            .with(table.name(), c -> TableNote.find(c, table.name()))
                            .map(note -> new HashSet<>(note.triggers().keySet()))
                            .orElseGet(HashSet::new);
            catalog.triggers(table).forEach(t -> gone.remove(t.name()));
            outdated.forEach(t -> note(side, "trigger " + t.name()));
            in(
                    side,
                    c -> {
                        CaptureTriggers.drop(c, gone);
                        CaptureTriggers.create(c, outdated);
                    });
        }
    }

    /** Compares a table whose triggers are in place, and notes that it is known from now on. */
    private TableReport compare(Table table) {
        String name = table.name();
        Set<Side> truncated = EnumSet.noneOf(Side.class);
        Map<Side, TableNote> now = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            TableNote noted =
                    TableNote.of(
                            name,
                            catalog.triggers(table),
                            catalog.created(side),
                            database.with(name, TableIds::read));
            database.with(name, c -> TableNote.find(c, name))
                    .filter(before -> !Objects.equals(before.tableId(), noted.tableId()))
                    .ifPresent(before -> truncated.add(side));
            now.put(side, noted);
        }
        long marked =
                new Marking(sides, table, truncated).run(catalog.schema(Side.LOCAL).stats(name));
        for (Side side : Side.values()) {
            in(side, c -> now.get(side).save(c, name));
        }
        return new TableReport(name, true, marked);
    }

    private void note(Side side, String statement) {
        statements.computeIfAbsent(sides.of(side).name(), n -> new ArrayList<>()).add(statement);
    }

    /** Work in a session of a side that gives nothing. */
    @FunctionalInterface
    private interface Work {
        void run(Connection session) throws SQLException;
    }

    private void in(Side side, Work work) {
        Database database = sides.of(side);
        database.with(
                database.name(),
                c -> {
                    work.run(c);
                    return null;
                });
    }
}
