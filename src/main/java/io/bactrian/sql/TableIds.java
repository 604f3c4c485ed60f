package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * What changes when a table is truncated or rebuilt, of which no trigger tells: the number of its
 * file. MySQL's {@code information_schema.innodb_tables} would tell as well, but it opens every
 * table of the server, and waits up to lock_wait_timeout for whoever alters one of them. An account
 * without PROCESS does not see either; then it is the time of creation, which TRUNCATE leaves as it
 * is (MySQL 8.0).
 */
public final class TableIds {
    private static final int NO_PRIVILEGE = 1227;

    private static final String FILES = "SELECT name, space FROM %s WHERE LEFT(name, %d) = %s";
    private static final String TIMES =
            "SELECT table_name, create_time FROM information_schema.tables WHERE table_schema = DATABASE()";

    private TableIds() {}

    /** The ids of all tables of the session's schema, by name. */
    public static Map<String, String> read(Connection session) throws SQLException {
        Map<String, String> ids = query(session, TIMES);
        String front = session.getCatalog() + "/";
        try {
            query(
                            session,
                            FILES.formatted(
                                    Dialect.of(session).tableFiles(),
                                    front.length(),
                                    Names.literal(front)))
                    .forEach((name, id) -> put(ids, name.substring(front.length()), id));
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_PRIVILEGE) {
                throw e;
            }
        }
        return ids;
    }

    /** Of a partitioned table the last of its files counts: TRUNCATE renews them all. */
    private static void put(Map<String, String> ids, String file, String id) {
        int partition = ids.containsKey(file) ? -1 : file.lastIndexOf("#p#");
        String table = partition < 0 ? file : file.substring(0, partition);
        if (ids.containsKey(table)) {
            ids.merge(table, "#" + id, TableIds::later);
        }
    }

    private static String later(String one, String other) {
        boolean isLater =
                one.startsWith("#")
                        && Long.parseLong(one.substring(1)) > Long.parseLong(other.substring(1));
        return isLater ? one : other;
    }

    private static Map<String, String> query(Connection session, String sql) throws SQLException {
        Map<String, String> found = new HashMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                found.put(r.getString(1), String.valueOf(r.getString(2)));
            }
        }
        return found;
    }
}
