package io.bactrian.sync;

import io.bactrian.sql.Tokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tokens that were carried out and are still there: they go with the next transaction on their
 * side, which saves one for each. Only those that said SYNCED may stay so long, since to carry them
 * out once more changes nothing.
 */
final class Receipts {
    /** Ends a transaction. */
    @FunctionalInterface
    interface Commit {
        void run() throws SQLException;
    }

    private final Map<Side, Queue<String>> names = new EnumMap<>(Side.class);

    Receipts() {
        for (Side side : Side.values()) {
            names.put(side, new ConcurrentLinkedQueue<>());
        }
    }

    void add(Side side, String token) {
        names.get(side).add(token);
    }

    boolean isEmpty(Side side) {
        return names.get(side).isEmpty();
    }

    /** Drops them in the session's transaction; what is not committed stays. */
    void drop(Side side, Connection session, Commit commit) throws SQLException {
        List<String> some = new ArrayList<>();
        for (String name = names.get(side).poll(); name != null; name = names.get(side).poll()) {
            some.add(name);
        }
        try {
            Tokens.drop(session, some);
            commit.run();
        } catch (SQLException e) {
            names.get(side).addAll(some);
            throw e;
        }
    }
}
