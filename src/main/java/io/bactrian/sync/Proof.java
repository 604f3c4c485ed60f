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
 * Compares rows of one table that a round touched. Nothing but an unlogged change can make them
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
    private final Asking sides;

    Proof(String round, SyncRows rows, Asking sides) {
        this.round = round;
        this.rows = rows;
        this.sides = sides;
    }

    /** How many rows of a page differ that nobody has changed since. */
    long differing(ProofPage page) {
        Set<String> records = new LinkedHashSet<>();
        page.changes().forEach(c -> records.add(c.recordId()));
        // almost always they are all the same, which one digest of them all tells
        if (sides.ask(Side.LOCAL, c -> rows.digest(c, records))
                .sameAs(sides.ask(Side.REMOTE, c -> rows.digest(c, records)))) {
            return 0;
        }
        Set<String> unequal = unequal(records);
        for (int i = 0; i < 2 && !unequal.isEmpty(); i++) {
            // changes made since are the next round's
            for (Side each : Side.values()) {
                sides.ask(each, c -> SyncLog.unagreed(c, rows.table().name(), List.copyOf(records)))
                        .forEach(e -> unequal.remove(e.recordId()));
            }
            unequal.retainAll(unequal(unequal));
        }
        if (!unequal.isEmpty()) {
            List<Long> ids = new ArrayList<>();
            page.changes().stream()
                    .filter(c -> unequal.contains(c.recordId()))
                    .forEach(c -> ids.add(c.id()));
            sides.ask(
                    page.side(),
                    c -> {
                        SyncLog.mark(c, round, new Mark("ERROR", REASON, ids));
                        return null;
                    });
        }
        return unequal.size();
    }

    /** Ids of rows that are not the same on both sides, as they are stored. */
    private Set<String> unequal(Set<String> records) {
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
