package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Capture;
import io.bactrian.error.ReplicationException;
import io.bactrian.schema.Column;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import io.bactrian.schema.Translation;
import io.bactrian.sql.CaptureTriggers;
import io.bactrian.sql.CaptureTriggers.Trigger;
import io.bactrian.sql.Codec;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.Ddl;
import io.bactrian.sql.Fingerprint;
import io.bactrian.sql.Names;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.TableIds;
import io.bactrian.state.Withheld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables of a pair and whether each can sync just now. It lives as long as the pair is open and
 * reads the structure again only when it may have changed.
 */
public final class Catalog {
    /** What was seen of one side. */
    private record Seen(
            String fingerprint, Schema schema, Map<String, String> triggers, boolean isSetUp) {}

    private final Sides sides;
    private final Predicate<String> filter;
    private final Capture capture;
    private final Map<Side, Seen> seen = new EnumMap<>(Side.class);
    private final Map<String, List<Trigger>> triggers = new HashMap<>();
    private final Map<String, String> withheld = new HashMap<>();

    public Catalog(Sides sides, Predicate<String> filter, Capture capture) {
        this.sides = sides;
        this.filter = filter;
        this.capture = capture;
    }

    Sides sides() {
        return sides;
    }

    Schema schema(Side side) {
        return seen.get(side).schema();
    }

    /** The triggers a table should have. */
    List<Trigger> triggers(Table table) {
        return triggers.computeIfAbsent(
                table.name(),
                t ->
                        new CaptureTriggers(
                                        table,
                                        seen.get(Side.LOCAL).schema().tables(),
                                        capture == Capture.FULL)
                                .triggers());
    }

    /** When each generated trigger of a side was created, by name. */
    Map<String, String> created(Side side) {
        return seen.get(side).triggers();
    }

    /** The user's own triggers on a table. */
    List<StoredObject> userTriggers(Side side, String table) {
        return schema(side).objects(StoredObject.Type.TRIGGER).stream()
                .filter(t -> t.trigger().table().equals(table))
                .toList();
    }

    /** Looks at both sides, and reads what may have changed. */
    public synchronized void refresh() {
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            String print = database.with(database.name(), Fingerprint::of);
            Seen before = seen.get(side);
            if (before == null || !before.fingerprint().equals(print)) {
                seen.put(side, read(database, print));
                triggers.clear();
            }
        }
    }

    private static Seen read(Database database, String print) {
        return database.with(
                database.name(),
                c ->
                        new Seen(
                                print,
                                SchemaReader.read(c, database.schema(), t -> true),
                                CaptureTriggers.created(c),
                                ControlTables.exist(c)));
    }

    /** Whether the control tables are there on both sides. */
    public boolean isSetUp() {
        return seen.values().stream().allMatch(Seen::isSetUp);
    }

    /**
     * All tables of both sides, parents first, each with what keeps it from syncing. A look at
     * {@link #refresh} is as of that.
     */
    public synchronized List<SyncTable> tables() {
        Map<Side, Map<String, TableNote>> notes = new EnumMap<>(Side.class);
        Map<Side, Map<String, String>> ids = new EnumMap<>(Side.class);
        Map<String, String> unfinished = new HashMap<>();
        withheld.clear();
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            database.with(database.name(), Withheld::tables)
                    .forEach(t -> withheld.put(t, database.name()));
            database.with(database.name(), GuardNote::due)
                    .forEach(t -> unfinished.put(t.trigger().table(), database.name()));
            notes.put(side, database.with(database.name(), TableNote::all));
            ids.put(side, database.with(database.name(), TableIds::read));
        }
        List<SyncTable> tables = new ArrayList<>();
        for (Table table : ordered(seen.get(Side.LOCAL).schema().tables())) {
            SyncTable fit = structure(table);
            String lost = unfinished.get(table.name());
            if (fit.syncs() && lost != null) {
                fit = SyncTable.mendable(table, "may have lost a trigger of its own in " + lost);
            }
            tables.add(fit.syncs() ? capture(table, notes, ids) : fit);
        }
        for (Table table : seen.get(Side.REMOTE).schema().tables()) {
            if (schema(Side.LOCAL).table(table.name()).isEmpty()) {
                tables.add(
                        SyncTable.paused(
                                table,
                                "is only in " + sides.remote().name(),
                                String.join("; ", Ddl.create(table))));
            }
        }
        return tables;
    }

    /** Whether the table could sync, be it set up or not. */
    SyncTable structure(Table table) {
        String name = table.name();
        if (!filter.test(name)) {
            return SyncTable.paused(table, "is left out by --tables", null);
        }
        if (withheld.containsKey(name)) {
            return SyncTable.paused(
                    table,
                    "came to "
                            + withheld.get(name)
                            + " through a filter or a mapper, and sync carries whole rows",
                    null);
        }
        Table there = schema(Side.REMOTE).table(name).orElse(null);
        if (there == null) {
            return SyncTable.paused(
                    table,
                    "is only in " + sides.local().name(),
                    String.join("; ", Ddl.create(table)));
        }
        String alter = "ALTER TABLE " + Names.quote(name);
        if (table.primaryKey().isEmpty()) {
            return SyncTable.paused(
                    table,
                    "has no primary key",
                    alter
                            + (table.rowKey().isEmpty()
                                    ? " ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"
                                    : " ADD PRIMARY KEY ("
                                            + Names.list(table.rowKey().get().columns())
                                            + ")"));
        }
        if (!"InnoDB".equalsIgnoreCase(table.options().getOrDefault("ENGINE", "InnoDB"))) {
            return SyncTable.paused(
                    table, "has an engine without transactions", alter + " ENGINE=InnoDB");
        }
        try {
            table.columns().forEach(Codec::of);
            Table wanted = Translation.of(table, there.server());
            Optional<Column> json =
                    table.server() == there.server() ? Optional.empty() : json(table);
            if (json.isPresent()) {
                return SyncTable.paused(
                        table,
                        "has JSON in "
                                + json.get().name()
                                + ", which "
                                + table.server()
                                + " writes in its own way and "
                                + there.server()
                                + " as it came",
                        alter
                                + " MODIFY COLUMN "
                                + Names.quote(json.get().name())
                                + " LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
            }
            if (!wanted.sameStructure(there)) {
                return SyncTable.paused(
                        table,
                        "has another structure in " + sides.remote().name(),
                        String.join("; ", Ddl.alter(wanted, TableDiff.between(there, wanted))));
            }
            triggers(table);
        } catch (ReplicationException e) {
            return SyncTable.paused(table, e.getMessage(), e.hint());
        }
        return SyncTable.ready(table);
    }

    private static Optional<Column> json(Table table) {
        return table.columns().stream().filter(c -> Codec.of(c) == Codec.JSON).findFirst();
    }

    /** Whether its changes are seen: law Y1 is kept only while nobody took a trigger away. */
    private SyncTable capture(
            Table table,
            Map<Side, Map<String, TableNote>> notes,
            Map<Side, Map<String, String>> ids) {
        String name = table.name();
        for (Side side : Side.values()) {
            TableNote note = notes.get(side).get(name);
            if (note == null) {
                return notes.get(side).isEmpty() && !isSetUp()
                        ? SyncTable.paused(table, "is not set up", "bactrian sync setup")
                        : SyncTable.paused(table, "is new to sync", "bactrian sync setup");
            }
            TableNote now = TableNote.of(name, triggers(table), created(side), ids.get(side));
            if (!note.triggers().equals(now.triggers())) {
                return SyncTable.mendable(
                        table,
                        "has triggers of an older structure or version in "
                                + sides.of(side).name());
            }
            if (!note.created().equals(now.created())) {
                return SyncTable.mendable(
                        table, "lost a trigger of sync in " + sides.of(side).name());
            }
            if (!Objects.equals(note.logId(), now.logId())) {
                return SyncTable.mendable(
                        table, "lost what was logged in " + sides.of(side).name());
            }
            if (!Objects.equals(note.tableId(), now.tableId())) {
                return SyncTable.mendable(
                        table, "was truncated or rebuilt in " + sides.of(side).name());
            }
        }
        return SyncTable.ready(table);
    }

    /** Parents before their children; a cycle is broken somewhere. */
    private static List<Table> ordered(Collection<Table> tables) {
        List<Table> left = new ArrayList<>(tables);
        List<Table> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Table next =
                    left.stream()
                            .filter(
                                    t ->
                                            t.foreignKeys().stream()
                                                    .map(ForeignKey::parent)
                                                    .filter(p -> !p.equals(t.name()))
                                                    .noneMatch(p -> isIn(left, p)))
                            .findFirst()
                            .orElse(left.get(0));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean isIn(List<Table> tables, String name) {
        return tables.stream().anyMatch(t -> t.name().equals(name));
    }
}
