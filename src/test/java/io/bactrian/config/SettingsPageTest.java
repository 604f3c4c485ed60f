package io.bactrian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} is made from the keys. {@code -Dbactrian.docs.write} makes it anew. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("docs/settings.md");

    @Test
    void isWhatTheKeysSay() throws IOException {
        if (System.getProperty("bactrian.docs.write") != null) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("mvn test -Dtest=SettingsPageTest -Dbactrian.docs.write mends it")
                .isEqualTo(page());
    }

    private static String page() {
        return """
        # Settings

        Made from the program's keys; `bactrian config` shows which values hold and where each came from.
        A command-line option wins over the environment, that over `application.properties`, that over the default.

        ## Of a database

        `<name>` is `local`, `remote` or a name of your own.

        %s
        ## Of all

        %s"""
                .formatted(table(Keys.OF_DATABASE), table(Keys.PLAIN));
    }

    private static String table(List<Key<?>> keys) {
        StringBuilder table =
                new StringBuilder(
                        "| key | variable | default | what it takes | what it does |\n|---|---|---|---|---|\n");
        for (Key<?> key : keys) {
            table.append(
                    "| `%s` | `%s` | %s | %s | %s |%n"
                            .formatted(
                                    key.name(),
                                    key.environment(),
                                    key.defaultValue().isEmpty()
                                            ? ""
                                            : "`" + key.defaultValue() + "`",
                                    key.type().wanted().replace("|", "\\\\|"),
                                    key.meaning()));
        }
        return table.toString();
    }
}
