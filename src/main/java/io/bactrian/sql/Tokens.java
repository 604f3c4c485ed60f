package io.bactrian.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one side owes the other's log: written in the transaction that writes the rows, and carried
 * out when that is committed. A round that is cut off in between leaves it for the next.
 */
public final class Tokens {
    /** Path of all tokens in sync_metadata. */
    public static final String PATH = "sync/token/";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Rows of a log and what becomes of them.
     *
     * @param status SYNCED, CONFLICT or ERROR
     * @param error the reason of an error, or null
     */
    public record Mark(String status, String error, List<Long> ids) {
        public Mark {
            ids = List.copyOf(ids);
        }
    }

    private Tokens() {}

    /** Leaves a token in the session's transaction. Nothing to mark is no token. */
    public static void leave(Connection session, String name, List<Mark> marks)
            throws SQLException {
        if (!marks.isEmpty()) {
            try {
                Metadata.add(session, PATH + name, JSON.writeValueAsString(marks));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Marks the rows in the log of the session's database; to do so twice does no harm. */
    public static void carryOut(Connection session, String name, List<Mark> marks)
            throws SQLException {
        String batch = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
        for (Mark mark : marks) {
            SyncLog.mark(session, batch, mark);
        }
    }

    /** Takes a token away. */
    public static void drop(Connection session, List<String> names) throws SQLException {
        Metadata.delete(session, names.stream().map(n -> PATH + n).toList());
    }

    /** The tokens left in the session's database, by name. */
    public static Map<String, List<Mark>> left(Connection session) throws SQLException {
        Map<String, List<Mark>> left = new TreeMap<>();
        for (Map.Entry<String, String> e : Metadata.under(session, PATH).entrySet()) {
            List<Mark> marks = new ArrayList<>();
            try {
                marks.addAll(List.of(JSON.readValue(e.getValue(), Mark[].class)));
            } catch (JsonProcessingException x) {
                throw new SQLException("sync_metadata " + e.getKey() + " is not a token", x);
            }
            left.put(e.getKey().substring(PATH.length()), marks);
        }
        return left;
    }
}
