package io.bactrian.sync;

import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Savepoints.Refused;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries changed rows of one table to one side, in one transaction there. What is carried is the
 * row as it is on the side that changed it, not what the log saw of it.
 */
final class Transfer {
    private final Arbiter arbiter;
    private final Kinship kinship;
    private final Crossing crossing;
    private final SyncRows rows;
    private final Phase phase;
    private final Tally tally;
    private final Agenda agenda;
    private final Savepoints savepoints;
    private final Set<String> swapped = new LinkedHashSet<>();

    Transfer(
            Arbiter arbiter,
            Kinship kinship,
            Crossing crossing,
            SyncRows rows,
            Phase phase,
            Tally tally,
            Agenda agenda) {
        this.arbiter = arbiter;
        this.kinship = kinship;
        this.crossing = crossing;
        this.rows = rows;
        this.phase = phase;
        this.tally = tally;
        this.agenda = agenda;
        this.savepoints = new Savepoints(crossing.here());
    }

    /** Does what can be done on this side. Returns the rows of which the other is to be written. */
    Set<String> run(Collection<String> records) throws SQLException {
        List<KeyState> inserts = new ArrayList<>();
        List<KeyState> updates = new ArrayList<>();
        List<KeyState> deletes = new ArrayList<>();
        List<KeyState> conflicts = new ArrayList<>();
        for (List<KeyState> some : some(Looks.at(crossing, rows, records))) {
            Images images = Images.of(crossing, rows, some);
            for (KeyState key : some) {
                switch (Verdict.of(images, key)) {
                    case NOTHING -> crossing.settle(rows, key);
                    case BUSY -> tally.add(Tally.Of.DEFERRED);
                    case PARKED -> {
                        crossing.park(rows, key);
                        tally.add(Tally.Of.PARKED);
                    }
                    case GIVE -> give(key);
                    case TAKE -> {
                        if (fits(key.there())) {
                            (key.there() == null ? deletes : key.here() == null ? inserts : updates)
                                    .add(key);
                        }
                    }
                    case CONFLICT -> conflicts.add(key);
                }
            }
        }
        upsert(inserts, updates);
        delete(deletes);
        for (List<KeyState> some : some(conflicts)) {
            conflicts(some);
        }
        return swapped;
    }

    /** So many at a time as their images are asked for. */
    private static List<List<KeyState>> some(List<KeyState> keys) {
        List<List<KeyState>> some = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += Images.AT_ONCE) {
            some.add(keys.subList(from, Math.min(keys.size(), from + Images.AT_ONCE)));
        }
        return some;
    }

    /** Rows come in one phase and go in another. */
    private boolean fits(String winning) {
        return phase.deletes() == (winning == null);
    }

    private void give(KeyState key) {
        if (!arbiter.writes(crossing.to().other())) {
            tally.add(Tally.Of.HELD);
        } else if (fits(key.here())) {
            swapped.add(key.id());
        }
    }

    private void upsert(List<KeyState> inserts, List<KeyState> updates) throws SQLException {
        List<Refused> refused =
                savepoints.each(
                        updates,
                        some -> rows.update(crossing.there(), crossing.here(), there(some)),
                        some -> {
                            some.forEach(k -> crossing.settle(rows, k));
                            tally.updated(crossing.to(), some.size());
                        });
        refused.addAll(
                savepoints.each(
                        inserts,
                        some -> rows.insert(crossing.there(), crossing.here(), there(some)),
                        some -> {
                            some.forEach(k -> crossing.settle(rows, k));
                            tally.inserted(crossing.to(), some.size());
                        }));
        for (Refused one : refused) {
            refused(one);
        }
    }

    private static List<String> there(List<KeyState> keys) {
        return keys.stream().map(KeyState::there).toList();
    }

    private void refused(Refused one) throws SQLException {
        if (crossing.hasSettled(rows, one.key())) {
            // in one go with another that clashed
            return;
        }
        switch (one.reason()) {
            case LOCKED -> tally.add(Tally.Of.DEFERRED);
            case OTHER -> {
                crossing.refuse(rows, one.key(), one.message());
                tally.add(Tally.Of.ERROR);
            }
            case UNIQUE -> {
                if (phase.isRetry()) {
                    new Clash(arbiter, kinship, crossing, rows, tally, agenda)
                            .settle(one.key(), one.message());
                } else {
                    tally.add(Tally.Of.WAITING);
                }
            }
            case NO_PARENT -> {
                if (phase.isRetry()) {
                    hanging().withoutParent(rows, one.key(), one.message());
                } else {
                    tally.add(Tally.Of.WAITING);
                }
            }
            case HAS_CHILDREN -> tally.add(Tally.Of.WAITING);
        }
    }

    private Hanging hanging() {
        return new Hanging(arbiter, kinship, crossing, tally, agenda);
    }

    private void delete(List<KeyState> keys) throws SQLException {
        Map<String, KeyState> free = new LinkedHashMap<>();
        keys.forEach(k -> free.put(k.here(), k));
        Map<String, List<Kinship.Child>> children =
                kinship.children(crossing.here(), rows, List.copyOf(free.keySet()));
        boolean less = true;
        while (less) {
            // a row goes if all that hangs on it goes
            less =
                    free.keySet()
                            .removeIf(
                                    id ->
                                            children.getOrDefault(id, List.of()).stream()
                                                    .anyMatch(
                                                            c ->
                                                                    c.rows() != rows
                                                                            || !free.containsKey(
                                                                                    c.id())));
        }
        List<Refused> refused =
                savepoints.each(
                        List.copyOf(free.values()),
                        some ->
                                rows.delete(
                                        crossing.here(),
                                        some.stream().map(KeyState::here).toList()),
                        some -> {
                            some.forEach(k -> crossing.settle(rows, k));
                            tally.deleted(crossing.to(), some.size());
                        });
        for (Refused one : refused) {
            refused(one);
        }
        for (KeyState key : keys) {
            if (!free.containsKey(key.here())) {
                if (phase.isRetry()) {
                    hanging().withChildren(rows, key, children.get(key.here()));
                } else {
                    tally.add(Tally.Of.WAITING);
                }
            }
        }
    }

    private void conflicts(List<KeyState> keys) throws SQLException {
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
                give(key);
            } else if (fits(key.there())) {
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
            for (KeyState key : disputes.keySet()) {
                if (arbiter.writes(Side.REMOTE)) {
                    swapped.add(key.id());
                } else {
                    tally.add(Tally.Of.HELD);
                }
            }
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
            KeyState key = one.key();
            if (one.reason() == Savepoints.Reason.HAS_CHILDREN
                    && phase.isRetry()
                    && !crossing.hasSettled(rows, key)) {
                hanging()
                        .withChildren(
                                rows,
                                key,
                                kinship.children(crossing.here(), rows, List.of(key.here()))
                                        .get(key.here()));
            } else {
                refused(one);
            }
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
                there(coming.stream().filter(k -> k.here() == null).toList()));
        rows.update(
                crossing.there(),
                crossing.here(),
                there(coming.stream().filter(k -> k.here() != null).toList()));
    }

    /** The remote row gets some other columns; both rows are kept. */
    private void merge(KeyState key, Dispute dispute, Merge merge) throws SQLException {
        if (crossing.to() == Side.LOCAL) {
            give(key);
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
            refused(one);
        }
    }
}
