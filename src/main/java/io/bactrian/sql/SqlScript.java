package io.bactrian.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Statements of a resource of this package, which runs as it stands in a client too. */
final class SqlScript {
    private SqlScript() {}

    /**
     * @param name of a file below {@code /sql}
     */
    static List<String> statements(String name) {
        try (InputStream in = SqlScript.class.getResourceAsStream("/sql/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(";\\s*\n")).filter(s -> !s.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
