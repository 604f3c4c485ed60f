package io.bactrian.sync;

import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Savepoints.Refused;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of a transfer that both sides changed: decided about one by one, written many at a time. */
final class Conflicted {
    private final Transfer transfer;
    private final Arbiter arbiter;
    private final Kinship kinship;
    private final Crossing crossing;
    private final SyncRows rows;
    private final Tally tally;
    private final Savepoints savepoints;

    Conflicted(
            Transfer transfer,
            Arbiter arbiter,
            Kinship kinship,
            Crossing crossing,
            SyncRows rows,
            Tally tally) {
        this.transfer = transfer;
        this.arbiter = arbiter;
        this.kinship = kinship;
        this.crossing = crossing;
        this.rows = rows;
        this.tally = tally;
        this.savepoints = new Savepoints(crossing.here());
    }

    /**
     * Settles what can be settled on this side.
     *
     * @param keys {@link Images#AT_ONCE} at most
     */
    void settle(List<KeyState> keys) throws SQLException {
        Images images = Images.of(crossing, rows, keys);
        Map<KeyState, Dispute> lost = new LinkedHashMap<>();
        Map<KeyState, Dispute> waiting = new LinkedHashMap<>();
        for (KeyState key : keys) {
            if (crossing.hasSettled(rows, key)) {
                continue;
            }
            Optional<Dispute> found = Dispute.about(arbiter, images, key);
            if (found.isEmpty()) {
                // the other side's row changed since: a batch of the other direction was faster
                tally.add(Tally.Of.DEFERRED);
                continue;
            }
            Dispute dispute = found.get();
            Optional<Merge> merge = Merge.of(arbiter, dispute);
            if (merge.isPresent()) {
                merge(key, dispute, merge.get());
                continue;
            }
            Optional<Side> winner = dispute.winner();
            if (winner.isEmpty()) {
                waiting.put(key, dispute);
            } else if (winner.get() == crossing.to()) {
                transfer.give(key);
            } else if (transfer.fits(key.there())) {
                lost.put(key, dispute);
            }
            if (!dispute.isShort()) {
                end(lost, waiting);
            }
        }
        end(lost, waiting);
    }

    /** Does what was decided about rows, but for those that went as part of a knot meanwhile. */
    private void end(Map<KeyState, Dispute> lost, Map<KeyState, Dispute> waiting)
            throws SQLException {
        lost.keySet().removeIf(k -> crossing.hasSettled(rows, k));
        take(lost);
        lost.clear();
        waiting.keySet().removeIf(k -> crossing.hasSettled(rows, k));
        wait(waiting);
        waiting.clear();
    }

    private void wait(Map<KeyState, Dispute> disputes) throws SQLException {
        if (crossing.to() == Side.LOCAL) {
            disputes.keySet().forEach(transfer::swap);
            return;
        }
        crossing.conflicts(disputes.values().stream().map(Dispute::waiting).toList());
        for (KeyState key : disputes.keySet()) {
            crossing.park(rows, key);
            tally.add(Tally.Of.CONFLICT);
            tally.add(Tally.Of.PARKED);
        }
    }

    /** The side that is written loses: its rows are kept in conflicts, and the other's taken. */
    private void take(Map<KeyState, Dispute> disputes) throws SQLException {
        List<Refused> refused =
                savepoints.each(
                        List.copyOf(disputes.keySet()),
                        some -> {
                            write(some);
                            Dispute.taken(some.stream().map(disputes::get).toList());
                        },
                        some -> {
                            for (KeyState key : some) {
                                crossing.settle(rows, key);
                                tally.add(Tally.Of.CONFLICT);
                                tally.written(crossing.to(), key);
                            }
                        });
        for (Refused one : refused) {
            transfer.refused(one);
        }
    }

    /** Makes rows what they are on the other side, unless others hang on one that would go. */
    private void write(List<KeyState> keys) throws SQLException {
        List<String> going =
                keys.stream().filter(k -> k.there() == null).map(KeyState::here).toList();
        if (!kinship.children(crossing.here(), rows, going).isEmpty()) {
            throw new SQLException("rows hang on it", "23000", Savepoints.ROW_IS_REFERENCED);
        }
        rows.delete(crossing.here(), going);
        List<KeyState> coming = keys.stream().filter(k -> k.there() != null).toList();
        rows.insert(
                crossing.there(),
                crossing.here(),
                Transfer.there(coming.stream().filter(k -> k.here() == null).toList()));
        rows.update(
                crossing.there(),
                crossing.here(),
                Transfer.there(coming.stream().filter(k -> k.here() != null).toList()));
    }

    /** The remote row gets some other columns; both rows are kept. */
    private void merge(KeyState key, Dispute dispute, Merge merge) throws SQLException {
        if (crossing.to() == Side.LOCAL) {
            transfer.give(key);
            return;
        }
        Image local = dispute.local();
        Image remote = dispute.remote();
        List<Refused> refused =
                savepoints.each(
                        List.of(key),
                        some -> {
                            merge.write(crossing.here(), rows, key.here());
                            Image merged = new Image(rows.image(crossing.here(), key.here()));
                            crossing.log(rows, key.here(), Operation.UPDATE, local, merged);
                            crossing.conflict(
                                    Arbiter.record(
                                            rows,
                                            key.stored(),
                                            Arbiter.type(key),
                                            dispute.base(),
                                            local,
                                            remote,
                                            merge.strategy(),
                                            "MERGED",
                                            merged,
                                            Arbiter.BY_STRATEGY));
                        },
                        some -> {
                            crossing.settle(rows, key);
                            tally.add(Tally.Of.CONFLICT);
                            tally.updated(crossing.to(), 1);
                        });
        for (Refused one : refused) {
            transfer.refused(one);
        }
    }
}
