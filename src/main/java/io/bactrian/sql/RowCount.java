package io.bactrian.sql;

import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts rows for good; statistics are only estimates. */
public final class RowCount {
    private RowCount() {}

    public static long of(Connection session, Table table) throws SQLException {
        // of a table as it is the server may count whatever index is the shortest
        String from =
                table.derived() == null ? Names.quote(table.name()) : new KeyRange(table).from();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT COUNT(*) FROM " + from)) {
            r.next();
            return r.getLong(1);
        }
    }
}
