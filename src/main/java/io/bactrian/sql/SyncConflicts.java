package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

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
            String resolvedBy) {}

    private static final String ADD =
            """
            INSERT INTO sync_conflicts
                (table_name, record_id, conflict_type, local_version, remote_version, local_modified,
                 remote_modified, resolution_strategy, resolution, resolved_by, resolved_at,
                 base_data, local_data, remote_data, resolved_data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, IF(? IS NULL, NULL, NOW(6)), %s, %s, %s, %s)
            """;

    private SyncConflicts() {}

    /** Keeps a conflict, in the session's transaction. */
    public static void add(Connection session, NewConflict c) throws SQLException {
        String sql =
                ADD.formatted(
                        RowImage.literal(c.baseData()),
                        RowImage.literal(c.localData()),
                        RowImage.literal(c.remoteData()),
                        RowImage.literal(c.resolvedData()));
        try (PreparedStatement s = session.prepareStatement(sql)) {
            Object[] values = {
                c.tableName(),
                c.recordId(),
                c.type().name(),
                c.localVersion(),
                c.remoteVersion(),
                c.localModified(),
                c.remoteModified(),
                c.strategy(),
                c.resolution(),
                c.resolvedBy(),
                c.resolution()
            };
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }
}
