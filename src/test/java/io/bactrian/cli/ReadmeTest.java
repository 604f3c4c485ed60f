package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.Key;
import io.bactrian.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        holdsTheHelpOf(new CommandLine(new Bactrian()), List.of());
    }

    private void holdsTheHelpOf(CommandLine command, List<String> words) {
        List<String> line = new ArrayList<>(words);
        line.add("--help");
        assertThat(readme)
                .contains("```\n" + Cli.plain(line.toArray(String[]::new)).out().strip() + "\n```");
        command.getSubcommands()
                .forEach(
                        (word, sub) -> {
                            List<String> longer = new ArrayList<>(words);
                            longer.add(word);
                            holdsTheHelpOf(sub, longer);
                        });
    }

    @Test
    void namesEveryKeyThatIsUsed() {
        assertThat(Stream.concat(Keys.OF_DATABASE.stream(), Keys.PLAIN.stream()).map(Key::name))
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }
}
