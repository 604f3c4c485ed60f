package io.bactrian.data;

import io.bactrian.schema.Change;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.Database;
import io.bactrian.sql.Ddl;
import io.bactrian.sql.LoadSession;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.TargetTable;
import io.bactrian.state.CopyLedger;
import io.bactrian.state.CopyLedger.Entry;
import io.bactrian.state.CopyLedger.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was taken off tables for the time of a copy, and how they get it back. */
public final class Owed {
    private Owed() {}

    /**
     * Gives back to the tables what a copy that was cut off still owes them, and forgets that copy:
     * before a run that does not go on with it. Rows are left as they are.
     */
    public static void recover(Database target) {
        target.with(
                target.name(),
                c -> {
                    List<Entry> owed = new ArrayList<>(CopyLedger.entries(c).values());
                    owed.removeIf(e -> e.stage() == Stage.DONE);
                    LoadSession.beginIndexing(c);
                    for (Entry entry : owed) {
                        give(c, entry, false);
                    }
                    for (Entry entry : owed) {
                        give(c, entry, true);
                    }
                    if (Metadata.exists(c)) {
                        CopyLedger.clear(c);
                    }
                    return null;
                });
    }

    /**
     * Makes a table what it was, with or without the foreign keys it lacks. Asks the table itself,
     * so that it may be called again after any part of it was done.
     */
    static void give(Connection c, Entry entry, boolean foreignKeys) throws SQLException {
        Table wanted = CreateTableParser.parse(entry.create());
        Table actual = TargetTable.read(c, entry.table()).orElse(null);
        if (actual == null) {
            return;
        }
        alter(c, foreignKeys ? wanted : wanted.with(wanted.indexes(), actual.foreignKeys()));
        TargetTable.createTriggers(c, entry.triggers());
    }

    /** Makes a table what is wanted. */
    static void alter(Connection c, Table wanted) throws SQLException {
        List<Change> changes = changes(c, wanted);
        try {
            TargetTable.execute(c, Ddl.alter(wanted, changes));
        } catch (SQLException e) {
            // the ALTER of a process that was killed goes on in the server, and may have been first
            List<Change> left = changes(c, wanted);
            if (left.equals(changes)) {
                throw e;
            }
            TargetTable.execute(c, Ddl.alter(wanted, left));
        }
    }

    private static List<Change> changes(Connection c, Table wanted) throws SQLException {
        return TableDiff.between(TargetTable.read(c, wanted.name()).orElseThrow(), wanted);
    }
}
