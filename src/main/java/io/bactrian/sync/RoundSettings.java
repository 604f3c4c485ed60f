package io.bactrian.sync;

import io.bactrian.config.SyncSettings;
import java.util.List;

/**
 * How a round goes.
 *
 * @param sync direction and strategies
 * @param batchSize rows of one batch
 * @param sessions batches that may run at once
 * @param resolvers strategies of the integrator's own, asked before the one that is set
 */
public record RoundSettings(
        SyncSettings sync, int batchSize, int sessions, List<ConflictResolver> resolvers) {
    public RoundSettings {
        resolvers = List.copyOf(resolvers);
    }

    public RoundSettings(SyncSettings sync, int batchSize, int sessions) {
        this(sync, batchSize, sessions, List.of());
    }

    /** Whether rows of a side may be written. */
    boolean writes(Side side) {
        return switch (sync.direction()) {
            case BIDIRECTIONAL -> true;
            case LOCAL_TO_REMOTE -> side == Side.REMOTE;
            case REMOTE_TO_LOCAL -> side == Side.LOCAL;
        };
    }
}
