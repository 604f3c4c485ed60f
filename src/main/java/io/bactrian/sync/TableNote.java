package io.bactrian.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.sql.CaptureTriggers.Trigger;
import io.bactrian.sql.Fingerprint;
import io.bactrian.sql.Metadata;
import io.bactrian.state.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What setup knows of a table on one side, kept in that side's sync_metadata.
 *
 * @param triggers fingerprint of each generated trigger, by name
 * @param created when the server made each of them
 * @param tableId what InnoDB knows the table by
 */
record TableNote(Map<String, String> triggers, Map<String, String> created, String tableId) {
    private static final String PATH = "sync/table/";

    TableNote {
        triggers = Map.copyOf(triggers);
        created = Map.copyOf(created);
    }

    /** The note of a table as it is now. */
    static TableNote of(List<Trigger> triggers, Map<String, String> created, String tableId) {
        Map<String, String> prints = new HashMap<>();
        Map<String, String> moments = new HashMap<>();
        for (Trigger trigger : triggers) {
            prints.put(trigger.name(), Fingerprint.of(trigger.create()));
            moments.put(trigger.name(), created.getOrDefault(trigger.name(), ""));
        }
        return new TableNote(prints, moments, tableId);
    }

    /** All notes of the session's database, by table. */
    static Map<String, TableNote> all(Connection session) throws SQLException {
        Map<String, TableNote> notes = new HashMap<>();
        for (Map.Entry<String, String> e : Metadata.under(session, PATH).entrySet()) {
            try {
                notes.put(
                        e.getKey().substring(PATH.length()),
                        Json.mapper().readValue(e.getValue(), TableNote.class));
            } catch (JsonProcessingException x) {
                throw new SQLException("sync_metadata " + e.getKey() + " cannot be read", x);
            }
        }
        return notes;
    }

    void save(Connection session, String table) throws SQLException {
        Metadata.put(session, PATH + table, Json.line(this));
    }

    static void delete(Connection session, String table) throws SQLException {
        Metadata.delete(session, List.of(PATH + table));
    }
}
