package io.bactrian.data;

import io.bactrian.config.CopySettings;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.sql.CreateTablePrinter;
import io.bactrian.sql.Database;
import io.bactrian.sql.LoadSession;
import io.bactrian.sql.Reader;
import io.bactrian.sql.RowCopy;
import io.bactrian.sql.RowDelete;
import io.bactrian.sql.RowSource;
import io.bactrian.sql.Snapshot;
import io.bactrian.sql.TargetTable;
import io.bactrian.state.CopyLedger;
import io.bactrian.state.CopyLedger.Entry;
import io.bactrian.state.CopyLedger.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes single rows of a target table so that it has them as the source does, in one transaction.
 * Who calls deletes all rows that must go or change before inserting any: a unique value may have
 * moved from one row to another.
 */
public final class RowRepair {
    private static final int AT_ONCE = 500;

    private final Snapshot source;
    private final Database target;
    private final CopySettings settings;

    /**
     * @param source null where no rows are read from a database
     */
    public RowRepair(Snapshot source, Database target, CopySettings settings) {
        this.source = source;
        this.target = target;
        this.settings = settings;
    }

    /**
     * Runs {@code work} while a table's triggers are off. They are noted in the target first, so
     * that the next run puts them back if this process cannot.
     */
    public <T> T withoutTriggers(Table table, List<StoredObject> triggers, Supplier<T> work) {
        if (triggers.isEmpty()) {
            return work.get();
        }
        String name = table.name();
        Entry entry =
                target.with(
                        name,
                        c -> {
                            Table there = TargetTable.read(c, name).orElseThrow();
                            String create = CreateTablePrinter.print(there);
                            Entry owed =
                                    new Entry(name, Stage.LOADING, create, triggers, List.of());
                            CopyLedger.save(c, owed);
                            TargetTable.dropTriggers(c, triggers);
                            return owed;
                        });
        try {
            return work.get();
        } finally {
            target.with(
                    name,
                    c -> {
                        TargetTable.createTriggers(c, triggers);
                        CopyLedger.save(c, entry.at(Stage.DONE));
                        return null;
                    });
        }
    }

    /**
     * Runs {@code work} in one transaction on the target, and commits it if it ends without an
     * error.
     */
    public <T> T transaction(Table table, Function<Writer, T> work) {
        return target.with(
                table.name(),
                session -> {
                    LoadSession.begin(session);
                    session.setAutoCommit(false);
                    try {
                        T result = work.apply(new Writer(table, session));
                        session.commit();
                        return result;
                    } catch (SQLException | RuntimeException e) {
                        LoadSession.abandon(session, e);
                        throw e;
                    }
                });
    }

    /** The rows of one table, in one transaction. */
    public final class Writer implements Reader {
        private final Table table;
        private final Connection session;
        private final RowCopy copy;

        private Writer(Table table, Connection session) {
            this.table = table;
            this.session = session;
            this.copy = new RowCopy(table, settings.batchSize(), target);
        }

        /** Reads the target as this transaction has made it. */
        @Override
        public <T> T read(String object, Database.Work<T> work) {
            try {
                return work.run(session);
            } catch (SQLException e) {
                throw target.translate(object, e);
            }
        }

        public void delete(List<List<String>> keys) {
            for (List<List<String>> some : parts(keys)) {
                run(s -> RowDelete.keys(s, table, some));
            }
        }

        public void insert(List<List<String>> keys) {
            for (List<List<String>> some : parts(keys)) {
                run(s -> source.read(table.name(), reader -> copy.keys(reader, s, some)));
            }
        }

        /** Gives the target as many rows with this digest as the source has. */
        public void setCopies(String digest, long sourceCopies, long targetCopies) {
            if (targetCopies > sourceCopies) {
                run(s -> RowDelete.copies(s, table, digest, targetCopies - sourceCopies));
            } else {
                long count = sourceCopies - targetCopies;
                run(
                        s ->
                                source.read(
                                        table.name(),
                                        reader -> copy.copies(reader, s, digest, count)));
            }
        }

        /** Puts rows in the place of those that are in their ranges. Returns how many came. */
        public long replace(List<Chunk> ranges, RowSource rows) {
            // all go first: a unique value may have moved from one range to another
            ranges.forEach(range -> run(s -> RowDelete.range(s, table, range)));
            long replaced = 0;
            for (Chunk range : ranges) {
                replaced += read(table.name(), s -> rows.carry(table, range, s)).rows();
            }
            return replaced;
        }

        private void run(Write write) {
            read(
                    table.name(),
                    s -> {
                        write.run(s);
                        return null;
                    });
        }
    }

    @FunctionalInterface
    private interface Write {
        void run(Connection session) throws SQLException;
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            parts.add(all.subList(i, Math.min(all.size(), i + AT_ONCE)));
        }
        return parts;
    }
}
