package io.bactrian.sql;

import io.bactrian.schema.ServerKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What LOCK TABLES does to the triggers of sync, and how often it was taken. */
public final class TableLocks {
    private TableLocks() {}

    /**
     * Whether the triggers of a table fail while a session holds it by LOCK TABLES: on MariaDB
     * 10.11.19 and 11.4.5 with error 1442 as soon as two triggers of what is locked write one
     * table, unless that one is locked by name too.
     */
    public static boolean silenceTriggers(Dialect dialect) {
        return dialect.kind() == ServerKind.MARIADB;
    }

    /** How often it was taken on the server since that was started, by anybody. */
    public static long taken(Connection session) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_lock_tables'")) {
            r.next();
            return r.getLong(2);
        }
    }
}
