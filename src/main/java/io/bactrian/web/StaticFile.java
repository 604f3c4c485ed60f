package io.bactrian.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** A file of the dashboard, from the class path: a name without folders, of a known kind. */
record StaticFile(String type, byte[] content) {
    private static final String FOLDER = "/web/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "json", "application/json");

    /** The file at a path; {@code /} is the page. */
    static Optional<StaticFile> at(String path) {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (!name.matches("[a-z0-9-]+\\.[a-z]+")) {
            return Optional.empty();
        }
        String type = TYPES.get(name.substring(name.indexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = StaticFile.class.getResourceAsStream(FOLDER + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new StaticFile(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String name) {
        try {
            return Json.mapper().readTree(at("/" + name).orElseThrow().content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
