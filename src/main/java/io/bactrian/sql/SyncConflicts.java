package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The control table {@code sync_conflicts}: rows that both sides changed. */
public final class SyncConflicts {
    /** What was in the way of what. */
    public enum Type {
        UPDATE_UPDATE,
        UPDATE_DELETE,
        INSERT_INSERT,
        UNIQUE_KEY,
        FOREIGN_KEY
    }

    /**
     * A conflict as it is found.
     *
     * @param baseData the row as both sides last had it, as JSON, or null if that is not known
     * @param localData the row of the local side, or null if it has none
     * @param remoteData the row of the remote side, or null if it has none
     * @param localModified when it was written there in UTC, or null
     * @param resolution LOCAL, REMOTE or MERGED; null while it waits
     * @param resolvedData the row as both sides will have it, or null if it goes
     */
    public record NewConflict(
            String tableName,
            String recordId,
            Type type,
            String baseData,
            String localData,
            String remoteData,
            Long localVersion,
            Long remoteVersion,
            String localModified,
            String remoteModified,
            String strategy,
            String resolution,
            String resolvedData,
            String resolvedBy) {
        private List<String> images() {
            return Arrays.asList(baseData, localData, remoteData, resolvedData);
        }

        private long length() {
            return images().stream().mapToLong(Packets::length).sum();
        }

        private String row(Dialect dialect) {
            return ROW.formatted(
                    images().stream().map(image -> RowImage.literal(dialect, image)).toArray());
        }

        private List<Object> values() {
            return Arrays.asList(
                    tableName,
                    recordId,
                    type.name(),
                    localVersion,
                    remoteVersion,
                    localModified,
                    remoteModified,
                    strategy,
                    resolution,
                    resolvedBy,
                    resolution);
        }
    }

    /** A conflict as it is kept; times are in UTC as the server prints them. */
    public record Conflict(
            long id,
            String tableName,
            String recordId,
            Type conflictType,
            String baseData,
            String localData,
            String remoteData,
            String localVersion,
            String remoteVersion,
            String localModified,
            String remoteModified,
            String resolutionStrategy,
            String resolution,
            String resolvedData,
            String detectedAt,
            String resolvedAt,
            String resolvedBy) {
        public boolean isWaiting() {
            return resolution == null;
        }
    }

    /** By its primary key: the images are too large to be sorted (error 1038). */
    private static final String LIST =
            """
            SELECT id, table_name, record_id, conflict_type, base_data, local_data, remote_data, local_version,
                   remote_version, local_modified, remote_modified, resolution_strategy, resolution,
                   resolved_data, detected_at, resolved_at, resolved_by
            FROM   sync_conflicts FORCE INDEX (PRIMARY)
            """;

    private static final String RESOLVED =
            "UPDATE sync_conflicts SET resolution = ?, resolved_by = ?, resolved_at = NOW(6), resolved_data = %s WHERE id = ?";

    private static final String REFRESH =
            "UPDATE sync_conflicts SET local_data = %s, remote_data = %s, local_version = ?, remote_version = ? WHERE id = ?";

    private static final String ADD =
            """
            INSERT INTO sync_conflicts
                (table_name, record_id, conflict_type, local_version, remote_version, local_modified,
                 remote_modified, resolution_strategy, resolution, resolved_by, resolved_at,
                 base_data, local_data, remote_data, resolved_data)
            VALUES\s""";

    private static final String ROW =
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, IF(? IS NULL, NULL, NOW(6)), %s, %s, %s, %s)";

    private SyncConflicts() {}

    /**
     * Conflicts, newest first.
     *
     * @param waiting only those that wait for a decision
     * @param tables which tables' are wanted
     */
    public static List<Conflict> list(
            Connection session, boolean waiting, Predicate<String> tables, int limit)
            throws SQLException {
        List<String> wanted = new ArrayList<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT DISTINCT table_name FROM sync_conflicts")) {
            while (r.next()) {
                if (tables.test(r.getString(1))) {
                    wanted.add(Names.literal(r.getString(1)));
                }
            }
        }
        return wanted.isEmpty()
                ? List.of()
                : query(
                        session,
                        // in the order of an index: a sort of images may run out of memory
                        "FORCE INDEX ("
                                + (waiting ? "waiting" : "PRIMARY")
                                + ") WHERE table_name IN ("
                                + String.join(", ", wanted)
                                + ")"
                                + (waiting ? " AND resolution IS NULL" : "")
                                + " ORDER BY id DESC LIMIT "
                                + limit);
    }

    public static Optional<Conflict> get(Connection session, long id) throws SQLException {
        return query(session, "WHERE id = " + id).stream().findFirst();
    }

    /** The number of the last one, or 0. */
    public static long last(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT IFNULL(MAX(id), 0) FROM sync_conflicts")) {
            r.next();
            return r.getLong(1);
        }
    }

    /** The next ones behind a number, oldest first. */
    public static List<Conflict> after(Connection session, long id, int limit) throws SQLException {
        return query(session, "WHERE id > " + id + " ORDER BY id LIMIT " + limit);
    }

    private static List<Conflict> query(Connection session, String tail) throws SQLException {
        List<Conflict> found = new ArrayList<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(LIST + tail)) {
            while (r.next()) {
                found.add(
                        new Conflict(
                                r.getLong(1),
                                r.getString(2),
                                r.getString(3),
                                Type.valueOf(r.getString(4)),
                                r.getString(5),
                                r.getString(6),
                                r.getString(7),
                                r.getString(8),
                                r.getString(9),
                                r.getString(10),
                                r.getString(11),
                                r.getString(12),
                                r.getString(13),
                                r.getString(14),
                                r.getString(15),
                                r.getString(16),
                                r.getString(17)));
            }
        }
        return found;
    }

    /** Says how a conflict was decided. */
    public static void resolved(
            Connection session, long id, String resolution, String by, String data)
            throws SQLException {
        try (PreparedStatement s =
                session.prepareStatement(
                        RESOLVED.formatted(RowImage.literal(Dialect.of(session), data)))) {
            s.setString(1, resolution);
            s.setString(2, by);
            s.setLong(3, id);
            s.executeUpdate();
        }
    }

    /** Shows the rows of a conflict as they have become. */
    public static void refresh(
            Connection session,
            long id,
            String local,
            String remote,
            Long localVersion,
            Long remoteVersion)
            throws SQLException {
        String sql =
                REFRESH.formatted(
                        RowImage.literal(Dialect.of(session), local),
                        RowImage.literal(Dialect.of(session), remote));
        try (PreparedStatement s = session.prepareStatement(sql)) {
            s.setObject(1, localVersion);
            s.setObject(2, remoteVersion);
            s.setLong(3, id);
            s.executeUpdate();
        }
    }

    /** Keeps conflicts, in the session's transaction. */
    public static void add(Connection session, List<NewConflict> conflicts) throws SQLException {
        Dialect dialect = Dialect.of(session);
        for (List<NewConflict> some : Packets.of(conflicts, NewConflict::length)) {
            String rows = some.stream().map(c -> c.row(dialect)).collect(Collectors.joining(", "));
            try (PreparedStatement s = session.prepareStatement(ADD + rows)) {
                int at = 1;
                for (NewConflict conflict : some) {
                    for (Object value : conflict.values()) {
                        s.setObject(at++, value);
                    }
                }
                s.executeUpdate();
            }
        }
    }
}
