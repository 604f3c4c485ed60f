package io.bactrian.sql;

import io.bactrian.error.DataException;
import io.bactrian.schema.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Believes no target. LOAD DATA LOCAL behaves as with IGNORE: a row that clashes is skipped and a
 * value that does not fit is bent, with a warning each. Rows sent and rows stored must be as many,
 * and where there were warnings (an ENUM's '' brings one though it arrives) the rows must be
 * compared before they are committed.
 */
final class Stored {
    private Stored() {}

    /**
     * Checks what a statement stored.
     *
     * @return whether the target warned
     * @throws DataException if rows are missing
     */
    static boolean check(Statement done, Table table, long stored, long sent) throws SQLException {
        try (Statement s = done.getConnection().createStatement();
                ResultSet warnings = s.executeQuery("SHOW WARNINGS LIMIT 1")) {
            boolean warned = warnings.next();
            if (stored != sent) {
                String why =
                        warned
                                ? "; error " + warnings.getInt(2) + ": " + warnings.getString(3)
                                : "";
                throw new DataException(
                        table.name(),
                        "the target took " + stored + " of " + sent + " rows" + why,
                        "see that both tables have the same structure: run `bactrian analyze`");
            }
            return warned;
        }
    }
}
