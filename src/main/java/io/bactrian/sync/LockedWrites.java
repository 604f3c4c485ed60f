package io.bactrian.sync;

import io.bactrian.sql.Metadata;
import io.bactrian.sql.TableLocks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether an application may have written what the log does not tell of, on a server where {@link
 * TableLocks#silenceTriggers}.
 */
public final class LockedWrites {
    private static final String NOTE = "sync/lock_tables";

    private LockedWrites() {}

    /**
     * Whether LOCK TABLES was taken since this was asked last; false when it is asked for the first
     * time.
     */
    public static boolean possible(Connection session) throws SQLException {
        String taken = Long.toString(TableLocks.taken(session));
        Optional<String> before = Metadata.get(session, NOTE);
        if (before.filter(taken::equals).isPresent()) {
            return false;
        }
        Metadata.put(session, NOTE, taken);
        // a server that was started again counts from 0
        return before.isPresent() && !taken.equals("0");
    }
}
