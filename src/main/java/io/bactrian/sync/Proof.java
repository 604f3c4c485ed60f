package io.bactrian.sync;

import io.bactrian.sql.Database;
import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncRows;
import io.bactrian.sql.Tokens.Mark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares the rows of one table that a round touched. Nothing but an unlogged change can make them
 * differ, such as a trigger of one's own that also fires on rows carried over; such rows are put
 * back into the log as errors, so that nobody takes them for equal.
 */
final class Proof {
    private static final String REASON =
            "the row is not the same on both sides though it was carried over: does a trigger change it?";

    /** Runs work in a session of a side. */
    @FunctionalInterface
    interface Asking {
        <T> T ask(Side side, Database.Work<T> work);
    }

    private final String round;
    private final SyncRows rows;
    private final int batchSize;
    private final Touched touched;

    Proof(String round, SyncRows rows, int batchSize, Touched touched) {
        this.round = round;
        this.rows = rows;
        this.batchSize = batchSize;
        this.touched = touched;
    }

    /** How many rows differ that nobody has changed since. */
    long differing(Asking sides) {
        String table = rows.table().name();
        long differing = 0;
        for (Side side : Side.values()) {
            long last = sides.ask(side, SyncLog::last);
            long after = touched.first(side, table) - 1;
            while (true) {
                long from = after;
                List<SyncLog.Change> page =
                        sides.ask(
                                side, c -> SyncLog.touched(c, table, round, from, last, batchSize));
                if (page.isEmpty()) {
                    break;
                }
                after = page.get(page.size() - 1).id();
                differing += compare(sides, side, page);
            }
        }
        return differing;
    }

    private long compare(Asking sides, Side side, List<SyncLog.Change> page) {
        Set<String> records = new LinkedHashSet<>();
        page.forEach(c -> records.add(c.recordId()));
        Set<String> unequal = unequal(sides, records);
        for (int i = 0; i < 2 && !unequal.isEmpty(); i++) {
            // changes made since are the next round's
            for (Side each : Side.values()) {
                sides.ask(each, c -> SyncLog.unagreed(c, rows.table().name(), List.copyOf(records)))
                        .forEach(e -> unequal.remove(e.recordId()));
            }
            unequal.retainAll(unequal(sides, unequal));
        }
        if (!unequal.isEmpty()) {
            List<Long> ids = new ArrayList<>();
            page.stream().filter(c -> unequal.contains(c.recordId())).forEach(c -> ids.add(c.id()));
            sides.ask(
                    side,
                    c -> {
                        SyncLog.mark(c, round, new Mark("ERROR", REASON, ids));
                        return null;
                    });
        }
        return unequal.size();
    }

    /** Ids of rows that are not the same on both sides, as they are stored. */
    private Set<String> unequal(Asking sides, Set<String> records) {
        if (records.isEmpty()) {
            return new LinkedHashSet<>();
        }
        Map<String, String> local = sides.ask(Side.LOCAL, c -> rows.digests(c, records));
        Map<String, String> remote = sides.ask(Side.REMOTE, c -> rows.digests(c, records));
        Set<String> unequal = new LinkedHashSet<>(local.keySet());
        unequal.addAll(remote.keySet());
        unequal.removeIf(id -> Objects.equals(local.get(id), remote.get(id)));
        return unequal;
    }
}
