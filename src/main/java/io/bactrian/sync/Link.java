package io.bactrian.sync;

import io.bactrian.sql.Database;
import io.bactrian.sql.Tokens;
import io.bactrian.sql.Tokens.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of a round on both sides, and its transactions. */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final String round;
    private final Map<Side, Sessions> sessions = new EnumMap<>(Side.class);
    private final AtomicLong tokens = new AtomicLong();
    private final Touched touched = new Touched();
    private final Receipts receipts = new Receipts();

    /** Sides with tokens that could not be carried out at once. */
    private final Set<Side> owing = ConcurrentHashMap.newKeySet();

    Link(String round, Sides sides) {
        this.round = round;
        for (Side side : Side.values()) {
            sessions.put(side, new Sessions(side, sides.of(side), round));
        }
    }

    /** What its transactions have dealt with so far. */
    Touched touched() {
        return touched;
    }

    /** Runs {@code work} in a session of a side. */
    <T> T ask(Side side, Database.Work<T> work) {
        Sessions of = sessions.get(side);
        Connection session = null;
        boolean well = false;
        try {
            session = of.take();
            T result = work.run(session);
            well = true;
            return result;
        } catch (SQLException e) {
            throw of.database().translate(of.database().name(), e);
        } finally {
            giveBack(of, session, well);
        }
    }

    private static void giveBack(Sessions of, Connection session, boolean well) {
        if (session != null && well) {
            of.giveBack(session);
        } else if (session != null) {
            of.discard(session);
        }
    }

    /** Work in one transaction of the side that is written. */
    @FunctionalInterface
    interface Work<T> {
        T run(Crossing crossing) throws SQLException;
    }

    /** Runs {@code work} in a transaction on a side, and has the other's log know of it. */
    <T> T cross(Side to, String table, Work<T> work) {
        Sessions hereOf = sessions.get(to);
        Sessions thereOf = sessions.get(to.other());
        Connection here = null;
        Connection there = null;
        boolean well = false;
        Sessions asked = hereOf;
        try {
            here = hereOf.take();
            asked = thereOf;
            there = thereOf.take();
            asked = hereOf;
            Crossing crossing = new Crossing(to, here, there, round, touched, receipts);
            T result = work.run(crossing);
            crossing.commit(tokens.incrementAndGet());
            well = acknowledge(crossing);
            return result;
        } catch (SQLException e) {
            throw asked.database().translate(table, e);
        } finally {
            giveBack(hereOf, here, well);
            giveBack(thereOf, there, well);
        }
    }

    /**
     * Rows that are committed must not be looked at again before the other log knows: a change made
     * since would be taken for a dispute. What fails here is done before the next batch.
     */
    private boolean acknowledge(Crossing crossing) {
        try {
            crossing.acknowledge();
            return true;
        } catch (SQLException e) {
            LOG.debug("the other log is told later", e);
            owing.add(crossing.to());
            return false;
        }
    }

    /** Does what could not be done at once. */
    void acknowledgeAll() {
        for (Side side : Side.values()) {
            if (owing.contains(side)) {
                carryOutTokens(side);
                owing.remove(side);
            }
        }
    }

    /** Law Y4: the rows are committed on that side, and only the other's log does not know. */
    void carryOutTokens(Side side) {
        Map<String, List<Mark>> left = ask(side, Tokens::left);
        if (!left.isEmpty()) {
            ask(
                    side.other(),
                    c -> {
                        for (Map.Entry<String, List<Mark>> token : left.entrySet()) {
                            Tokens.carryOut(c, token.getKey(), token.getValue());
                        }
                        return null;
                    });
            ask(
                    side,
                    c -> {
                        Tokens.drop(c, List.copyOf(left.keySet()));
                        return null;
                    });
        }
    }

    /** A row that is put back into the log must not be told SYNCED by a token again. */
    void dropReceipts() {
        for (Side side : Side.values()) {
            if (!receipts.isEmpty(side)) {
                ask(
                        side,
                        c -> {
                            receipts.drop(side, c, () -> {});
                            return null;
                        });
            }
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(Sessions::close);
    }
}
