package io.bactrian.sync;

import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Kinship.Child;
import io.bactrian.sync.Savepoints.Refused;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that refer to each other all around: none of them can come before the others, and none can
 * go before them, so they do it in one step. That step is made without the server's look at foreign
 * keys, since all that it would look at is part of it or locked.
 */
final class Circle {
    private static final int LARGEST = 5000;

    private final Arbiter arbiter;
    private final Kinship kinship;
    private final Crossing crossing;
    private final Tally tally;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Deque<Member> open = new ArrayDeque<>();

    Circle(Arbiter arbiter, Kinship kinship, Crossing crossing, Tally tally) {
        this.arbiter = arbiter;
        this.kinship = kinship;
        this.crossing = crossing;
        this.tally = tally;
    }

    /** Brings a row with those of its parents that are not there, or leaves all of them waiting. */
    void come(SyncRows rows, KeyState key) throws SQLException {
        add(new Member(rows, key));
        while (!open.isEmpty()) {
            Member next = open.remove();
            String there = next.key().there();
            for (Kin kin : kinship.parents(next.rows())) {
                SyncRows parents = kinship.parentRows(kin);
                for (List<String> ids : kin.parents(crossing.there(), List.of(there)).values()) {
                    for (KeyState parent : Looks.at(crossing, parents, ids)) {
                        boolean comes = parent.here() == null && parent.there() != null;
                        if (parent.busy()
                                || parent.here() == null && !(comes && joins(parents, parent))) {
                            tally.add(Tally.Of.WAITING);
                            return;
                        }
                    }
                }
            }
        }
        together(key);
    }

    /**
     * Writes one row whose parents may have come with others meanwhile. Returns whether the server
     * still misses one.
     */
    boolean lacksParent(SyncRows rows, KeyState key) throws SQLException {
        add(new Member(rows, key));
        List<Refused> refused = write(key, all -> writeAll());
        boolean lacks = refused.stream().anyMatch(r -> r.reason() == Savepoints.Reason.NO_PARENT);
        if (!lacks) {
            refused.forEach(one -> tally.add(Tally.Of.WAITING));
        }
        return lacks;
    }

    /** Deletes a row with all that hangs on it, or leaves all of them waiting. */
    void go(SyncRows rows, KeyState key) throws SQLException {
        add(new Member(rows, key));
        while (!open.isEmpty()) {
            Member next = open.remove();
            String here = next.key().here();
            for (List<Child> some :
                    kinship.children(crossing.here(), next.rows(), List.of(here)).values()) {
                for (Child child : some) {
                    for (KeyState state : Looks.at(crossing, child.rows(), List.of(child.id()))) {
                        if (state.here() == null
                                || state.there() != null
                                || !joins(child.rows(), state)) {
                            tally.add(Tally.Of.WAITING);
                            return;
                        }
                    }
                }
            }
        }
        together(key);
    }

    private boolean joins(SyncRows rows, KeyState key) throws SQLException {
        Member member = new Member(rows, key);
        if (members.containsKey(member.name())) {
            return true;
        }
        if (Dispute.verdict(arbiter, crossing, rows, key) != Verdict.TAKE
                || members.size() == LARGEST) {
            return false;
        }
        add(member);
        return true;
    }

    private void add(Member member) {
        members.put(member.name(), member);
        open.add(member);
    }

    private void together(KeyState key) throws SQLException {
        write(key, all -> SyncRows.unchecked(crossing.here(), this::writeAll))
                .forEach(one -> tally.add(Tally.Of.WAITING));
    }

    private List<Refused> write(KeyState key, Savepoints.Write how) throws SQLException {
        List<Dispute> disputes = new ArrayList<>();
        for (Member member : members.values()) {
            Dispute.about(arbiter, crossing, member.rows(), member.key()).ifPresent(disputes::add);
        }
        return new Savepoints(crossing.here())
                .each(
                        List.of(key),
                        one -> {
                            how.run(one);
                            for (Dispute dispute : disputes) {
                                dispute.taken();
                            }
                        },
                        one -> {
                            for (Member member : members.values()) {
                                crossing.settle(member.rows(), member.key());
                                tally.written(crossing.to(), member.key());
                            }
                            disputes.forEach(d -> tally.add(Tally.Of.CONFLICT));
                        });
    }

    private void writeAll() throws SQLException {
        for (Member member : members.values()) {
            SyncRows rows = member.rows();
            KeyState key = member.key();
            if (key.there() == null) {
                rows.delete(crossing.here(), List.of(key.here()));
            } else if (key.here() == null) {
                rows.insert(crossing.there(), crossing.here(), List.of(key.there()));
            } else {
                rows.update(crossing.there(), crossing.here(), List.of(key.there()));
            }
        }
    }
}
