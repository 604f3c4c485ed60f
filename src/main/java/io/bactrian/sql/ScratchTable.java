package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table that a selftest makes in both databases and takes away again. */
public final class ScratchTable {
    /** What the names of all tables of selftests begin with. */
    public static final String PREFIX = "bactrian_selftest_";

    public static final String NAME = PREFIX + "item";

    private static final String CREATE =
            """
            CREATE TABLE %s (
                id            INT NOT NULL,
                name          VARCHAR(100) NOT NULL,
                amount        INT NOT NULL,
                version       BIGINT UNSIGNED NOT NULL DEFAULT 1,
                last_modified TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
                PRIMARY KEY (id)
            ) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
            """
                    .formatted(Names.quote(NAME));

    private static final String LEFT =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                    + " AND LEFT(table_name, 18) = 'bactrian_selftest_'";

    private static final String TRIGGERS =
            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
                    + " AND event_object_table = ? AND LEFT(trigger_name, 9) = 'bactrian_'";

    private ScratchTable() {}

    public static void create(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute(CREATE);
        }
    }

    public static void insert(Connection session, int id, String name, int amount)
            throws SQLException {
        run(
                session,
                "INSERT INTO " + Names.quote(NAME) + " (id, name, amount) VALUES (?, ?, ?)",
                id,
                name,
                amount);
    }

    public static void rename(Connection session, int id, String name) throws SQLException {
        run(session, "UPDATE " + Names.quote(NAME) + " SET name = ? WHERE id = ?", name, id);
    }

    public static void count(Connection session, int id, int amount) throws SQLException {
        run(session, "UPDATE " + Names.quote(NAME) + " SET amount = ? WHERE id = ?", amount, id);
    }

    public static void delete(Connection session, int id) throws SQLException {
        run(session, "DELETE FROM " + Names.quote(NAME) + " WHERE id = ?", id);
    }

    private static void run(Connection session, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }

    /** Name and amount of a row. */
    public static Optional<String> row(Connection session, int id) throws SQLException {
        String sql = "SELECT CONCAT(name, ' ', amount) FROM " + Names.quote(NAME) + " WHERE id = ?";
        try (PreparedStatement s = session.prepareStatement(sql)) {
            s.setInt(1, id);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
            }
        }
    }

    /** How many generated triggers it has. */
    public static int triggers(Connection session) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(TRIGGERS)) {
            s.setString(1, NAME);
            try (ResultSet r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        }
    }

    /** Drops all tables of selftests, with their triggers. Returns their names. */
    public static List<String> drop(Connection session) throws SQLException {
        List<String> left = new ArrayList<>();
        try (Statement s = session.createStatement()) {
            try (ResultSet r = s.executeQuery(LEFT)) {
                while (r.next()) {
                    left.add(r.getString(1));
                }
            }
            for (String table : left) {
                s.execute("DROP TABLE " + Names.quote(table));
            }
        }
        return left;
    }

    /** Deletes what the control tables hold of tables of selftests. */
    public static void forget(Connection session) throws SQLException {
        for (String table : List.of("sync_log", "sync_conflicts")) {
            try (Statement s = session.createStatement()) {
                s.execute(
                        "DELETE FROM "
                                + table
                                + " WHERE LEFT(table_name, 18) = 'bactrian_selftest_'");
            }
        }
    }
}
