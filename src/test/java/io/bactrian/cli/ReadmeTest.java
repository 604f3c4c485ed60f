package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.Key;
import io.bactrian.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What README says word for word is what the program says. */
class ReadmeTest {
    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void holdsTheHelpOfEveryCommand() {
        assertThat(readme).contains("```\n" + Cli.plain("--help").out().strip() + "\n```");
        assertThat(new CommandLine(new Bactrian()).getSubcommands().keySet())
                .allSatisfy(
                        verb ->
                                assertThat(readme)
                                        .contains(
                                                "```\n"
                                                        + Cli.plain(verb, "--help").out().strip()
                                                        + "\n```"));
    }

    @Test
    void namesEveryKeyThatIsUsed() {
        List<String> later =
                List.of(
                        "bactrian.backup.",
                        "bactrian.sync.",
                        "bactrian.http.",
                        "bactrian.shutdown-timeout");
        assertThat(Stream.concat(Keys.OF_DATABASE.stream(), Keys.PLAIN.stream()).map(Key::name))
                .filteredOn(key -> later.stream().noneMatch(key::startsWith))
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }
}
