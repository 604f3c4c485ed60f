package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables that an account sees but may not read, so that this is known before anything is changed.
 */
public final class Unreadable {
    private static final String COLUMNS =
            """
            SELECT DISTINCT table_name
            FROM   information_schema.columns
            WHERE  table_schema = DATABASE() AND NOT FIND_IN_SET('select', privileges)
            ORDER  BY table_name
            """;

    private Unreadable() {}

    /**
     * The names of those of the session's schema. One that it may not even see is not among them.
     */
    public static List<String> tables(Connection session) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(COLUMNS)) {
            while (r.next()) {
                names.add(r.getString(1));
            }
        }
        return names;
    }
}
