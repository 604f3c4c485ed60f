package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The control table {@code sync_metadata}: JSON texts by key, in the session's own transaction. */
public final class Metadata {
    private static final String EXISTS =
            "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'sync_metadata'";
    private static final String PUT =
            "INSERT INTO sync_metadata (key_name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)";
    private static final String ADD = "INSERT INTO sync_metadata (key_name, value) VALUES (?, ?)";
    private static final String GET = "SELECT value FROM sync_metadata WHERE key_name = ?";
    private static final String UNDER =
            "SELECT key_name, value FROM sync_metadata WHERE key_name > ? AND key_name < ?";
    private static final String DELETE_UNDER =
            "DELETE FROM sync_metadata WHERE key_name > ? AND key_name < ?";

    private static final String DELETE = "DELETE FROM sync_metadata WHERE key_name IN ";

    private Metadata() {}

    /** Makes the table where it is missing. Ends the session's transaction. */
    public static void create(Connection session) throws SQLException {
        ControlTables.createMetadata(session);
    }

    public static boolean exists(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(EXISTS)) {
            return r.next();
        }
    }

    public static void put(Connection session, String key, String json) throws SQLException {
        write(session, PUT, key, json);
    }

    /** Fails if the key is there: its transaction would do again what another did. */
    public static void add(Connection session, String key, String json) throws SQLException {
        write(session, ADD, key, json);
    }

    private static void write(Connection session, String sql, String key, String json)
            throws SQLException {
        try (PreparedStatement s = session.prepareStatement(sql)) {
            s.setString(1, key);
            s.setString(2, json);
            s.execute();
        }
    }

    public static Optional<String> get(Connection session, String key) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(GET)) {
            s.setString(1, key);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Texts by key, of all keys under a path that ends in a slash; empty where the table is
     * missing.
     */
    public static Map<String, String> under(Connection session, String path) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        if (!exists(session)) {
            return found;
        }
        try (PreparedStatement s = session.prepareStatement(UNDER)) {
            bind(s, path);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    found.put(r.getString(1), r.getString(2));
                }
            }
        }
        return found;
    }

    public static void delete(Connection session, List<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        String in = String.join(",", Collections.nCopies(keys.size(), "?"));
        try (PreparedStatement s = session.prepareStatement(DELETE + "(" + in + ")")) {
            for (int i = 0; i < keys.size(); i++) {
                s.setString(i + 1, keys.get(i));
            }
            s.execute();
        }
    }

    public static void deleteUnder(Connection session, String path) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(DELETE_UNDER)) {
            bind(s, path);
            s.execute();
        }
    }

    /**
     * The range of keys under a path, from the character before the slash to the one behind it. The
     * path itself is padded with blanks where it is compared, and a name that begins with a tab or
     * a line break would come before it.
     */
    private static void bind(PreparedStatement s, String path) throws SQLException {
        String parent = path.substring(0, path.length() - 1);
        s.setString(1, parent + '.');
        s.setString(2, parent + '0');
    }

    /** Leaves no trace of a copy in a database that is not set up for sync. */
    public static void dropIfEmpty(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT 1 FROM sync_metadata LIMIT 1")) {
            if (r.next()) {
                return;
            }
        }
        try (Statement s = session.createStatement()) {
            s.execute("DROP TABLE sync_metadata");
        }
    }
}
