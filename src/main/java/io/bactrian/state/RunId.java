package io.bactrian.state;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

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
}
