package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Deletes single rows of one table, by their key or, where rows have none, by their digest. */
public final class RowDelete {
    private RowDelete() {}

    /**
     * @throws DataException if one of the rows is not there
     */
    public static void keys(Connection session, Table table, List<List<String>> keys)
            throws SQLException {
        delete(session, table, new KeyRange(table).whereIn(keys), keys.size());
    }

    /** Deletes {@code count} of the rows with this digest. */
    public static void copies(Connection session, Table table, String digest, long count)
            throws SQLException {
        String where =
                " WHERE "
                        + new Digest(table).ofRow()
                        + " = "
                        + Names.literal(digest)
                        + " LIMIT "
                        + count;
        delete(session, table, where, count);
    }

    private static void delete(Connection session, Table table, String where, long expected)
            throws SQLException {
        try (Statement s = session.createStatement()) {
            long deleted = s.executeLargeUpdate("DELETE FROM " + quote(table.name()) + where);
            if (deleted != expected) {
                throw new DataException(
                        table.name(),
                        "deleted " + deleted + " rows where " + expected + " were to go",
                        "see that nobody else writes to the target; run it again");
            }
        }
    }

    /** Deletes the rows of a key range. */
    public static void range(Connection session, Table table, Chunk range) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.executeUpdate(range(table, range));
        }
    }

    static String range(Table table, Chunk range) {
        return "DELETE FROM " + Names.quote(table.name()) + new KeyRange(table).where(range);
    }
}
