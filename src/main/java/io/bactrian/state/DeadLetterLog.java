package io.bactrian.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What routes could not do for good: {@code dead_letters.log}. A line is a letter, or tells that
 * the letters of a run are settled.
 */
public final class DeadLetterLog {
    private final JsonLines lines;

    /** The letters of {@code run} are settled. */
    private record Settled(Instant at, String settled, String by) {}

    /**
     * @param dir of the logs; made when the first line is written
     */
    public DeadLetterLog(Path dir) {
        this.lines = new JsonLines(dir.resolve("dead_letters.log"));
    }

    /** Keeps one. */
    public void add(Object letter) {
        lines.append(letter);
    }

    /** Notes that another run has done what a failed one could not. */
    public void settle(String failed, String by) {
        lines.append(new Settled(Instant.now(), failed, by));
    }

    /**
     * Those that still want somebody to look at them, the last {@code limit}, oldest first: no run
     * that did the same has ended well since. A line that is no JSON is left out.
     */
    public List<JsonNode> waiting(RunLog runs, int limit) {
        Set<String> settled = new HashSet<>();
        List<JsonNode> all = lines.read(JsonNode.class);
        all.forEach(l -> settled.add(l.path("settled").asText()));
        List<JsonNode> waiting =
                all.stream()
                        .filter(l -> !l.has("settled"))
                        .filter(l -> !settled.contains(l.path("run_id").asText()))
                        .filter(l -> !runs.isMadeGood(l.path("run_id").asText()))
                        .toList();
        return waiting.subList(Math.max(0, waiting.size() - limit), waiting.size());
    }
}
