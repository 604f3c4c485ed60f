package io.bactrian.sync;

import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.sql.CaptureTriggers;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.GuardedTriggers;
import io.bactrian.sql.LogStatus;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.Sight;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes sync off a pair: what it made goes, what it changed is put back. */
public final class Teardown {
    /**
     * What was taken away of one database.
     *
     * @param triggers generated triggers
     * @param restored the user's own triggers that are as they were
     */
    public record Report(String database, int triggers, List<String> restored) {}

    private final Sides sides;

    public Teardown(Sides sides) {
        this.sides = sides;
    }

    /**
     * What would be lost: changes that are not agreed about, by name of the database and status.
     */
    public Map<String, Map<String, Long>> losses() {
        Map<String, Map<String, Long>> losses = new TreeMap<>();
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            Map<String, Long> left =
                    database.with(
                            database.name(),
                            c -> ControlTables.exist(c) ? LogStatus.unagreed(c) : Map.of());
            if (!left.isEmpty()) {
                losses.put(database.name(), left);
            }
        }
        return losses;
    }

    public List<Report> run() {
        return sides.alone(this::takeAll);
    }

    private List<Report> takeAll() {
        List<Report> reports = new ArrayList<>();
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            reports.add(
                    database.with(
                            database.name(), c -> take(c, database.name(), database.schema())));
        }
        return reports;
    }

    private static Report take(Connection c, String name, String schemaName) throws SQLException {
        // triggers that are left would log into tables that are gone
        Sight.requireTriggers(c, schemaName);
        GuardNote.finish(c, schemaName);
        List<StoredObject> restored = new ArrayList<>();
        List<StoredObject> originals = GuardNote.all(c);
        if (!originals.isEmpty()) {
            Schema schema = SchemaReader.read(c, schemaName, t -> true);
            for (StoredObject original : originals) {
                // one that its owner changed meanwhile is his
                schema.object(StoredObject.Type.TRIGGER, original.name())
                        .filter(GuardedTriggers::isGuarded)
                        .ifPresent(t -> restored.add(original));
            }
            GuardNote.replace(c, restored);
        }
        List<String> generated = List.copyOf(CaptureTriggers.created(c).keySet());
        CaptureTriggers.drop(c, generated);
        ControlTables.drop(c);
        return new Report(
                name, generated.size(), restored.stream().map(StoredObject::name).toList());
    }
}
