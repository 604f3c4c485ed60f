package io.bactrian.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.error.DataException;
import io.bactrian.sql.CaptureTriggers.Trigger;
import io.bactrian.sql.Fingerprint;
import io.bactrian.sql.Metadata;
import io.bactrian.state.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What setup knows of a table on one side, kept in that side's sync_metadata.
 *
 * @param triggers fingerprint of each generated trigger, by name
 * @param created when the server made each of them
 * @param tableId what InnoDB knows the table by
 * @param logId what it knows {@code sync_log} by: with a log, what it held is gone
 */
record TableNote(
        Map<String, String> triggers, Map<String, String> created, String tableId, String logId) {
    private static final String LOG = "sync_log";
    private static final String PATH = "sync/table/";

    TableNote {
        triggers = Map.copyOf(triggers);
        created = Map.copyOf(created);
    }

    /**
     * The note of a table as it is now.
     *
     * @param ids of the tables of the schema, by name
     */
    static TableNote of(
            String table,
            List<Trigger> triggers,
            Map<String, String> created,
            Map<String, String> ids) {
        Map<String, String> prints = new HashMap<>();
        Map<String, String> moments = new HashMap<>();
        for (Trigger trigger : triggers) {
            prints.put(trigger.name(), Fingerprint.of(trigger.create()));
            moments.put(trigger.name(), created.getOrDefault(trigger.name(), ""));
        }
        return new TableNote(prints, moments, ids.get(table), ids.get(LOG));
    }

    /** All notes of the session's database, by table. */
    static Map<String, TableNote> all(Connection session) throws SQLException {
        Map<String, TableNote> notes = new HashMap<>();
        for (Map.Entry<String, String> e : Metadata.under(session, PATH).entrySet()) {
            notes.put(e.getKey().substring(PATH.length()), read(e.getValue()));
        }
        return notes;
    }

    /** The note of one table, if it has one. */
    static Optional<TableNote> find(Connection session, String table) throws SQLException {
        return Metadata.exists(session)
                ? Metadata.get(session, PATH + table).map(TableNote::read)
                : Optional.empty();
    }

    private static TableNote read(String json) {
        try {
            return Json.mapper().readValue(json, TableNote.class);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "sync_metadata",
                    "what setup noted of a table cannot be read: " + e.getOriginalMessage(),
                    "run `bactrian sync teardown`, then `bactrian sync setup`",
                    false,
                    e);
        }
    }

    void save(Connection session, String table) throws SQLException {
        Metadata.put(session, PATH + table, Json.line(this));
    }

    static void delete(Connection session, String table) throws SQLException {
        Metadata.delete(session, List.of(PATH + table));
    }
}
