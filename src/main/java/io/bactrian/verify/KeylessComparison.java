package io.bactrian.verify;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.sql.Digest;
import io.bactrian.sql.Reader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Compares a table whose rows have no key: as a bag of rows, of which each may be there several
 * times. Equal tables cost one digest a side; others are read as sorted digests from both sides and
 * merged, so that memory stays flat and the server does the sorting.
 */
public final class KeylessComparison {
    /** Told of each row that one side has more often. */
    @FunctionalInterface
    public interface Surplus {
        /**
         * @param digest the row's digest
         */
        void found(String digest, long sourceCopies, long targetCopies);
    }

    private final Reader source;
    private final Reader target;
    private final Executor sourceThread;
    private final Table table;
    private final Naming naming;

    public KeylessComparison(
            Reader source, Reader target, Executor sourceThread, Table table, Naming naming) {
        this.source = source;
        this.target = target;
        this.sourceThread = sourceThread;
        this.table = table;
        this.naming = naming;
    }

    /** Compares all rows and tells of each that differs in number. */
    public Finding compare(Surplus surplus) {
        Both<Digest.Rows> all =
                Both.ask(
                        table,
                        source,
                        target,
                        sourceThread,
                        (c, digest) -> digest.of(c, Chunk.whole(0)));
        if (all.source().sameAs(all.target())) {
            return new Finding(all.source().count(), all.target().count(), 0, 0, 0, List.of());
        }
        return source.read(
                table.name(),
                s ->
                        target.read(
                                table.name(),
                                t -> {
                                    try (Digest.Sorted here = new Digest(table).sorted(s);
                                            Digest.Sorted there =
                                                    new Digest(table.stored()).sorted(t)) {
                                        return merge(here, there, surplus);
                                    }
                                }));
    }

    private Finding merge(Digest.Sorted here, Digest.Sorted there, Surplus surplus)
            throws SQLException {
        long sourceRows = 0;
        long targetRows = 0;
        long missing = 0;
        long extra = 0;
        List<Finding.Row> named = new ArrayList<>();
        while (here.digest() != null || there.digest() != null) {
            int order = order(here.digest(), there.digest());
            String row = order <= 0 ? here.digest() : there.digest();
            long sourceCopies = order <= 0 ? here.copies() : 0;
            long targetCopies = order >= 0 ? there.copies() : 0;
            if (order <= 0) {
                here.next();
            }
            if (order >= 0) {
                there.next();
            }
            sourceRows += sourceCopies;
            targetRows += targetCopies;
            missing += Math.max(0, sourceCopies - targetCopies);
            extra += Math.max(0, targetCopies - sourceCopies);
            if (sourceCopies != targetCopies) {
                surplus.found(row, sourceCopies, targetCopies);
                if (named.size() < naming.rows()) {
                    Finding.Kind kind =
                            sourceCopies > targetCopies ? Finding.Kind.MISSING : Finding.Kind.EXTRA;
                    named.add(new Finding.Row(kind, List.of(row), List.of()));
                }
            }
        }
        return new Finding(sourceRows, targetRows, missing, extra, 0, named);
    }

    /** Digests are lower-case hex, which sorts alike here and in the server. */
    private static int order(String here, String there) {
        if (here == null || there == null) {
            return here == null ? 1 : -1;
        }
        return here.compareTo(there);
    }
}
