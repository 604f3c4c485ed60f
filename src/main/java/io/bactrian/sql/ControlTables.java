package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables that sync keeps in both databases, made by {@code sql/create_tables.sql}. */
public final class ControlTables {
    private static final String COUNT =
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                    + " AND table_name IN ('sync_log', 'sync_conflicts', 'sync_metadata')";

    private ControlTables() {}

    /** Makes all of them where they are missing. Ends the session's transaction. */
    public static void create(Connection session) throws SQLException {
        run(session, SqlScript.statements("create_tables.sql"));
    }

    /** Makes the one that copies need, too. */
    static void createMetadata(Connection session) throws SQLException {
        run(
                session,
                SqlScript.statements("create_tables.sql").stream()
                        .filter(s -> s.contains(" sync_metadata "))
                        .toList());
    }

    /** Whether all of them are there. */
    public static boolean exist(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(COUNT)) {
            r.next();
            return r.getInt(1) == 3;
        }
    }

    /** Takes away what only sync uses, and sync_metadata if it is empty then. */
    public static void drop(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute("DROP TABLE IF EXISTS sync_log, sync_conflicts");
        }
        if (Metadata.exists(session)) {
            Metadata.deleteUnder(session, "sync/");
            Metadata.dropIfEmpty(session);
        }
    }

    private static void run(Connection session, List<String> statements) throws SQLException {
        try (Statement s = session.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
            }
        }
    }
}
