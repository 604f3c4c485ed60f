package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The control table {@code sync_log}: the changes of one side, a row each. */
public final class SyncLog {
    /** Rows of one statement that names them by number. */
    private static final int AT_ONCE = 1000;

    /** Parameters: table, first and last id. */
    private static final String PAGE =
            """
            SELECT id, record_id FROM sync_log FORCE INDEX (queue)
            WHERE  sync_status = 'PENDING' AND table_name = ? AND id > ? AND id <= ?
            """;

    private static final String LAST = "SELECT IFNULL(MAX(id), 0) FROM sync_log";

    private static final String UNAGREED =
            """
            SELECT id, record_id, operation, sync_status, old_data IS NOT NULL, UNIX_TIMESTAMP(changed_at), origin
            FROM   sync_log FORCE INDEX (record)
            WHERE  table_name = ? AND sync_status IN ('PENDING', 'CONFLICT', 'ERROR') AND record_id IN\s""";

    /** Parameters: table, first and last id, batch, id. */
    private static final String TOUCHED =
            """
            SELECT id, record_id FROM sync_log FORCE INDEX (queue)
            WHERE  sync_status = 'SYNCED' AND table_name = ? AND id > ? AND id <= ? AND batch_id = ?
            ORDER BY id LIMIT\s""";

    /** Parameters: table, id. */
    private static final String DELETED =
            """
            SELECT id, record_id FROM sync_log FORCE INDEX (queue)
            WHERE  sync_status IN ('PENDING', 'CONFLICT', 'ERROR') AND table_name = ? AND id > ? AND operation = 'DELETE'
            ORDER BY id LIMIT\s""";

    /** Parameters: table, id. */
    private static final String AGREED_BEFORE =
            """
            SELECT id, record_id FROM sync_log l FORCE INDEX (queue)
            WHERE  sync_status = 'PENDING' AND table_name = ? AND id > ? AND operation <> 'INSERT'
            AND    NOT EXISTS (SELECT 1 FROM sync_log e FORCE INDEX (record)
                               WHERE  e.table_name = l.table_name AND e.record_id = l.record_id AND e.id < l.id
                               AND    e.sync_status IN ('PENDING', 'CONFLICT', 'ERROR'))
            ORDER BY id LIMIT\s""";

    private static final String MARK =
            "UPDATE sync_log SET sync_status = ?, error = ?, batch_id = ?, synced_at = NOW(6) WHERE id IN ";

    private static final String IMAGE = "SELECT old_data FROM sync_log WHERE id = ?";

    private static final String IMAGES =
            "SELECT id, old_data FROM sync_log WHERE LENGTH(old_data) <= %d AND id IN (%s)";

    private static final String ADD =
            "INSERT INTO sync_log (table_name, record_id, operation, version, origin, old_data, new_data) VALUES ";

    /** A changed row's place in the queue. */
    public record Change(long id, String recordId) {}

    /** What was done to a row. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }

    /**
     * A change the sides have not agreed about yet.
     *
     * @param hasBase whether the log has the row as it was before
     * @param changedAt seconds of the server's clock
     * @param origin who made it, or null
     */
    public record Entry(
            long id,
            String recordId,
            Operation operation,
            String status,
            boolean hasBase,
            double changedAt,
            String origin) {
        public boolean isParked() {
            return status.equals("CONFLICT");
        }

        public boolean isPending() {
            return status.equals("PENDING");
        }
    }

    /**
     * A change that no trigger saw.
     *
     * @param oldData the row before and
     * @param newData after it, as JSON, or null
     */
    public record NewChange(
            String recordId, Operation operation, Long version, String oldData, String newData) {
        private long length() {
            return Packets.length(oldData) + Packets.length(newData);
        }
    }

    private SyncLog() {}

    /** Which changes of the queue are asked for. */
    public enum Kind {
        ANY(""),
        DELETES(" AND operation = 'DELETE'"),
        OTHERS(" AND operation <> 'DELETE'");

        private final String where;

        Kind(String where) {
            this.where = where;
        }
    }

    /** The number of the last change. */
    public static long last(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(LAST)) {
            r.next();
            return r.getLong(1);
        }
    }

    /**
     * The next changes of a table that wait, behind {@code after} and up to {@code last}; a row may
     * come twice.
     */
    public static List<Change> page(
            Connection session, String table, Kind kind, long after, long last, int limit)
            throws SQLException {
        String sql = PAGE + kind.where + " ORDER BY id LIMIT " + limit;
        try (PreparedStatement s = session.prepareStatement(sql)) {
            s.setString(1, table);
            s.setLong(2, after);
            s.setLong(3, last);
            return changes(s);
        }
    }

    /** The next changes that a batch made SYNCED, behind {@code after} and up to {@code last}. */
    public static List<Change> touched(
            Connection session, String table, String batch, long after, long last, int limit)
            throws SQLException {
        try (PreparedStatement s = session.prepareStatement(TOUCHED + limit)) {
            s.setString(1, table);
            s.setLong(2, after);
            s.setLong(3, last);
            s.setString(4, batch);
            return changes(s);
        }
    }

    /**
     * Changes that wait, behind {@code after}, each the first of a row that was there when the
     * sides last agreed.
     */
    public static List<Change> agreedBefore(Connection session, String table, long after, int limit)
            throws SQLException {
        try (PreparedStatement s = session.prepareStatement(AGREED_BEFORE + limit)) {
            s.setString(1, table);
            s.setLong(2, after);
            return changes(s);
        }
    }

    private static List<Change> changes(PreparedStatement s) throws SQLException {
        List<Change> page = new ArrayList<>();
        try (ResultSet r = s.executeQuery()) {
            while (r.next()) {
                page.add(new Change(r.getLong(1), r.getString(2)));
            }
        }
        return page;
    }

    /** The rows of a table whose changes wait for a person. */
    public static Set<String> parked(Connection session, String table) throws SQLException {
        String sql =
                "SELECT DISTINCT record_id FROM sync_log FORCE INDEX (queue)"
                        + " WHERE sync_status = 'CONFLICT' AND table_name = ?";
        Set<String> records = new LinkedHashSet<>();
        try (PreparedStatement s = session.prepareStatement(sql)) {
            s.setString(1, table);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    records.add(r.getString(1));
                }
            }
        }
        return records;
    }

    /** The next ends of rows of a table that are not agreed about, behind {@code after}. */
    public static List<Change> deleted(Connection session, String table, long after)
            throws SQLException {
        try (PreparedStatement s = session.prepareStatement(DELETED + AT_ONCE)) {
            s.setString(1, table);
            s.setLong(2, after);
            return changes(s);
        }
    }

    /** All changes of these rows that are not agreed about, oldest first. */
    public static List<Entry> unagreed(Connection session, String table, Collection<String> records)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        if (records.isEmpty()) {
            return entries;
        }
        String marks = String.join(",", Collections.nCopies(records.size(), "?"));
        try (PreparedStatement s = session.prepareStatement(UNAGREED + "(" + marks + ")")) {
            s.setString(1, table);
            int at = 2;
            for (String record : records) {
                s.setString(at++, record);
            }
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    entries.add(
                            new Entry(
                                    r.getLong(1),
                                    r.getString(2),
                                    Operation.valueOf(r.getString(3)),
                                    r.getString(4),
                                    r.getBoolean(5),
                                    r.getDouble(6),
                                    r.getString(7)));
                }
            }
        }
        // MySQL sorts images along, and runs out of memory for it where one exceeds 256 KB
        entries.sort(Comparator.comparingLong(Entry::id));
        return entries;
    }

    /** The row as it was before a change, as JSON; or null. */
    public static String base(Connection session, long id) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(IMAGE)) {
            s.setLong(1, id);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? r.getString(1) : null;
            }
        }
    }

    /** The same of many changes, by their numbers; left out are those longer than {@code most}. */
    public static Map<Long, String> bases(Connection session, List<Long> ids, int most)
            throws SQLException {
        Map<Long, String> bases = new HashMap<>();
        if (ids.isEmpty()) {
            return bases;
        }
        String in = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(IMAGES.formatted(most, in))) {
            while (r.next()) {
                bases.put(r.getLong(1), r.getString(2));
            }
        }
        return bases;
    }

    /** Says of rows of the log what became of them. */
    public static void mark(Connection session, String batch, Tokens.Mark mark)
            throws SQLException {
        for (int from = 0; from < mark.ids().size(); from += AT_ONCE) {
            List<Long> some = mark.ids().subList(from, Math.min(mark.ids().size(), from + AT_ONCE));
            String ids = some.toString();
            String in = "(" + ids.substring(1, ids.length() - 1) + ")";
            try (PreparedStatement s = session.prepareStatement(MARK + in)) {
                s.setString(1, mark.status());
                s.setString(2, mark.error());
                s.setString(3, batch);
                s.executeUpdate();
            }
        }
    }

    /** Puts changes into the queue. */
    public static void add(Connection session, String table, String origin, List<NewChange> changes)
            throws SQLException {
        for (List<NewChange> some : Packets.of(changes, NewChange::length)) {
            StringBuilder sql = new StringBuilder(ADD);
            for (NewChange change : some) {
                sql.append(sql.length() == ADD.length() ? "(" : ", (")
                        .append("?, ?, ?, ?, ?, ")
                        .append(RowImage.literal(Dialect.of(session), change.oldData()))
                        .append(", ")
                        .append(RowImage.literal(Dialect.of(session), change.newData()))
                        .append(")");
            }
            try (PreparedStatement s = session.prepareStatement(sql.toString())) {
                int at = 1;
                for (NewChange change : some) {
                    s.setString(at++, table);
                    s.setString(at++, change.recordId());
                    s.setString(at++, change.operation().name());
                    s.setObject(at++, change.version());
                    s.setString(at++, origin);
                }
                s.executeUpdate();
            }
        }
    }

    /** Puts rows into the queue by their ids alone. */
    public static void add(
            Connection session,
            String table,
            Collection<String> records,
            Operation operation,
            String origin)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        String rows = String.join(",", Collections.nCopies(records.size(), "(?, ?, ?, ?)"));
        try (PreparedStatement s =
                session.prepareStatement(
                        "INSERT INTO sync_log (table_name, record_id, operation, origin) VALUES "
                                + rows)) {
            int at = 1;
            for (String record : records) {
                s.setString(at++, table);
                s.setString(at++, record);
                s.setString(at++, operation.name());
                s.setString(at++, origin);
            }
            s.executeUpdate();
        }
    }
}
