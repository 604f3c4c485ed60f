package io.bactrian.state;

import java.nio.file.Path;
import java.time.Instant;

/** Which servers have met, and what of it was proven: {@code canaries.log}. */
public final class CanaryLog {
    private static final String FILE = "canaries.log";

    private final JsonLines lines;

    /**
     * @param dir of the logs; made when the first line is written
     */
    public CanaryLog(Path dir) {
        this.lines = new JsonLines(dir.resolve(FILE));
    }

    /** Two servers as they were: another version is another server. */
    public record Pair(String source, String sourceVersion, String target, String targetVersion) {}

    /**
     * One meeting.
     *
     * @param types how many came back bit for bit
     * @param leftOut why none was sent, or null
     */
    private record Line(Instant at, Pair pair, int types, String leftOut) {}

    public boolean knows(Pair pair) {
        return lines.read(Line.class).stream().anyMatch(l -> l.pair().equals(pair));
    }

    public void add(Pair pair, int types, String leftOut) {
        lines.append(new Line(Instant.now(), pair, types, leftOut));
    }
}
