package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.sql.SyncConflicts.Type;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Arbiter.Claim;
import io.bactrian.sync.Kinship.Child;
import io.bactrian.sync.Savepoints.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that cannot come because another holds its unique value. If that one is to change too, all
 * of the knot are taken out and put in again; if not, it is a conflict between two rows.
 */
final class Clash {
    private static final int LARGEST_KNOT = 5000;

    private final Arbiter arbiter;
    private final Kinship kinship;
    private final Crossing crossing;
    private final SyncRows rows;
    private final Tally tally;
    private final Agenda agenda;

    Clash(
            Arbiter arbiter,
            Kinship kinship,
            Crossing crossing,
            SyncRows rows,
            Tally tally,
            Agenda agenda) {
        this.arbiter = arbiter;
        this.kinship = kinship;
        this.crossing = crossing;
        this.rows = rows;
        this.tally = tally;
        this.agenda = agenda;
    }

    /**
     * @param key a row that the side that is written refused for a unique value
     * @param message what it said
     */
    void settle(KeyState key, String message) throws SQLException {
        Map<String, KeyState> knot = new LinkedHashMap<>();
        Deque<KeyState> open = new ArrayDeque<>(List.of(key));
        knot.put(key.stored(), key);
        while (!open.isEmpty()) {
            KeyState next = open.remove();
            Collection<String> rivals =
                    rows.rivals(crossing.there(), crossing.here(), next.there());
            for (KeyState rival : Looks.at(crossing, rows, rivals)) {
                if (knot.containsKey(rival.stored())) {
                    continue;
                }
                Verdict verdict = Dispute.verdict(arbiter, crossing, rows, rival);
                if (verdict == Verdict.BUSY || verdict == Verdict.CONFLICT) {
                    // it is decided about in its own turn first
                    tally.add(Tally.Of.DEFERRED);
                    return;
                }
                if (verdict == Verdict.PARKED) {
                    tally.add(Tally.Of.WAITING);
                    return;
                }
                if (verdict != Verdict.TAKE) {
                    if (next == key) {
                        between(key, rival, message);
                    } else {
                        // the clash is that row's, which comes in its own turn
                        tally.add(Tally.Of.WAITING);
                    }
                    return;
                }
                knot.put(rival.stored(), rival);
                if (rival.there() != null) {
                    open.add(rival);
                }
            }
        }
        if (knot.size() > LARGEST_KNOT) {
            refuse(key, message);
            return;
        }
        // of one alone its rival went with another knot, or cannot be seen: a unique key on an
        // expression, which refuses it again
        untie(List.copyOf(knot.values()), key, message);
    }

    private Optional<Dispute> dispute(KeyState key) throws SQLException {
        return Dispute.about(arbiter, crossing, rows, key);
    }

    private void refuse(KeyState key, String message) {
        crossing.refuse(rows, key, message);
        tally.add(Tally.Of.ERROR);
    }

    /**
     * What hangs on rows that go, where a parent's key was changed: the children cannot be moved
     * before the new row is there, and that cannot come before the old one is gone. Empty if one of
     * them has to go or to be decided about first.
     */
    private Optional<List<Member>> followers(List<String> going) throws SQLException {
        List<Member> followers = new ArrayList<>();
        for (List<Child> some : kinship.children(crossing.here(), rows, going).values()) {
            for (Child child : some) {
                for (KeyState key : Looks.at(crossing, child.rows(), List.of(child.id()))) {
                    if (key.there() == null
                            || Dispute.verdict(arbiter, crossing, child.rows(), key) != Verdict.TAKE
                            || followers.size() == LARGEST_KNOT) {
                        return Optional.empty();
                    }
                    followers.add(new Member(child.rows(), key));
                }
            }
        }
        return Optional.of(followers);
    }

    private void untie(List<KeyState> knot, KeyState key, String message) throws SQLException {
        List<String> going =
                knot.stream().filter(k -> k.there() == null).map(KeyState::here).toList();
        List<String> out = knot.stream().map(KeyState::here).filter(h -> h != null).toList();
        List<String> in = knot.stream().map(KeyState::there).filter(t -> t != null).toList();
        Optional<List<Member>> followers = followers(going);
        if (followers.isEmpty()) {
            tally.add(Tally.Of.WAITING);
            return;
        }
        if (kinship.isReferredToByOthers(rows)
                && !kinship.children(crossing.here(), rows, out).isEmpty()) {
            refuse(key, message + "; rows of another table refer to the unique value");
            return;
        }
        List<Dispute> disputes = new ArrayList<>();
        for (KeyState member : knot) {
            dispute(member).ifPresent(disputes::add);
        }
        for (Member follower : followers.get()) {
            Dispute.about(arbiter, crossing, follower.rows(), follower.key())
                    .ifPresent(disputes::add);
        }
        List<Refused> refused =
                new Savepoints(crossing.here())
                        .each(
                                List.of(key),
                                one -> {
                                    rows.takeOut(crossing.here(), out);
                                    rows.insert(crossing.there(), crossing.here(), in);
                                    for (Member follower : followers.get()) {
                                        follower.rows()
                                                .update(
                                                        crossing.there(),
                                                        crossing.here(),
                                                        List.of(follower.key().there()));
                                    }
                                    for (Dispute dispute : disputes) {
                                        dispute.taken();
                                    }
                                },
                                one -> {
                                    for (KeyState member : knot) {
                                        crossing.settle(rows, member);
                                        tally.written(crossing.to(), member);
                                    }
                                    for (Member follower : followers.get()) {
                                        crossing.settle(follower.rows(), follower.key());
                                        tally.updated(crossing.to(), 1);
                                    }
                                    disputes.forEach(d -> tally.add(Tally.Of.CONFLICT));
                                });
        for (Refused one : refused) {
            if (one.reason() == Savepoints.Reason.LOCKED) {
                tally.add(Tally.Of.DEFERRED);
            } else if (one.reason() == Savepoints.Reason.NO_PARENT || !followers.get().isEmpty()) {
                tally.add(Tally.Of.WAITING);
            } else {
                refuse(key, one.message());
            }
        }
    }

    /** A real clash: {@code key} of the other side wants a value that {@code rival} holds here. */
    private void between(KeyState key, KeyState rival, String message) throws SQLException {
        if (rival.hereLog().isEmpty()) {
            refuse(key, message + "; both sides have agreed about the row that holds it");
            return;
        }
        Side to = crossing.to();
        Image mine = crossing.image(rows, to, rival);
        Image other = crossing.image(rows, to.other(), key);
        Claim here = new Claim(rows, mine, rival.hereLog());
        Claim there = new Claim(rows, other, key.thereLog());
        Strategy strategy = arbiter.strategy(rows);
        Optional<Side> winner =
                arbiter.winner(
                        strategy, to == Side.LOCAL ? here : there, to == Side.LOCAL ? there : here);
        boolean hung =
                winner.isPresent()
                        && (winner.get() == to
                                ? hasChildren(crossing.there(), key.there())
                                : hasChildren(crossing.here(), rival.here()));
        if (winner.isEmpty() || hung) {
            park(key.stored(), rival.stored(), hung ? strategy : Strategy.MANUAL);
        } else if (winner.get() == to) {
            evictThere(key.stored(), mine, strategy, to);
        } else {
            evictHere(key, rival, mine, other, strategy);
        }
    }

    private boolean hasChildren(Connection session, String id) throws SQLException {
        return !kinship.children(session, rows, List.of(id)).isEmpty();
    }

    private void evictHere(KeyState key, KeyState rival, Image mine, Image other, Strategy strategy)
            throws SQLException {
        Optional<Dispute> dispute = dispute(key);
        List<Refused> refused =
                new Savepoints(crossing.here())
                        .each(
                                List.of(key),
                                one -> {
                                    leave(crossing, rival, mine, other, strategy);
                                    if (key.here() == null) {
                                        rows.insert(
                                                crossing.there(),
                                                crossing.here(),
                                                List.of(key.there()));
                                    } else {
                                        rows.update(
                                                crossing.there(),
                                                crossing.here(),
                                                List.of(key.there()));
                                    }
                                    if (dispute.isPresent()) {
                                        dispute.get().taken();
                                    }
                                },
                                one -> {
                                    crossing.settle(rows, rival);
                                    crossing.settle(rows, key);
                                    tally.deleted(crossing.to(), 1);
                                    tally.written(crossing.to(), key);
                                    tally.add(Tally.Of.CONFLICT);
                                });
        if (!refused.isEmpty()) {
            // another value of the row clashes too
            tally.add(Tally.Of.DEFERRED);
        }
    }

    /** The loser leaves its table, and is whole in the conflict. */
    private void leave(Crossing at, KeyState loser, Image losing, Image winning, Strategy strategy)
            throws SQLException {
        Optional<Dispute> dispute = Dispute.about(arbiter, at, rows, loser);
        if (dispute.isPresent()) {
            // the other side's row will be gone too
            dispute.get().record(at.to(), losing);
        }
        rows.delete(at.here(), List.of(loser.here()));
        boolean local = at.to() == Side.LOCAL;
        at.conflict(
                Arbiter.record(
                        rows,
                        loser.here(),
                        Type.UNIQUE_KEY,
                        at.base(loser),
                        local ? losing : winning,
                        local ? winning : losing,
                        strategy,
                        at.to().other().name(),
                        winning));
        if (loser.there() != null) {
            at.log(rows, loser.here(), Operation.DELETE, losing, Image.NONE);
        }
    }

    private void evictThere(String id, Image winning, Strategy strategy, Side winner) {
        if (!arbiter.writes(winner.other())) {
            tally.add(Tally.Of.HELD);
            return;
        }
        agenda.add(
                winner.other(),
                at -> {
                    for (KeyState loser : Looks.at(at, rows, List.of(id))) {
                        if (loser.busy() || loser.here() == null || loser.hereLog().isEmpty()) {
                            tally.add(Tally.Of.DEFERRED);
                            return;
                        }
                        Image losing = at.image(rows, at.to(), loser);
                        List<Refused> refused =
                                new Savepoints(at.here())
                                        .each(
                                                List.of(loser),
                                                one -> leave(at, loser, losing, winning, strategy),
                                                one -> {
                                                    at.settle(rows, loser);
                                                    tally.deleted(at.to(), 1);
                                                    tally.add(Tally.Of.CONFLICT);
                                                });
                        for (Refused one : refused) {
                            if (one.reason() != Savepoints.Reason.HAS_CHILDREN) {
                                throw one.cause();
                            }
                            // a table outside of sync refers to it
                            tally.add(Tally.Of.WAITING);
                        }
                    }
                });
    }

    /** Both wait; the conflict tells of the one that came second. */
    private void park(String key, String rival, Strategy strategy) {
        if (!arbiter.writes(Side.REMOTE)) {
            tally.add(Tally.Of.HELD);
            return;
        }
        agenda.add(
                Side.REMOTE,
                at -> {
                    List<KeyState> both = new ArrayList<>();
                    for (String id : List.of(key, rival)) {
                        both.addAll(Looks.at(at, rows, List.of(id)));
                    }
                    if (both.size() < 2
                            || both.stream().anyMatch(KeyState::busy)
                            || both.stream().anyMatch(KeyState::isParked)) {
                        tally.add(Tally.Of.DEFERRED);
                        return;
                    }
                    KeyState local = both.get(both.get(0).there() != null ? 0 : 1);
                    KeyState remote = both.get(local == both.get(0) ? 1 : 0);
                    at.conflict(
                            Arbiter.record(
                                    rows,
                                    local.stored(),
                                    Type.UNIQUE_KEY,
                                    at.base(local),
                                    at.image(rows, Side.LOCAL, local),
                                    at.image(rows, Side.REMOTE, remote),
                                    strategy,
                                    null,
                                    Image.NONE));
                    both.forEach(k -> at.park(rows, k));
                    tally.add(Tally.Of.CONFLICT);
                    tally.add(Tally.Of.PARKED);
                });
    }
}
