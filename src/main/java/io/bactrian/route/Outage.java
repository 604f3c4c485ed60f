package io.bactrian.route;

import io.bactrian.state.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Automatic rounds that fail one after the other: told once, then in one warning a minute, and
 * tried again ever later.
 */
final class Outage {
    private static final Duration ONE_WARNING = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Consumer<String> warning;
    private Instant since;
    private Instant warned;
    private Instant next = Instant.EPOCH;
    private Duration pause = Duration.ofSeconds(1);
    private long failures;

    Outage(Consumer<String> warning) {
        this.warning = warning;
    }

    /** Whether it is time for another try. */
    synchronized boolean isOver(Instant now) {
        return !now.isBefore(next);
    }

    /** Returns whether it is the first failure of several. */
    synchronized boolean failed(Instant now, Failure failure) {
        boolean first = since == null;
        if (first) {
            since = now;
            warned = Instant.EPOCH;
            failures = 0;
        }
        failures++;
        next = now.plus(pause);
        pause =
                pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                        ? pause.multipliedBy(2)
                        : LONGEST_PAUSE;
        if (!now.isBefore(warned.plus(ONE_WARNING))) {
            warned = now;
            warning.accept(
                    "automatic sync waits since %s (%d rounds failed): %s: %s"
                            .formatted(since, failures, failure.object(), failure.message()));
        }
        return first;
    }

    synchronized void ended(Instant now) {
        if (since != null) {
            warning.accept(
                    "automatic sync goes on after %d s"
                            .formatted(Duration.between(since, now).toSeconds()));
        }
        since = null;
        next = Instant.EPOCH;
        pause = Duration.ofSeconds(1);
    }
}
