package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final Failure AWAY =
            new Failure(Kind.CONNECTION, "remote", "connection refused", "");

    private final List<String> warnings = new ArrayList<>();
    private final Outage outage = new Outage(warnings::add);
    private final Instant start = Instant.parse("2026-11-25T08:00:00Z");

    /** Tries a round each second, as the schedule does; returns how many were made. */
    private int tries(Duration howLong) {
        int tries = 0;
        for (int second = 0; second < howLong.toSeconds(); second++) {
            Instant now = start.plusSeconds(second);
            if (outage.isOver(now)) {
                assertThat(outage.failed(now, AWAY)).isEqualTo(tries == 0);
                tries++;
            }
        }
        return tries;
    }

    @Test
    void anHourIsOneEntryAndOneWarningAMinute() {
        int tries = tries(Duration.ofHours(1));

        assertThat(warnings).hasSize(60).allMatch(w -> w.contains("remote: connection refused"));
        assertThat(tries).as("a try every 15 s, and some at first").isBetween(240, 250);
    }

    @Test
    void whatComesBackIsToldOnceAndTriedAtOnce() {
        tries(Duration.ofMinutes(2));
        Instant back = start.plusSeconds(130);
        warnings.clear();

        outage.ended(back);
        outage.ended(back.plusSeconds(1));

        assertThat(warnings).containsExactly("automatic sync goes on after 130 s");
        assertThat(outage.isOver(back)).isTrue();
    }
}
