package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.ForeignKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Finds what the server lets in under foreign_key_checks=0 and never looks for again. */
public final class Orphans {
    private Orphans() {}

    /** Rows of {@code child} that name a parent which is not there. */
    public static long count(Connection session, String child, ForeignKey key) throws SQLException {
        List<String> on = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String column = "c." + quote(key.columns().get(i));
            on.add("p." + quote(key.parentColumns().get(i)) + " = " + column);
            where.add(column + " IS NOT NULL");
        }
        where.add("p." + quote(key.parentColumns().get(0)) + " IS NULL");
        String sql =
                "SELECT COUNT(*) FROM "
                        + quote(child)
                        + " c LEFT JOIN "
                        + quote(key.parent())
                        + " p ON "
                        + String.join(" AND ", on)
                        + " WHERE "
                        + String.join(" AND ", where);
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }
}
