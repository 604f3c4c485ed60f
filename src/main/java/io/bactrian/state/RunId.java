package io.bactrian.state;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Names for runs. */
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    /** A new name that sorts by its start in UTC: {@code 20261122-080000-ab12}. */
    public static String at(Instant start) {
        return TIME.format(start) + "-" + String.format("%04x", RANDOM.nextInt(1 << 16));
    }

    /** When the run of that name started, to the second; empty if the name tells no time. */
    public static Optional<Instant> start(String runId) {
        try {
            return Optional.of(
                    Instant.from(TIME.parse(runId.substring(0, runId.lastIndexOf('-')))));
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
