package io.bactrian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that comes with Bactrian is the manual of its settings. */
class ApplicationPropertiesTest {
    private static final Path FILE = Path.of("application.properties");

    @Test
    void listsEveryKeyWithItsDefault() throws IOException {
        assertThat(Files.readAllLines(FILE))
                .containsAll(
                        Keys.PLAIN.stream()
                                .map(k -> "#" + k.name() + "=" + k.defaultValue())
                                .toList())
                .containsAll(
                        Stream.of("local", "remote")
                                .flatMap(n -> Keys.OF_DATABASE.stream().map(k -> k.of(n)))
                                .filter(k -> !k.name().matches(".*(host|database)"))
                                .map(k -> "#" + k.name() + "=" + k.defaultValue())
                                .toList());
    }

    @Test
    void readWithAllItsLinesInForceItGivesTheDefaults(@TempDir Path dir) throws IOException {
        String inForce = Files.readString(FILE).replaceAll("(?m)^#(bactrian\\.)", "$1");
        Path file = Files.writeString(dir.resolve("all.properties"), inForce);
        SettingsLoader loader = new SettingsLoader(dir, null, Map.of());

        // host of remote is listed empty, for it has no default
        String withHost = inForce.replace("remote.host=", "remote.host=h");
        Files.writeString(file, withHost);
        Settings all = loader.load(file, Map.of()).settings();
        Settings none = loader.load(null, Map.of("bactrian.database.remote.host", "h")).settings();

        assertThat(all).isEqualTo(none);
    }
}
