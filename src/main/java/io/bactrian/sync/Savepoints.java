package io.bactrian.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes many rows at once, and where the server refuses that, the halves of them, down to the rows
 * it does not take.
 */
final class Savepoints {
    static final int ROW_IS_REFERENCED = 1451;

    private static final Set<Integer> DUPLICATE = Set.of(1062, 1586, 1859);
    private static final Set<Integer> NO_PARENT = Set.of(1216, 1452);
    private static final Set<Integer> REFERENCED = Set.of(1217, ROW_IS_REFERENCED);
    private static final int LOCK_WAIT = 1205;

    /** The whole transaction is gone, or cannot go on. */
    private static final Set<Integer> ROLLED_BACK = Set.of(1213, 1317, 3572);

    /**
     * The server takes no row at all just now: its disk or memory is full, it is read-only, its
     * binary log wants statements, the account may not write. No row is to be blamed for that.
     */
    private static final Set<Integer> TAKES_NOTHING =
            Set.of(
                    1021, 1026, 1030, 1114, 1878, 3675, 1037, 1038, 1041, 1290, 1792, 1836, 1665,
                    1142, 1143, 1227);

    static boolean isDuplicate(SQLException e) {
        return DUPLICATE.contains(e.getErrorCode());
    }

    static boolean lacksParent(SQLException e) {
        return NO_PARENT.contains(e.getErrorCode());
    }

    /** Why a row was refused. */
    enum Reason {
        LOCKED,
        UNIQUE,
        NO_PARENT,
        HAS_CHILDREN,
        OTHER
    }

    /** A row that cannot be written now. */
    record Refused(KeyState key, Reason reason, SQLException cause) {
        String message() {
            return "error " + cause.getErrorCode() + ": " + cause.getMessage();
        }

        static Refused of(KeyState key, SQLException e) {
            int code = e.getErrorCode();
            Reason reason =
                    code == LOCK_WAIT
                            ? Reason.LOCKED
                            : DUPLICATE.contains(code)
                                    ? Reason.UNIQUE
                                    : NO_PARENT.contains(code)
                                            ? Reason.NO_PARENT
                                            : REFERENCED.contains(code)
                                                    ? Reason.HAS_CHILDREN
                                                    : Reason.OTHER;
            return new Refused(key, reason, e);
        }
    }

    /** Writes rows. */
    @FunctionalInterface
    interface Write {
        void run(List<KeyState> keys) throws SQLException;
    }

    /** Waits for somebody's lock in one transaction, which holds locks itself meanwhile. */
    private static final int MOST_WAITS = 4;

    private final Connection session;
    private int waits;

    Savepoints(Connection session) {
        this.session = session;
    }

    /**
     * Writes the rows, each once. Those that wait for another of them are tried again as long as
     * that helps.
     *
     * @param done is told the rows that were written
     */
    List<Refused> each(List<KeyState> keys, Write write, Consumer<List<KeyState>> done)
            throws SQLException {
        List<Refused> refused = new ArrayList<>();
        halve(keys, write, done, refused);
        int before = keys.size();
        while (!refused.isEmpty()
                && refused.size() < before
                && refused.stream().anyMatch(Savepoints::mayGo)) {
            before = refused.size();
            List<KeyState> again = refused.stream().map(Refused::key).toList();
            refused.clear();
            for (KeyState key : again) {
                halve(List.of(key), write, done, refused);
            }
        }
        return refused;
    }

    private static boolean mayGo(Refused one) {
        return one.reason() == Reason.NO_PARENT || one.reason() == Reason.HAS_CHILDREN;
    }

    private void halve(
            List<KeyState> keys, Write write, Consumer<List<KeyState>> done, List<Refused> refused)
            throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        Savepoint before = session.setSavepoint();
        try {
            write.run(keys);
        } catch (SQLException e) {
            // what the server did not say, its session's end first of all, is not the row's fault
            if (e.getErrorCode() == 0
                    || ROLLED_BACK.contains(e.getErrorCode())
                    || TAKES_NOTHING.contains(e.getErrorCode())) {
                throw e;
            }
            session.rollback(before);
            if (e.getErrorCode() == LOCK_WAIT && ++waits > MOST_WAITS) {
                // a second each: what is left in their hands is the next round's
                keys.forEach(k -> refused.add(Refused.of(k, e)));
            } else if (keys.size() == 1) {
                refused.add(Refused.of(keys.get(0), e));
            } else {
                int half = keys.size() / 2;
                halve(keys.subList(0, half), write, done, refused);
                halve(keys.subList(half, keys.size()), write, done, refused);
            }
            return;
        }
        session.releaseSavepoint(before);
        done.accept(keys);
    }
}
