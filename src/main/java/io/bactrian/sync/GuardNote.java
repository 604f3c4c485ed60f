package io.bactrian.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.schema.StoredObject;
import io.bactrian.sql.Metadata;
import io.bactrian.state.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The user's own triggers as they were before they got a guard, kept in sync_metadata. */
final class GuardNote {
    private static final String PATH = "sync/guard/";

    private GuardNote() {}

    static void save(Connection session, List<StoredObject> triggers) throws SQLException {
        for (StoredObject trigger : triggers) {
            Metadata.put(session, PATH + trigger.name(), Json.line(trigger));
        }
    }

    static List<StoredObject> all(Connection session) throws SQLException {
        List<StoredObject> triggers = new ArrayList<>();
        for (Map.Entry<String, String> e : Metadata.under(session, PATH).entrySet()) {
            try {
                triggers.add(Json.mapper().readValue(e.getValue(), StoredObject.class));
            } catch (JsonProcessingException x) {
                throw new SQLException("sync_metadata " + e.getKey() + " cannot be read", x);
            }
        }
        return triggers;
    }
}
