package io.bactrian.sync;

import io.bactrian.config.SyncSettings;

/**
 * How a round goes.
 *
 * @param sync direction and strategies
 * @param batchSize rows of one batch
 * @param sessions batches that may run at once
 */
public record RoundSettings(SyncSettings sync, int batchSize, int sessions) {
    /** Whether rows of a side may be written. */
    boolean writes(Side side) {
        return switch (sync.direction()) {
            case BIDIRECTIONAL -> true;
            case LOCAL_TO_REMOTE -> side == Side.REMOTE;
            case REMOTE_TO_LOCAL -> side == Side.LOCAL;
        };
    }
}
