package io.bactrian.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command line printed and how it ended.
 *
 * @param code exit code
 */
public record Cli(int code, String out, String err) {

    /** Runs a command with a settings file of these lines, so that no other file is looked for. */
    public static Cli run(Path dir, Map<String, String> settings, String... args)
            throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        Path file = Files.write(dir.resolve("test.properties"), lines);
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--config");
        all.add(file.toString());
        return plain(all.toArray(String[]::new));
    }

    /** Runs a command as it is typed. */
    public static Cli plain(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Bactrian.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Cli(code, out.toString(), err.toString());
    }

    /** Standard output, which must be one JSON document and nothing else. */
    public JsonNode json() throws IOException {
        try (var documents = Json.mapper().readerFor(JsonNode.class).<JsonNode>readValues(out)) {
            List<JsonNode> all = documents.readAll();
            if (all.size() != 1) {
                throw new AssertionError(all.size() + " documents: " + out);
            }
            return all.get(0);
        }
    }
}
