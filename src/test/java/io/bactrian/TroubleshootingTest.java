package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/troubleshooting.md quotes is what the program says. */
class TroubleshootingTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]* [^`]*)`");

    @Test
    void everyMessageItQuotesIsOfTheProgram() throws IOException {
        List<String> quoted =
                Files.readAllLines(Path.of("docs/troubleshooting.md")).stream()
                        .filter(line -> line.startsWith("| "))
                        .map(line -> line.split(" \\| ")[0])
                        .flatMap(cell -> QUOTED.matcher(cell).results())
                        .map(found -> found.group(1))
                        .toList();
        String program;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            program =
                    files.filter(Files::isRegularFile)
                            .map(TroubleshootingTest::read)
                            .collect(Collectors.joining())
                            // a long text is written in parts
                            .replaceAll("\"\\s*\\+\\s*\"", "");
        }
        assertThat(quoted)
                .hasSizeGreaterThan(10)
                .allSatisfy(q -> assertThat(program.contains(q)).as(q).isTrue());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
