package io.bactrian.sync;

import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.Database;
import java.util.function.Supplier;

/** The two databases that are kept equal. */
public record Sides(Database local, Database remote) {
    /**
     * Runs {@code work} while no other run is at work on either.
     *
     * @throws io.bactrian.error.DataException if one is
     */
    <T> T alone(Supplier<T> work) {
        try (AdvisoryLock mine = AdvisoryLock.take(local);
                AdvisoryLock other = AdvisoryLock.take(remote)) {
            return work.get();
        }
    }

    public Database of(Side side) {
        return side == Side.LOCAL ? local : remote;
    }
}
