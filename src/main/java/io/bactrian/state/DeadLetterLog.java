package io.bactrian.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** What routes could not do for good: {@code dead_letters.log}. */
public final class DeadLetterLog {
    private final JsonLines lines;

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

    /** The last {@code limit} of them, oldest first; a line that is no JSON is left out. */
    public List<JsonNode> last(int limit) {
        return lines.last(JsonNode.class, limit);
    }
}
