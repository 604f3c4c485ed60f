package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.cli.Cli;
import io.bactrian.config.Key;
import io.bactrian.config.Keys;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each setting with values that nobody expects: one clear error that names it, or it is taken. */
class SettingsFuzzIT {
    private static final String SECRET = "hunter2 ü'\"";

    @TempDir Path folder;

    @Test
    void eachSettingIsTakenOrRefusedByName() throws IOException {
        Random random = Proof.random("settings");
        List<Key<?>> keys = Stream.of(Keys.PLAIN, Keys.OF_DATABASE).flatMap(List::stream).toList();
        int rounds = Proof.times(2, 50);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            for (Key<?> key : keys) {
                String name = key.name().replace("<name>", "local");
                String value = Values.text(random);
                Properties lines = new Properties();
                lines.setProperty("bactrian.database.remote.password", SECRET);
                lines.setProperty("bactrian.http.token", SECRET);
                boolean byFile = random.nextBoolean();
                if (byFile) {
                    lines.setProperty(name, key.secret() ? SECRET + value : value);
                }
                Path file = folder.resolve("fuzz.properties");
                try (Writer out = Files.newBufferedWriter(file)) {
                    lines.store(out, null);
                }
                String option = byFile ? "bactrian.threads=2" : name + "=" + value;
                Cli cli =
                        Cli.plain("config", "--json", "--config", file.toString(), "--set", option);
                String what = name + "=" + value + " " + cli;
                assertThat(cli.out() + cli.err())
                        .as(what)
                        .doesNotContain("hunter2", "unexpected ", "Exception", "\tat ");
                assertThat(cli.code()).as(what).isIn(0, 2);
                cli.json();
                if (cli.code() == 2) {
                    refused++;
                    assertThat(cli.json().at("/error/object").asText())
                            .as(what)
                            .containsAnyOf(name, "--set");
                    assertThat(cli.err().lines().filter(l -> l.startsWith("error: ")))
                            .as(what)
                            .hasSize(1);
                }
            }
        }
        assertThat(refused).isPositive();
        new Page("inputs").row("settings", rounds * keys.size(), refused);
    }
}
