package io.bactrian.cli;

import io.bactrian.error.DataException;
import io.bactrian.sync.Scratch;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until nobody else is at work on a pair, such as a daemon that syncs it. */
final class Quiet {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Scratch pair;

    Quiet(Scratch pair) {
        this.pair = pair;
    }

    /**
     * @throws DataException if somebody still is after half a minute
     */
    void await() {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (pair.isBusy()) {
            if (System.nanoTime() > deadline) {
                throw new DataException(
                        "selftest",
                        "another run has been at work on the pair for "
                                + LONGEST.toSeconds()
                                + " seconds",
                        "wait for it to end; `bactrian runs` shows what ran from here");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
