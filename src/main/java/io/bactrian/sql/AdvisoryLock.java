package io.bactrian.sql;

import io.bactrian.error.DataException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Keeps a second run off a database. The server frees it when the holder's session ends, however it
 * ends.
 */
public final class AdvisoryLock implements AutoCloseable {
    private final Connection session;

    private AdvisoryLock(Connection session) {
        this.session = session;
    }

    /**
     * Takes the lock at once.
     *
     * @throws DataException if another run holds it
     */
    public static AdvisoryLock take(Database database) {
        return take(database, name(database.schema()), "another run is at work on ");
    }

    /**
     * The same for selftests, which let others run in between.
     *
     * @throws DataException if another selftest holds it
     */
    public static AdvisoryLock takeForSelftest(Database database) {
        return take(
                database, name("selftest/" + database.schema()), "another selftest is at work on ");
    }

    private static AdvisoryLock take(Database database, String name, String busy) {
        Connection c = database.connect();
        try (PreparedStatement s = c.prepareStatement("SELECT GET_LOCK(?, 0), IS_USED_LOCK(?)")) {
            s.setString(1, name);
            s.setString(2, name);
            try (ResultSet r = s.executeQuery()) {
                r.next();
                if (r.getInt(1) == 1) {
                    return new AdvisoryLock(c);
                }
                long holder = r.getLong(2);
                c.close();
                throw new DataException(
                        database.name(),
                        busy + database.schema() + " (server connection " + holder + ")",
                        "wait for it to end; `bactrian runs` shows what ran from here");
            }
        } catch (SQLException e) {
            throw database.translate(database.name(), e);
        }
    }

    /** Whether a run holds the lock of a schema of the session's server. */
    public static boolean isTaken(Connection session, String schema) throws SQLException {
        try (PreparedStatement s = session.prepareStatement("SELECT IS_USED_LOCK(?) IS NOT NULL")) {
            s.setString(1, name(schema));
            try (ResultSet r = s.executeQuery()) {
                r.next();
                return r.getBoolean(1);
            }
        }
    }

    /**
     * Lock names hold 64 characters at most and mean the same in any case; long schema names go by
     * their hash.
     */
    private static String name(String schema) {
        String plain = "bactrian." + schema.toLowerCase(Locale.ROOT);
        return plain.length() <= 64 ? plain : "bactrian#" + Integer.toHexString(plain.hashCode());
    }

    @Override
    public void close() {
        try (session;
                PreparedStatement s = session.prepareStatement("DO RELEASE_ALL_LOCKS()")) {
            s.execute();
        } catch (SQLException e) {
            // the session is gone, and its lock with it
            return;
        }
    }
}
