package io.bactrian.sync;

import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.ScratchTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What a selftest leaves in the databases while it goes on. A pair that was set up before stays as
 * it is; one that was not has no control tables afterwards.
 */
public final class Scratch {
    /** In the control tables that a selftest made; teardown and setup know nothing of it. */
    private static final String MADE_HERE = "sync/selftest";

    private final Sides sides;

    public Scratch(Sides sides) {
        this.sides = sides;
    }

    /**
     * Does {@code work} while no other selftest is at work on either side: it would take this one's
     * table away.
     *
     * @throws io.bactrian.error.DataException if one is
     */
    public void alone(Runnable work) {
        try (AdvisoryLock mine = AdvisoryLock.takeForSelftest(sides.local());
                AdvisoryLock other = AdvisoryLock.takeForSelftest(sides.remote())) {
            work.run();
        }
    }

    /** Makes the table on both sides. */
    public void create() {
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            database.with(
                    ScratchTable.NAME,
                    c -> {
                        if (!ControlTables.exist(c)) {
                            // the note is there before what it is about
                            Metadata.create(c);
                            Metadata.put(c, MADE_HERE, "true");
                        }
                        ScratchTable.create(c);
                        return null;
                    });
        }
    }

    /** Takes away all that this selftest, or one that was cut off, left on both sides. */
    public void clear() {
        sides.alone(
                () -> {
                    for (Side side : Side.values()) {
                        Database database = sides.of(side);
                        database.with(
                                ScratchTable.NAME,
                                c -> {
                                    clear(c);
                                    return null;
                                });
                    }
                    return null;
                });
    }

    private static void clear(Connection session) throws SQLException {
        ScratchTable.drop(session);
        if (ControlTables.exist(session)) {
            ScratchTable.forget(session);
        }
        if (!Metadata.exists(session)) {
            return;
        }
        TableNote.delete(session, ScratchTable.NAME);
        Metadata.delete(session, List.of(Status.PROVEN + ScratchTable.NAME));
        boolean madeHere = Metadata.get(session, MADE_HERE).isPresent();
        Metadata.delete(session, List.of(MADE_HERE));
        // somebody may have set up the pair since a selftest was cut off
        if (madeHere && TableNote.all(session).isEmpty()) {
            ControlTables.drop(session);
        }
    }

    /** Whether a run is at work on one of the databases. */
    public boolean isBusy() {
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            if (database.with(database.name(), c -> AdvisoryLock.isTaken(c, database.schema()))) {
                return true;
            }
        }
        return false;
    }
}
