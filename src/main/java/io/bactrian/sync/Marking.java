package io.bactrian.sync;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.ChunkPlanner;
import io.bactrian.sql.Digest;
import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rows of one table that are not the same on both sides though no log tells of it, and
 * puts them into the logs: as rows that were there before sync was set up, or that went by
 * TRUNCATE. The next round does the rest. Changes that the logs know of are left alone.
 */
final class Marking {
    /** Rows of a range whose digests are fetched one by one. */
    private static final int LEAF_ROWS = 4000;

    private static final int FAN_OUT = 32;
    private static final long CHUNK_BYTES = 32 << 20;

    private final Sides sides;
    private final Table table;
    private final SyncRows rows;
    private final Digest digest;
    private final Set<Side> truncated;
    private long marked;

    /**
     * @param truncated sides on which rows may have gone without a trace
     */
    Marking(Sides sides, Table table, Set<Side> truncated) {
        this.sides = sides;
        this.table = table;
        this.rows = new SyncRows(table, 1);
        this.digest = new Digest(table);
        this.truncated = truncated;
    }

    /** Compares the whole table. Returns how many rows were put into the logs. */
    long run(TableStats stats) {
        truncated.forEach(this::disputed);
        List<Chunk> chunks =
                sides.local()
                        .with(table.name(), c -> ChunkPlanner.plan(c, table, stats, CHUNK_BYTES));
        chunks.forEach(this::compare);
        return marked;
    }

    /**
     * A TRUNCATE took rows along that the other side has changed since both agreed about them: they
     * are disputed, as if each had been deleted by itself.
     */
    private void disputed(Side emptied) {
        List<SyncLog.Change> page = List.of();
        do {
            long after = page.isEmpty() ? 0 : page.get(page.size() - 1).id();
            page =
                    sides.of(emptied.other())
                            .with(
                                    table.name(),
                                    c -> SyncLog.agreedBefore(c, table.name(), after, LEAF_ROWS));
            Set<String> ids = new LinkedHashSet<>();
            page.forEach(change -> ids.add(change.recordId()));
            deletedSince(emptied, ids);
            mark(emptied, ids, Operation.DELETE);
            marked += ids.size();
        } while (!page.isEmpty());
    }

    /** Leaves out rows that a log tells the story of, from the row that both had. */
    private void deletedSince(Side emptied, Set<String> ids) {
        Set<String> told = new LinkedHashSet<>();
        Set<String> begun = new LinkedHashSet<>();
        for (SyncLog.Entry entry : unagreed(emptied, ids)) {
            if (begun.add(entry.recordId()) && entry.operation() != Operation.INSERT) {
                told.add(entry.recordId());
            }
        }
        ids.removeAll(told);
    }

    private void compare(Chunk chunk) {
        Digest.Rows local = sides.local().with(table.name(), c -> digest.of(c, chunk));
        Digest.Rows remote = sides.remote().with(table.name(), c -> digest.of(c, chunk));
        if (local.sameAs(remote)) {
            return;
        }
        long most = Math.max(local.count(), remote.count());
        if (most <= LEAF_ROWS) {
            leaf(chunk);
            return;
        }
        Side larger = local.count() >= remote.count() ? Side.LOCAL : Side.REMOTE;
        long part = Math.max(LEAF_ROWS / 2, most / FAN_OUT);
        sides.of(larger)
                .with(table.name(), c -> ChunkPlanner.split(c, table, chunk, part))
                .forEach(this::compare);
    }

    private void leaf(Chunk range) {
        Map<String, String> local = sides.local().with(table.name(), c -> rows.digests(c, range));
        Map<String, String> remote = sides.remote().with(table.name(), c -> rows.digests(c, range));
        Set<String> differing = new LinkedHashSet<>(local.keySet());
        differing.addAll(remote.keySet());
        differing.removeIf(id -> local.getOrDefault(id, "").equals(remote.get(id)));
        for (Side emptied : truncated) {
            Set<String> gone = new LinkedHashSet<>(differing);
            gone.removeAll((emptied == Side.LOCAL ? local : remote).keySet());
            known(emptied.other(), gone);
            deletedSince(emptied, gone);
            mark(emptied, gone, Operation.DELETE);
            marked += gone.size();
        }
        // what the logs know by now; after the rows, so that no change falls in between
        for (Side side : Side.values()) {
            known(side, differing);
        }
        Set<String> both = new LinkedHashSet<>(differing);
        both.retainAll(local.keySet());
        both.retainAll(remote.keySet());
        mark(Side.LOCAL, both, Operation.UPDATE);
        mark(Side.REMOTE, both, Operation.UPDATE);
        marked += differing.size();
        differing.removeAll(both);
        Set<String> mine = new LinkedHashSet<>(differing);
        mine.retainAll(local.keySet());
        mark(Side.LOCAL, mine, Operation.INSERT);
        differing.removeAll(mine);
        mark(Side.REMOTE, differing, Operation.INSERT);
    }

    /** Leaves out what is in a log. */
    private void known(Side side, Set<String> ids) {
        unagreed(side, ids).forEach(e -> ids.remove(e.recordId()));
    }

    private List<SyncLog.Entry> unagreed(Side side, Set<String> ids) {
        return sides.of(side)
                .with(table.name(), c -> SyncLog.unagreed(c, table.name(), List.copyOf(ids)));
    }

    private void mark(Side side, Set<String> ids, Operation operation) {
        sides.of(side)
                .with(
                        table.name(),
                        c -> {
                            SyncLog.add(c, table.name(), ids, operation, Agenda.SETUP);
                            return null;
                        });
    }
}
