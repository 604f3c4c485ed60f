package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changes when a table is truncated or rebuilt, of which no trigger tells: InnoDB's number of
 * it. Where the account may not see that (it needs PROCESS), or the name is not of ASCII, which
 * InnoDB spells in a way of its own, it is the second the table was created in.
 */
public final class TableIds {
    private static final int NO_PRIVILEGE = 1227;
    private static final Pattern ENCODED = Pattern.compile("@([0-9a-f]{4})");
    private static final Pattern PLAIN = Pattern.compile("(\\w|@[0-9a-f]{4})+");

    private static final String IDS =
            "SELECT name, table_id FROM information_schema.innodb_tables WHERE LEFT(name, %d) = %s";
    private static final String TIMES =
            "SELECT table_name, create_time FROM information_schema.tables WHERE table_schema = DATABASE()";

    private TableIds() {}

    /** The ids of all tables of the session's schema, by name. */
    public static Map<String, String> read(Connection session) throws SQLException {
        Map<String, String> ids = query(session, TIMES);
        String front = encoded(session.getCatalog()) + "/";
        try {
            query(session, IDS.formatted(front.length(), Names.literal(front)))
                    .forEach(
                            (name, id) -> {
                                String table = name.substring(front.length()).split("#", 2)[0];
                                if (PLAIN.matcher(table).matches()) {
                                    // of partitions the last: TRUNCATE renews them all
                                    ids.merge(decoded(table), "#" + id, TableIds::later);
                                }
                            });
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_PRIVILEGE) {
                throw e;
            }
        }
        return ids;
    }

    private static String later(String one, String other) {
        return one.startsWith("#") && one.compareTo(other) > 0 ? one : other;
    }

    private static String encoded(String schema) {
        StringBuilder name = new StringBuilder();
        schema.chars()
                .forEach(
                        c ->
                                name.append(
                                        c == '_' || c < 128 && Character.isLetterOrDigit(c)
                                                ? String.valueOf((char) c)
                                                : String.format("@%04x", c)));
        return name.toString();
    }

    private static String decoded(String name) {
        Matcher matcher = ENCODED.matcher(name);
        return matcher.replaceAll(
                m ->
                        Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    private static Map<String, String> query(Connection session, String sql) throws SQLException {
        Map<String, String> found = new HashMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                found.put(r.getString(1), r.getString(2));
            }
        }
        return found;
    }
}
