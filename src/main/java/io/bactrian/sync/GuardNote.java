package io.bactrian.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.TargetTable;
import io.bactrian.state.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What sync_metadata keeps of the user's own triggers: as they were before they got a guard, and
 * those that are just being replaced.
 */
final class GuardNote {
    private static final String PATH = "sync/guard/";
    private static final String DUE = "sync/guarding/";

    private GuardNote() {}

    static void save(Connection session, List<StoredObject> triggers) throws SQLException {
        for (StoredObject trigger : triggers) {
            Metadata.put(session, PATH + trigger.name(), Json.line(trigger));
        }
    }

    /**
     * Puts triggers in the place of those of the same names. A server has no statement for that: if
     * this ends after a trigger was dropped and before it is there again, the note says so.
     */
    static void replace(Connection session, List<StoredObject> triggers) throws SQLException {
        for (int i = 0; i < triggers.size(); i++) {
            Metadata.put(session, DUE + "%04d".formatted(i), Json.line(triggers.get(i)));
        }
        TargetTable.dropTriggers(session, triggers);
        TargetTable.createTriggers(session, triggers);
        Metadata.deleteUnder(session, DUE);
    }

    /** Triggers that somebody began to replace, in their order. */
    static List<StoredObject> due(Connection session) throws SQLException {
        return read(session, DUE);
    }

    /** Goes on with {@link #replace}; what its owner made anew meanwhile stays as it is. */
    static void finish(Connection session, String schemaName) throws SQLException {
        List<StoredObject> due = due(session);
        if (!due.isEmpty()) {
            Schema schema = SchemaReader.read(session, schemaName, t -> true);
            replace(
                    session,
                    due.stream()
                            .map(t -> schema.object(StoredObject.Type.TRIGGER, t.name()).orElse(t))
                            .toList());
        }
    }

    static List<StoredObject> all(Connection session) throws SQLException {
        return read(session, PATH);
    }

    private static List<StoredObject> read(Connection session, String path) throws SQLException {
        List<StoredObject> triggers = new ArrayList<>();
        for (Map.Entry<String, String> e : Metadata.under(session, path).entrySet()) {
            try {
                triggers.add(Json.mapper().readValue(e.getValue(), StoredObject.class));
            } catch (JsonProcessingException x) {
                throw new SQLException("sync_metadata " + e.getKey() + " cannot be read", x);
            }
        }
        return triggers;
    }
}
