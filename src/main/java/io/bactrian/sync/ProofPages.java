package io.bactrian.sync;

import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Change;
import io.bactrian.sync.Proof.Asking;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** All that a round touched, in pages that are read as they are asked for. */
final class ProofPages implements Iterator<ProofPage> {
    /** What a round touched of one side's log of one table. */
    private record Log(Side side, String table) {}

    private final String round;
    private final Touched touched;
    private final int size;
    private final Asking asking;
    private final Deque<Log> logs = new ArrayDeque<>();
    private long after;
    private long last = -1;
    private ProofPage next;

    ProofPages(String round, Touched touched, int size, Asking asking) {
        this.round = round;
        this.touched = touched;
        this.size = size;
        this.asking = asking;
        for (String table : touched.tables()) {
            for (Side side : Side.values()) {
                logs.add(new Log(side, table));
            }
        }
        this.next = read();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ProofPage next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        ProofPage page = next;
        next = read();
        return page;
    }

    private ProofPage read() {
        while (!logs.isEmpty()) {
            Log log = logs.peek();
            if (last < 0) {
                last = asking.ask(log.side(), SyncLog::last);
                after = touched.first(log.side(), log.table()) - 1;
            }
            List<Change> changes =
                    asking.ask(
                            log.side(),
                            c -> SyncLog.touched(c, log.table(), round, after, last, size));
            if (!changes.isEmpty()) {
                after = changes.get(changes.size() - 1).id();
                return new ProofPage(log.side(), log.table(), changes);
            }
            logs.remove();
            last = -1;
        }
        return null;
    }
}
