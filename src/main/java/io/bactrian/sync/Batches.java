package io.bactrian.sync;

import io.bactrian.sql.SyncLog;
import io.bactrian.sync.Proof.Asking;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The batches of one table in one phase: pages of one side's log and then of the other's, each up
 * to the last change there was when it was first asked, read as they are asked for.
 */
final class Batches implements Iterator<Batch> {
    private final String round;
    private final String table;
    private final Phase phase;
    private final Deque<Side> sides;
    private final int size;
    private final boolean idsVary;
    private final Asking asking;
    private long after;
    private long last = -1;
    private Batch next;

    Batches(
            String round,
            String table,
            Phase phase,
            List<Side> sides,
            int size,
            boolean idsVary,
            Asking asking) {
        this.round = round;
        this.table = table;
        this.phase = phase;
        this.sides = new ArrayDeque<>(sides);
        this.size = size;
        this.idsVary = idsVary;
        this.asking = asking;
        this.next = read();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Batch next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Batch batch = next;
        next = read();
        return batch;
    }

    private Batch read() {
        while (!sides.isEmpty()) {
            Side side = sides.peek();
            if (last < 0) {
                after = 0;
                last = asking.ask(side, SyncLog::last);
            }
            List<SyncLog.Change> page =
                    asking.ask(side, c -> SyncLog.page(c, table, kind(), after, last, size));
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).id();
                return new Batch(
                        round,
                        table,
                        side,
                        phase,
                        page.stream().map(SyncLog.Change::recordId).distinct().toList());
            }
            sides.remove();
            last = -1;
        }
        return null;
    }

    private SyncLog.Kind kind() {
        // a key that is only written otherwise is a delete and an insert of one row: together
        if (phase.isRetry() || idsVary) {
            return SyncLog.Kind.ANY;
        }
        return phase.deletes() ? SyncLog.Kind.DELETES : SyncLog.Kind.OTHERS;
    }
}
