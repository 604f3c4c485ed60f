package io.bactrian.data;

import io.bactrian.schema.Change;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.Database;
import io.bactrian.sql.Ddl;
import io.bactrian.sql.DdlRunner;
import io.bactrian.sql.Dialect;
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
import java.util.Set;

/** What was taken off tables for the time of a copy, and how they get it back. */
public final class Owed {
    private Owed() {}

    /** A unique index that is to be given back does not take the rows that came meanwhile. */
    private static final int DUPLICATE = 1062;

    /** What is done with such a table. */
    @FunctionalInterface
    private interface Clash {
        /** Whether it has its index now; throws {@code clash} where nothing can be done. */
        boolean settle(Connection c, Entry entry, SQLException clash) throws SQLException;
    }

    /**
     * Gives back to the tables what a copy that was cut off still owes them, and forgets that copy:
     * before a run that does not go on with it. Rows are left as they are.
     *
     * @param replaced tables whose rows the run replaces, and has saved: where they keep the table
     *     from its index they go now
     */
    public static void recover(Database target, Set<String> replaced) {
        recover(
                target,
                (c, entry, clash) -> {
                    if (!replaced.contains(entry.table())) {
                        throw clash;
                    }
                    TargetTable.empty(c, entry.table());
                    give(c, entry, false);
                    return true;
                });
    }

    /** The same before rows are saved: a table whose rows are in the way stays as it is. */
    public static void recoverWhatCanBe(Database target) {
        recover(target, (c, entry, clash) -> false);
    }

    private static void recover(Database target, Clash clash) {
        target.with(
                target.name(),
                c -> {
                    List<Entry> owed = new ArrayList<>(CopyLedger.entries(c).values());
                    owed.removeIf(e -> e.stage() == Stage.DONE);
                    LoadSession.beginIndexing(c);
                    boolean all = true;
                    for (Entry entry : owed) {
                        all &= giveIndexes(c, entry, clash);
                    }
                    for (Entry entry : all ? owed : List.<Entry>of()) {
                        give(c, entry, true);
                    }
                    if (all && Metadata.exists(c)) {
                        CopyLedger.clear(c);
                    }
                    return null;
                });
    }

    private static boolean giveIndexes(Connection c, Entry entry, Clash clash) throws SQLException {
        try {
            give(c, entry, false);
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != DUPLICATE) {
                throw e;
            }
            return clash.settle(c, entry, e);
        }
    }

    /**
     * Makes a table what it was, with or without the foreign keys it lacks. Asks the table itself,
     * so that it may be called again after any part of it was done.
     */
    static void give(Connection c, Entry entry, boolean foreignKeys) throws SQLException {
        Table wanted = CreateTableParser.parse(Dialect.of(c).kind(), entry.create());
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
            DdlRunner.run(c, Ddl.alter(wanted, changes));
        } catch (SQLException e) {
            // the ALTER of a process that was killed goes on in the server, and may have been first
            List<Change> left = changes(c, wanted);
            if (left.equals(changes)) {
                throw e;
            }
            DdlRunner.run(c, Ddl.alter(wanted, left));
        }
    }

    private static List<Change> changes(Connection c, Table wanted) throws SQLException {
        return TableDiff.between(TargetTable.read(c, wanted.name()).orElseThrow(), wanted);
    }
}
