package io.bactrian.sync;

import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Kinship.Child;
import io.bactrian.sync.Savepoints.Refused;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        Conflicted conflicted = new Conflicted(this, arbiter, kinship, crossing, rows, tally);
        for (List<KeyState> some : some(conflicts)) {
            conflicted.settle(some);
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
    boolean fits(String winning) {
        return phase.deletes() == (winning == null);
    }

    /** Leaves a row to the transaction that writes the other side, if this is its phase. */
    void give(KeyState key) {
        if (fits(key.here()) || !mayGive()) {
            swap(key);
        }
    }

    /** The same in any phase. */
    void swap(KeyState key) {
        if (mayGive()) {
            swapped.add(key.id());
        } else {
            tally.add(Tally.Of.HELD);
        }
    }

    private boolean mayGive() {
        return arbiter.writes(crossing.to().other());
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

    static List<String> there(List<KeyState> keys) {
        return keys.stream().map(KeyState::there).toList();
    }

    /** Says what becomes of a row that the server did not take. */
    void refused(Refused one) throws SQLException {
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
            case HAS_CHILDREN -> {
                List<Child> children = phase.isRetry() ? children(one.key()) : List.of();
                if (children.isEmpty()) {
                    tally.add(Tally.Of.WAITING);
                } else {
                    hanging().withChildren(rows, one.key(), children);
                }
            }
        }
    }

    /**
     * What hangs on a row that goes, as far as it syncs; the rest, or what refers to a value that
     * changes, keeps the row as it is until it is gone.
     */
    private List<Child> children(KeyState key) throws SQLException {
        return key.there() != null
                ? List.of()
                : kinship.children(crossing.here(), rows, List.of(key.here()))
                        .getOrDefault(key.here(), List.of());
    }

    private Hanging hanging() {
        return new Hanging(arbiter, kinship, crossing, tally, agenda);
    }

    private void delete(List<KeyState> keys) throws SQLException {
        Map<String, KeyState> free = new LinkedHashMap<>();
        keys.forEach(k -> free.put(k.here(), k));
        Map<String, List<Child>> children =
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
}
