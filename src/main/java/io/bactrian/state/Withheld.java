package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.bactrian.error.ConfigException;
import io.bactrian.sql.Metadata;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What filters and mappers kept from a target, noted there: a later run that lacks them must not
 * bring it after all.
 */
public final class Withheld {
    private static final String PATH = "withheld/";

    private static final TypeReference<Map<String, String>> DIGESTS = new TypeReference<>() {};

    private Withheld() {}

    /** Tables of the session's database that came through a filter or a mapper. */
    public static Set<String> tables(Connection session) throws SQLException {
        return new TreeSet<>(noted(session).keySet());
    }

    private static Map<String, Map<String, String>> noted(Connection session) throws SQLException {
        Map<String, Map<String, String>> noted = new TreeMap<>();
        for (Map.Entry<String, String> e : Metadata.under(session, PATH).entrySet()) {
            try {
                noted.put(
                        e.getKey().substring(PATH.length()),
                        Json.mapper().readValue(e.getValue(), DIGESTS));
            } catch (JsonProcessingException x) {
                throw new SQLException("sync_metadata " + e.getKey() + " is not as written", x);
            }
        }
        return noted;
    }

    /**
     * Refuses a run that would bring what an earlier one withheld; one that goes on with a copy
     * must withhold the very same.
     *
     * @param now digests of what is withheld, by table and by what it is of
     * @param tables those the run is about
     * @throws ConfigException naming the first table and column
     */
    public static void require(
            Connection session,
            Map<String, Map<String, String>> now,
            Predicate<String> tables,
            boolean resume)
            throws SQLException {
        Map<String, Map<String, String>> noted = noted(session);
        Set<String> both = new TreeSet<>(noted.keySet());
        if (resume) {
            both.addAll(now.keySet());
        }
        for (String table : both) {
            Map<String, String> before = noted.getOrDefault(table, Map.of());
            Map<String, String> present = now.getOrDefault(table, Map.of());
            if (tables.test(table) && resume && !before.equals(present)) {
                throw new ConfigException(
                        table,
                        "the copy that was cut off went through other filters or mappers",
                        "run it without --resume");
            }
            if (tables.test(table) && !present.keySet().containsAll(before.keySet())) {
                Set<String> lacking = new TreeSet<>(before.keySet());
                lacking.removeAll(present.keySet());
                throw new ConfigException(
                        table,
                        "an earlier run withheld "
                                + String.join(", ", lacking)
                                + " from the target, and the filter or mapper that did is not there",
                        "bring it back (docs/extending.md); if it shall travel from now on, DELETE FROM sync_metadata WHERE key_name = '"
                                + PATH
                                + table.replace("'", "''")
                                + "' in the target");
            }
        }
    }

    /**
     * Notes what is withheld, by table, beside what was noted of others.
     *
     * @return the notes that were there, for {@link #putBack}
     */
    public static Map<String, String> note(
            Connection session, Map<String, Map<String, String>> digests) throws SQLException {
        Map<String, String> before = Metadata.under(session, PATH);
        for (Map.Entry<String, Map<String, String>> table : digests.entrySet()) {
            Metadata.put(session, PATH + table.getKey(), Json.line(table.getValue()));
        }
        return before;
    }

    /** Makes the notes what they were, with the rows they are of. */
    public static void putBack(Connection session, Map<String, String> before) throws SQLException {
        if (!Metadata.exists(session)) {
            return;
        }
        Metadata.deleteUnder(session, PATH);
        for (Map.Entry<String, String> note : before.entrySet()) {
            Metadata.put(session, note.getKey(), note.getValue());
        }
        Metadata.dropIfEmpty(session);
    }
}
