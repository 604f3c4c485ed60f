package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncConflicts.Type;
import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Arbiter.Claim;
import io.bactrian.sync.Kinship.Child;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that cannot come without a parent, and rows that cannot go since others hang on them. No row
 * is taken along by its parent's end that its own side changed.
 */
final class Hanging {
    private final Arbiter arbiter;
    private final Kinship kinship;
    private final Crossing crossing;
    private final Tally tally;
    private final Agenda agenda;

    Hanging(Arbiter arbiter, Kinship kinship, Crossing crossing, Tally tally, Agenda agenda) {
        this.arbiter = arbiter;
        this.kinship = kinship;
        this.crossing = crossing;
        this.tally = tally;
        this.agenda = agenda;
    }

    /** A row whose parent is not there, though all tables had their turn. */
    void withoutParent(SyncRows rows, KeyState key, String message) throws SQLException {
        boolean missing = false;
        for (Kin kin : kinship.parents(rows)) {
            SyncRows parents = kinship.parentRows(kin);
            for (List<String> ids : kin.parents(crossing.there(), List.of(key.there())).values()) {
                for (KeyState parent : Looks.at(crossing, parents, ids)) {
                    if (parent.here() != null) {
                        continue;
                    }
                    missing = true;
                    if (parent.isSettled()) {
                        crossing.refuse(
                                rows,
                                key,
                                message + "; its parent " + parent.id() + " does not sync");
                        tally.add(Tally.Of.ERROR);
                        return;
                    }
                }
            }
        }
        if (missing) {
            // if it is parked, or deleted here, its own turn decides
            circle().come(rows, key);
        } else if (circle().lacksParent(rows, key)) {
            parkOrphan(rows, key.stored());
        }
    }

    private Circle circle() {
        return new Circle(arbiter, kinship, crossing, tally);
    }

    /** Neither side has a parent for it. */
    private void parkOrphan(SyncRows rows, String id) {
        if (!arbiter.writes(Side.REMOTE)) {
            tally.add(Tally.Of.HELD);
            return;
        }
        agenda.add(
                Side.REMOTE,
                at -> {
                    for (KeyState key : Looks.at(at, rows, List.of(id))) {
                        if (key.busy() || key.isSettled() || key.isParked()) {
                            tally.add(Tally.Of.DEFERRED);
                            return;
                        }
                        wait(at, rows, key, arbiter.strategy(rows));
                        at.park(rows, key);
                    }
                });
    }

    private void wait(Crossing at, SyncRows rows, KeyState key, Strategy strategy)
            throws SQLException {
        at.conflict(
                Arbiter.record(
                        rows,
                        key.stored(),
                        Type.FOREIGN_KEY,
                        at.base(key),
                        at.image(rows, Side.LOCAL, key),
                        at.image(rows, Side.REMOTE, key),
                        strategy,
                        null,
                        Image.NONE));
        tally.add(Tally.Of.CONFLICT);
        tally.add(Tally.Of.PARKED);
    }

    /** A row that the other side deleted, and the rows that hang on it here. */
    void withChildren(SyncRows rows, KeyState key, List<Child> children) throws SQLException {
        List<Child> losers = new ArrayList<>();
        Child keeper = null;
        boolean others = false;
        for (Child child : children) {
            for (KeyState state : Looks.at(crossing, child.rows(), List.of(child.id()))) {
                if (state.here() == null) {
                    // it went meanwhile: the next pass looks again
                    tally.add(Tally.Of.DEFERRED);
                    return;
                }
                if (state.hereLog().stream().anyMatch(Entry::isParked)) {
                    tally.add(Tally.Of.WAITING);
                    return;
                }
                if (state.hereLog().isEmpty()) {
                    if (!state.thereLog().isEmpty()) {
                        others = true;
                        continue;
                    }
                    crossing.refuse(
                            rows,
                            key,
                            "row "
                                    + child.id()
                                    + " of "
                                    + child.rows().table().name()
                                    + " hangs on it, which the other side did not delete");
                    tally.add(Tally.Of.ERROR);
                    return;
                }
                Optional<Side> winner = winner(rows, key, child.rows(), state);
                if (winner.isEmpty()) {
                    parkBoth(rows, key.stored(), child);
                    return;
                }
                keeper = winner.get() == crossing.to() ? child : keeper;
                losers.add(child);
            }
        }
        if (keeper != null) {
            if (isTaken(rows, key.here(), new HashSet<>())) {
                parkBoth(rows, key.stored(), keeper);
            } else {
                comeBack(rows, key.stored());
            }
            return;
        }
        if (others && losers.isEmpty()) {
            circle().go(rows, key);
            return;
        }
        Set<String> left = new LinkedHashSet<>();
        for (Child child : losers) {
            leave(child, left);
        }
        if (others) {
            tally.add(Tally.Of.WAITING);
            return;
        }
        Optional<Dispute> dispute = Dispute.about(arbiter, crossing, rows, key);
        rows.delete(crossing.here(), List.of(key.here()));
        if (dispute.isPresent()) {
            dispute.get().taken();
            tally.add(Tally.Of.CONFLICT);
        }
        crossing.settle(rows, key);
        tally.deleted(crossing.to(), 1);
    }

    private Optional<Side> winner(
            SyncRows parents, KeyState parent, SyncRows children, KeyState child)
            throws SQLException {
        Side to = crossing.to();
        Claim delete = new Claim(parents, Image.NONE, parent.thereLog());
        Claim row = new Claim(children, crossing.image(children, to, child), child.hereLog());
        return arbiter.winner(
                arbiter.strategy(children),
                to == Side.LOCAL ? row : delete,
                to == Side.LOCAL ? delete : row);
    }

    private void parkBoth(SyncRows parents, String parent, Child child) {
        if (!arbiter.writes(Side.REMOTE)) {
            tally.add(Tally.Of.HELD);
            return;
        }
        agenda.add(
                Side.REMOTE,
                at -> {
                    List<KeyState> both =
                            new ArrayList<>(Looks.at(at, child.rows(), List.of(child.id())));
                    both.addAll(Looks.at(at, parents, List.of(parent)));
                    if (both.size() < 2
                            || both.stream()
                                    .anyMatch(k -> k.busy() || k.isSettled() || k.isParked())) {
                        tally.add(Tally.Of.DEFERRED);
                        return;
                    }
                    wait(at, child.rows(), both.get(0), Strategy.MANUAL);
                    at.park(child.rows(), both.get(0));
                    at.park(parents, both.get(1));
                });
    }

    /** A row leaves with its parent, and all that hangs on it; each is kept whole. */
    private void leave(Child child, Set<String> left) throws SQLException {
        if (!left.add(child.rows().table().name() + " " + child.id())) {
            return;
        }
        Map<String, List<Child>> next =
                kinship.children(crossing.here(), child.rows(), List.of(child.id()));
        for (List<Child> some : next.values()) {
            for (Child one : some) {
                leave(one, left);
            }
        }
        SyncRows rows = child.rows();
        for (KeyState key : Looks.at(crossing, rows, List.of(child.id()))) {
            Image mine = crossing.image(rows, crossing.to(), key);
            Image other = crossing.image(rows, crossing.to().other(), key);
            boolean local = crossing.to() == Side.LOCAL;
            crossing.conflict(
                    Arbiter.record(
                            rows,
                            key.stored(),
                            Type.FOREIGN_KEY,
                            crossing.base(key),
                            local ? mine : other,
                            local ? other : mine,
                            arbiter.strategy(rows),
                            crossing.to().other().name(),
                            Image.NONE));
            rows.delete(crossing.here(), List.of(key.here()));
            crossing.settle(rows, key);
            if (key.there() != null) {
                crossing.log(rows, key.here(), Operation.DELETE, mine, Image.NONE);
            }
            tally.deleted(crossing.to(), 1);
            tally.add(Tally.Of.CONFLICT);
        }
    }

    /** Whether another row holds a unique value of one that is to come back, or of its parents. */
    private boolean isTaken(SyncRows rows, String id, Set<String> asked) throws SQLException {
        if (!asked.add(rows.table().name() + " " + id)
                || !rows.seen(crossing.there(), List.of(id)).isEmpty()) {
            return false;
        }
        if (!rows.rivals(crossing.here(), crossing.there(), id).isEmpty()) {
            return true;
        }
        for (Kin kin : kinship.parents(rows)) {
            for (List<String> ids : kin.parents(crossing.here(), List.of(id)).values()) {
                for (String parent : ids) {
                    if (isTaken(kinship.parentRows(kin), parent, asked)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The child's side wins: the parent comes back where it was deleted. */
    private void comeBack(SyncRows rows, String id) {
        Side where = crossing.to().other();
        if (!arbiter.writes(where)) {
            tally.add(Tally.Of.HELD);
            return;
        }
        agenda.add(where, at -> putBack(at, rows, id));
    }

    /** Puts a row back where it was deleted, with its own parents. Whether it could be done. */
    boolean putBack(Crossing at, SyncRows rows, String id) throws SQLException {
        Map<String, Member> gone = new LinkedHashMap<>();
        if (!gather(at, rows, id, gone) || gone.isEmpty()) {
            tally.add(Tally.Of.DEFERRED);
            return false;
        }
        // all of them or none, and their parents are among them or locked
        SyncRows.unchecked(
                at.here(),
                () -> {
                    for (Member member : gone.values()) {
                        member.rows().insert(at.there(), at.here(), List.of(member.key().there()));
                    }
                });
        for (Member member : gone.values()) {
            KeyState key = member.key();
            Image row = at.image(member.rows(), at.to().other(), key);
            boolean local = at.to() == Side.LOCAL;
            at.conflict(
                    Arbiter.record(
                            member.rows(),
                            key.stored(),
                            Type.FOREIGN_KEY,
                            at.base(key),
                            local ? Image.NONE : row,
                            local ? row : Image.NONE,
                            arbiter.strategy(member.rows()),
                            at.to().other().name(),
                            row));
            at.settle(member.rows(), key);
            tally.inserted(at.to(), 1);
            tally.add(Tally.Of.CONFLICT);
        }
        return true;
    }

    /** Adds a row that is not here, and those of its parents that are not. */
    private boolean gather(Crossing at, SyncRows rows, String id, Map<String, Member> gone)
            throws SQLException {
        for (KeyState key : Looks.at(at, rows, List.of(id))) {
            Member member = new Member(rows, key);
            if (gone.containsKey(member.name()) || key.here() != null && !key.busy()) {
                continue;
            }
            if (key.busy() || key.there() == null) {
                return false;
            }
            gone.put(member.name(), member);
            for (Kin kin : kinship.parents(rows)) {
                for (List<String> ids : kin.parents(at.there(), List.of(key.there())).values()) {
                    for (String parent : ids) {
                        if (!gather(at, kinship.parentRows(kin), parent, gone)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }
}
