package io.bactrian.sync;

import io.bactrian.sql.Database;
import io.bactrian.sql.SyncSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The sessions of one round on one side, each made ready once. */
final class Sessions implements AutoCloseable {
    private final Side side;
    private final Database database;
    private final String round;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    Sessions(Side side, Database database, String round) {
        this.side = side;
        this.database = database;
        this.round = round;
    }

    Side side() {
        return side;
    }

    Database database() {
        return database;
    }

    /** A session that is nobody else's until it is given back. */
    Connection take() throws SQLException {
        Connection session = idle.poll();
        if (session == null) {
            session = database.connect();
            try {
                SyncSession.begin(session, round, side == Side.LOCAL ? 1 : 2);
            } catch (SQLException e) {
                session.close();
                throw e;
            }
        }
        return session;
    }

    void giveBack(Connection session) {
        idle.add(session);
    }

    /** Throws a session away that failed, and what it had not committed. */
    void discard(Connection session) {
        try {
            if (!session.getAutoCommit()) {
                session.rollback();
                session.setAutoCommit(true);
            }
            SyncSession.end(session);
            session.close();
        } catch (SQLException e) {
            database.evict(session);
        }
    }

    @Override
    public void close() {
        List<Connection> all = new ArrayList<>(idle);
        idle.clear();
        all.forEach(this::discard);
    }
}
