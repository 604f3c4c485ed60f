package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script is tried in the shell it is for. */
class CompletionTest {
    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource({
        "bactrian rep, replicate",
        "bactrian sync te, teardown",
        "bactrian data --reco, ''",
        "bactrian data --m, --mode",
        "bactrian conflicts resolve --k, --keep"
    })
    void bashCompletesCommandsAndOptions(String line, String completion) throws Exception {
        Path script =
                Files.writeString(dir.resolve("completion"), Cli.plain("completion", "bash").out());
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_bactrian; echo \"${COMPREPLY[@]}\"",
                                script.toString()));
        command.addAll(List.of(line.split(" ")));
        Process shell = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        assertThat(
                        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                .strip())
                .isEqualTo(completion);
    }

    @Test
    void anotherShellIsAnError() {
        Cli fish = Cli.plain("completion", "fish");
        assertThat(fish.code()).isEqualTo(2);
        assertThat(fish.err()).contains("fish");
    }
}
