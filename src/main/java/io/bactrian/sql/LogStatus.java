package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How one side's {@code sync_log} stands: what waits in it, and what the other side refused. */
public final class LogStatus {
    private static final String PENDING_TABLES =
            "SELECT table_name, COUNT(*) FROM sync_log WHERE sync_status = 'PENDING' GROUP BY table_name";

    private static final String COUNTS =
            "SELECT sync_status, COUNT(*) FROM sync_log WHERE sync_status IN ('PENDING', 'CONFLICT', 'ERROR')"
                    + " GROUP BY sync_status";

    private static final String WAITING =
            """
            SELECT table_name, SUM(sync_status = 'PENDING'), SUM(sync_status = 'CONFLICT'), SUM(sync_status = 'ERROR'),
                   IFNULL(TIMESTAMPDIFF(MICROSECOND,
                          MIN(IF(sync_status = 'PENDING', changed_at, NULL)), NOW(6)) / 1000000, 0)
            FROM   sync_log WHERE sync_status IN ('PENDING', 'CONFLICT', 'ERROR') GROUP BY table_name
            """;

    private static final String REFUSED =
            """
            SELECT table_name, record_id, operation, changed_at, error FROM sync_log
            WHERE  sync_status = 'ERROR' ORDER BY id LIMIT\s""";

    private static final String RETRY =
            "UPDATE sync_log SET sync_status = 'PENDING', error = NULL WHERE sync_status = 'ERROR'";

    private LogStatus() {}

    /** How many changes wait, by table; tables without any are not in. */
    public static Map<String, Long> pending(Connection session) throws SQLException {
        Map<String, Long> tables = new TreeMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(PENDING_TABLES)) {
            while (r.next()) {
                tables.put(r.getString(1), r.getLong(2));
            }
        }
        return tables;
    }

    /** How many changes are not agreed about, by status. */
    public static Map<String, Long> unagreed(Connection session) throws SQLException {
        Map<String, Long> found = new TreeMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(COUNTS)) {
            while (r.next()) {
                found.put(r.getString(1), r.getLong(2));
            }
        }
        return found;
    }

    /**
     * What of a table's changes is not agreed about.
     *
     * @param oldestSeconds age of the oldest that is pending
     */
    public record Waiting(long pending, long parked, long refused, double oldestSeconds) {
        public static final Waiting NOTHING = new Waiting(0, 0, 0, 0);
    }

    /** The same by table; those without any are not in. */
    public static Map<String, Waiting> waiting(Connection session) throws SQLException {
        Map<String, Waiting> found = new TreeMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(WAITING)) {
            while (r.next()) {
                found.put(
                        r.getString(1),
                        new Waiting(r.getLong(2), r.getLong(3), r.getLong(4), r.getDouble(5)));
            }
        }
        return found;
    }

    /** A change that the other side refused. */
    public record RefusedChange(
            String table, String recordId, String operation, String changedAt, String error) {}

    public static List<RefusedChange> refused(Connection session, int limit) throws SQLException {
        List<RefusedChange> found = new ArrayList<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(REFUSED + limit)) {
            while (r.next()) {
                found.add(
                        new RefusedChange(
                                r.getString(1),
                                r.getString(2),
                                r.getString(3),
                                r.getString(4),
                                r.getString(5)));
            }
        }
        return found;
    }

    /** Puts what was refused back into the queue. Returns how many changes. */
    public static long retry(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            return s.executeLargeUpdate(RETRY);
        }
    }
}
