package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.StoredObject;
import io.bactrian.sql.Metadata;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a copy has done and still owes, kept in the target itself: a chunk's mark commits with its
 * rows, and what was taken off a table for the time of the copy is written down before it is taken.
 * Keys: {@code copy/table/NAME} and {@code copy/chunk/NAME/NUMBER}.
 */
public final class CopyLedger {
    private static final String ALL = "copy/";
    private static final String TABLES = ALL + "table/";
    private static final String CHUNKS = ALL + "chunk/";

    /** How far a table is. */
    public enum Stage {
        /** Being emptied and stripped; nothing copied yet. */
        PREPARING,
        /** Chunks are being copied. */
        LOADING,
        /** Rows and indexes are there; foreign keys may be owed. */
        LOADED,
        /** Nothing is owed. */
        DONE
    }

    /**
     * @param table its name
     * @param create the table as it was and must be again, as SHOW CREATE TABLE printed it
     * @param triggers the triggers it had and must have again
     * @param chunks the plan, once there is one
     */
    public record Entry(
            String table,
            Stage stage,
            String create,
            List<StoredObject> triggers,
            List<Chunk> chunks) {
        public Entry {
            triggers = List.copyOf(triggers);
            chunks = List.copyOf(chunks);
        }

        public Entry at(Stage next) {
            return new Entry(table, next, create, triggers, chunks);
        }

        public Entry loading(List<Chunk> plan) {
            return new Entry(table, Stage.LOADING, create, triggers, plan);
        }
    }

    /** What one finished chunk carried. */
    public record Done(long rows, long bytes) {}

    private CopyLedger() {}

    /** All tables a copy has touched and not forgotten, by name; empty if none has. */
    public static Map<String, Entry> entries(Connection target) throws SQLException {
        Map<String, Entry> entries = new TreeMap<>();
        for (String json : Metadata.under(target, TABLES).values()) {
            Entry entry = read(json, Entry.class);
            entries.put(entry.table(), entry);
        }
        return entries;
    }

    public static Optional<Entry> entry(Connection target, String table) throws SQLException {
        return Metadata.get(target, TABLES + escape(table)).map(json -> read(json, Entry.class));
    }

    public static void save(Connection target, Entry entry) throws SQLException {
        Metadata.put(target, TABLES + escape(entry.table()), Json.line(entry));
    }

    /**
     * Marks a chunk as copied, in the transaction that copied it. Fails if it is marked: a killed
     * run's last commit may have come through late.
     */
    public static void finished(Connection target, String table, int chunk, Done done)
            throws SQLException {
        Metadata.add(target, chunkKey(table) + chunk, Json.line(done));
    }

    /** The chunks of a table that are copied, by number. */
    public static Map<Integer, Done> finished(Connection target, String table) throws SQLException {
        Map<Integer, Done> done = new TreeMap<>();
        String prefix = chunkKey(table);
        Metadata.under(target, prefix)
                .forEach(
                        (key, json) ->
                                done.put(
                                        Integer.valueOf(key.substring(prefix.length())),
                                        read(json, Done.class)));
        return done;
    }

    public static Optional<Done> finished(Connection target, String table, int chunk)
            throws SQLException {
        return Metadata.get(target, chunkKey(table) + chunk).map(json -> read(json, Done.class));
    }

    /** Forgets the chunks of a table, so that it is copied from its beginning. */
    public static void forgetChunks(Connection target, String table) throws SQLException {
        Metadata.deleteUnder(target, chunkKey(table));
    }

    /** Forgets everything. */
    public static void clear(Connection target) throws SQLException {
        Metadata.deleteUnder(target, ALL);
        Metadata.dropIfEmpty(target);
    }

    private static String chunkKey(String table) {
        return CHUNKS + escape(table) + '/';
    }

    /** A table's name may hold the separator. */
    private static String escape(String table) {
        return table.replace("%", "%25").replace("/", "%2F");
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "sync_metadata",
                    "a checkpoint in the target cannot be read: " + e.getOriginalMessage(),
                    "start the copy anew, without --resume",
                    false,
                    e);
        }
    }
}
