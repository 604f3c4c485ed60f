package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts rows for good; statistics are only estimates. */
public final class RowCount {
    private RowCount() {}

    public static long of(Connection session, String table) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT COUNT(*) FROM " + Names.quote(table))) {
            r.next();
            return r.getLong(1);
        }
    }
}
