package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code dead_letters.log}, into which routes write what failed for good. */
public final class DeadLetterLog {
    private final Path file;

    public DeadLetterLog(Path dir) {
        this.file = dir.resolve("dead_letters.log");
    }

    /** The last {@code limit} of them, oldest first; a line that is no JSON is left out. */
    public List<JsonNode> last(int limit) {
        if (!Files.exists(file)) {
            return List.of();
        }
        Deque<JsonNode> last = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(
                    line -> {
                        try {
                            last.add(Json.mapper().readTree(line));
                        } catch (JsonProcessingException e) {
                            return;
                        }
                        if (last.size() > limit) {
                            last.remove();
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(last);
    }
}
