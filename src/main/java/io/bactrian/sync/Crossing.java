package io.bactrian.sync;

import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncConflicts.NewConflict;
import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncLog.NewChange;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sql.Tokens;
import io.bactrian.sql.Tokens.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One transaction on the side that is written, and what the other side's log owes to it: told by a
 * token in the same transaction, and carried out when that is committed.
 */
final class Crossing {
    private static final String SYNCED = "SYNCED";
    private static final String CONFLICT = "CONFLICT";
    private static final String ERROR = "ERROR";
    private static final String PENDING = "PENDING";

    /** What becomes of rows of a log, and why. */
    private record Fate(String table, String status, String error) {}

    private final Side to;
    private final Connection here;
    private final Connection there;
    private final String round;
    private final Touched touched;
    private final Receipts receipts;
    private final Set<String> settled = new HashSet<>();
    private final Map<Fate, List<Long>> hereMarks = new LinkedHashMap<>();
    private final Map<Fate, List<Long>> thereMarks = new LinkedHashMap<>();
    private String name;
    private List<Mark> owed;

    Crossing(
            Side to,
            Connection here,
            Connection there,
            String round,
            Touched touched,
            Receipts receipts)
            throws SQLException {
        this.to = to;
        this.here = here;
        this.there = there;
        this.round = round;
        this.touched = touched;
        this.receipts = receipts;
        here.setAutoCommit(false);
    }

    Side to() {
        return to;
    }

    /** The session that is written. */
    Connection here() {
        return here;
    }

    /** A session of the other side. */
    Connection there() {
        return there;
    }

    String round() {
        return round;
    }

    /** Whether this transaction has dealt with the row already, as one of a knot. */
    boolean hasSettled(SyncRows rows, KeyState key) {
        return settled.contains(name(rows, key));
    }

    private static String name(SyncRows rows, KeyState key) {
        return rows.table().name() + " " + key.stored();
    }

    /** Both sides agree about the row. */
    void settle(SyncRows rows, KeyState key) {
        settled.add(name(rows, key));
        mark(new Fate(rows.table().name(), SYNCED, null), key);
    }

    /** The row waits for a decision. */
    void park(SyncRows rows, KeyState key) {
        mark(new Fate(rows.table().name(), CONFLICT, null), key);
    }

    /** The row waits no longer: the next round is to look at it. */
    void unpark(SyncRows rows, KeyState key) {
        mark(new Fate(rows.table().name(), PENDING, null), key);
    }

    /** The row cannot be carried over; only its own side's log tells why. */
    void refuse(SyncRows rows, KeyState key, String reason) {
        add(thereMarks, new Fate(rows.table().name(), ERROR, reason), key.thereLog());
    }

    private void mark(Fate fate, KeyState key) {
        add(hereMarks, fate, key.hereLog());
        add(thereMarks, fate, key.thereLog());
    }

    private static void add(Map<Fate, List<Long>> marks, Fate fate, List<Entry> log) {
        if (!log.isEmpty()) {
            marks.computeIfAbsent(fate, f -> new ArrayList<>())
                    .addAll(log.stream().map(Entry::id).toList());
        }
    }

    /** The row as it is on one side. */
    Image image(SyncRows rows, Side side, KeyState key) throws SQLException {
        String stored = side == to ? key.here() : key.there();
        return stored == null
                ? Image.NONE
                : new Image(rows.image(side == to ? here : there, stored));
    }

    /** The row as both sides last had it, if the logs know. */
    Image base(KeyState key) throws SQLException {
        Image mine = base(here, key.hereLog());
        return mine.exists() ? mine : base(there, key.thereLog());
    }

    /** The row before the first change of one side that is not agreed about. */
    Image base(Side side, KeyState key) throws SQLException {
        return side == to ? base(here, key.hereLog()) : base(there, key.thereLog());
    }

    private static Image base(Connection session, List<Entry> log) throws SQLException {
        return log.isEmpty() || !log.get(0).hasBase()
                ? Image.NONE
                : new Image(SyncLog.base(session, log.get(0).id()));
    }

    void conflict(NewConflict conflict) throws SQLException {
        conflicts(List.of(conflict));
    }

    void conflicts(List<NewConflict> conflicts) throws SQLException {
        SyncConflicts.add(here, conflicts);
    }

    /** What this transaction did to a row, and the other side is to get too. */
    record Logged(String record, Operation operation, Image before, Image after) {
        private NewChange change(SyncRows rows) {
            Long version = after.exists() ? after.version(rows) : before.version(rows);
            return new NewChange(record, operation, version, before.json(), after.json());
        }
    }

    /** Logs what this transaction wrote, as an application's change would be. */
    void log(SyncRows rows, String record, Operation operation, Image before, Image after)
            throws SQLException {
        log(rows, List.of(new Logged(record, operation, before, after)));
    }

    void log(SyncRows rows, List<Logged> changes) throws SQLException {
        SyncLog.add(
                here,
                rows.table().name(),
                round,
                changes.stream().map(c -> c.change(rows)).toList());
    }

    /**
     * Commits; what the other side's log owes stays in the token.
     *
     * @param token number of the transaction within the round
     */
    void commit(long token) throws SQLException {
        name = round + "/" + token;
        owed = marks(thereMarks);
        Tokens.carryOut(here, name, marks(hereMarks));
        Tokens.leave(here, name, owed);
        receipts.drop(to, here, here::commit);
        touched(to, hereMarks);
        touched(to.other(), thereMarks);
    }

    /** Has the other side's log say what was committed; then the token is of no use any more. */
    void acknowledge() throws SQLException {
        here.setAutoCommit(true);
        if (!owed.isEmpty()) {
            Tokens.carryOut(there, name, owed);
            if (owed.stream().allMatch(m -> m.status().equals(SYNCED))) {
                receipts.add(to, name);
            } else {
                Tokens.drop(here, List.of(name));
            }
        }
    }

    private void touched(Side side, Map<Fate, List<Long>> fates) {
        fates.forEach((fate, ids) -> touched.add(side, fate.table(), ids));
    }

    private static List<Mark> marks(Map<Fate, List<Long>> fates) {
        List<Mark> marks = new ArrayList<>();
        fates.forEach((fate, ids) -> marks.add(new Mark(fate.status(), fate.error(), ids)));
        return marks;
    }
}
