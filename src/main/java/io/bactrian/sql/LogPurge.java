package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Keeps {@code sync_log} from growing for ever. */
public final class LogPurge {
    private static final int AT_ONCE = 1000;

    private LogPurge() {}

    /**
     * Takes away changes of a table that were agreed about longer ago than {@code days}, a few at a
     * time from the oldest.
     */
    public static void run(Connection session, String table, int days) throws SQLException {
        String first =
                "SELECT MIN(id) FROM sync_log WHERE sync_status = 'SYNCED' AND table_name = ?";
        String old =
                "SELECT id FROM sync_log WHERE sync_status = 'SYNCED' AND table_name = ? AND id BETWEEN ? AND ?"
                        + " AND synced_at < NOW(6) - INTERVAL ? DAY";
        try (PreparedStatement min = session.prepareStatement(first);
                PreparedStatement s = session.prepareStatement(old);
                Statement delete = session.createStatement()) {
            min.setString(1, table);
            s.setString(1, table);
            s.setInt(4, days);
            List<Long> ids = new ArrayList<>();
            do {
                ids.clear();
                try (ResultSet r = min.executeQuery()) {
                    r.next();
                    s.setLong(2, r.getLong(1));
                    s.setLong(3, r.getLong(1) + AT_ONCE);
                }
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        ids.add(r.getLong(1));
                    }
                }
                if (!ids.isEmpty()) {
                    // by their numbers: a range would wait for those who write into it
                    String in = ids.toString();
                    delete.executeUpdate(
                            "DELETE FROM sync_log WHERE id IN ("
                                    + in.substring(1, in.length() - 1)
                                    + ")");
                }
            } while (!ids.isEmpty());
        }
    }
}
