package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BactrianTest {
    @TempDir Path dir;

    private Map<String, String> settings() {
        return Map.of(
                "bactrian.log.dir", dir.resolve("logs").toString(),
                "bactrian.database.hq.password", "hunter2",
                "bactrian.http.token", "hunter3");
    }

    @Test
    void helpAndVersionEndWell() {
        assertThat(Cli.plain("--help").code()).isZero();
        assertThat(Cli.plain("--help").out())
                .contains("check", "tables", "config", "runs", "Exit codes");
        assertThat(Cli.plain("--version").out()).startsWith("bactrian ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "tables",
                "config",
                "runs",
                "backup create",
                "backup list",
                "backup verify",
                "backup prune",
                "restore"
            })
    void everyCommandHasHelpWithExamplesAndTheGlobalOptions(String command) {
        Cli help = Cli.plain((command + " --help").split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("Examples:", "bactrian " + command)
                .contains("--source", "--target", "--tables", "--config", "--set")
                .contains("--json", "--yes", "--quiet", "--verbose");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nope",
                "tables",
                "config --wat",
                "runs --last x",
                "tables a b",
                "backup",
                "backup nope",
                "backup create",
                "restore x",
                "replicate --on-failure nope"
            })
    void wrongUsageEndsWithTwoAndAHint(String line) {
        Cli cli = Cli.plain(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .startsWith("error: configuration: bactrian")
                .contains("hint: ")
                .doesNotContain("\tat ");
    }

    @Test
    void wrongUsageIsJsonToo() throws IOException {
        JsonNode document = Cli.plain("config", "--json", "--token=hunter2").json();

        assertThat(document.path("command").asText()).isEqualTo("config");
        assertThat(document.path("error").path("kind").asText()).isEqualTo("CONFIGURATION");
        assertThat(document.toString()).doesNotContain("hunter2");
    }

    @Test
    void configShowsOriginsAndMasksSecrets() throws IOException {
        Cli text = Cli.run(dir, settings(), "config", "--set", "bactrian.threads=2");
        JsonNode json = Cli.run(dir, settings(), "config", "--json").json();

        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("bactrian.threads", "command line", "test.properties", "***")
                .doesNotContain("hunter");
        assertThat(json.path("result").asText()).isEqualTo("ok");
        assertThat(json.path("settings").toString())
                .contains("{\"key\":\"bactrian.http.token\",\"value\":\"***\",\"origin\"")
                .doesNotContain("hunter");
    }

    @Test
    void whoOnlyLooksLeavesNoFolderBehind() throws IOException {
        Cli.run(dir, settings(), "config");
        Cli.run(dir, settings(), "runs", "--verbose");

        assertThat(dir.resolve("logs")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bactrian.database.hq.password=hunter2",
                "bactrian.http.token=hunter2",
                "bactrian.database.hq.pasword=hunter2",
                "bactrian.database.hq.password:hunter2",
                "hunter2"
            })
    void aSecretOnTheCommandLineIsRefusedAndNotRepeated(String pair) throws IOException {
        Cli cli = Cli.run(dir, settings(), "config", "--json", "--set", pair);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
    }

    @Test
    void anErrorIsOneDocumentOfFixedShape() throws IOException {
        Cli cli = Cli.run(dir, settings(), "tables", "nowhere", "--json");
        JsonNode document = cli.json();

        assertThat(cli.code()).isEqualTo(2);
        TreeSet<String> names = new TreeSet<>();
        document.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly("command", "error", "result", "run_id", "seconds", "started_at");
        assertThat(document.path("result").asText()).isEqualTo("failed");
        assertThat(document.path("seconds").isNumber()).isTrue();
        assertThat(Instant.parse(document.path("started_at").asText())).isBefore(Instant.now());
        assertThat(document.path("run_id").asText()).matches("\\d{8}-\\d{6}-[0-9a-f]{4}");
        assertThat(document.path("error").path("kind").asText()).isEqualTo("CONFIGURATION");
        assertThat(document.path("error").path("object").asText()).isEqualTo("nowhere");
        assertThat(document.path("error").path("message").asText()).contains("local, remote");
        assertThat(document.path("error").path("hint").asText()).isNotEmpty();
    }

    @Test
    void aTraceIsShownOnlyOnRequest() throws IOException {
        assertThat(Cli.run(dir, settings(), "tables", "nowhere").err()).doesNotContain("\tat ");
        assertThat(Cli.run(dir, settings(), "tables", "nowhere", "--verbose").err())
                .contains("\tat io.bactrian");
    }

    @Test
    void aServerThatDoesNotAnswerEndsWithOne() throws IOException {
        Map<String, String> nobody =
                Map.of(
                        "bactrian.database.hq.host", "127.0.0.1",
                        "bactrian.database.hq.port", "1",
                        "bactrian.database.hq.database", "x",
                        "bactrian.connection-timeout", "250ms");
        Cli cli = Cli.run(dir, nobody, "tables", "hq", "--json");

        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.json().path("error").path("kind").asText()).isEqualTo("CONNECTION");
    }

    @Test
    void runsListsAndShowsWhatRan() throws IOException {
        RunLog log = new RunLog(dir.resolve("logs"));
        log.start(
                Run.starting(
                        "20261122-080000-ab12",
                        "replicate",
                        "local",
                        "remote",
                        "*",
                        Instant.now(),
                        "command",
                        null));
        log.end("20261122-080000-ab12", Result.OK, 2, 12_345, 1_500_000, null);

        assertThat(Cli.run(dir, settings(), "runs").out())
                .contains("20261122-080000-ab12", "12,345", "1.5 MB", "ok");
        assertThat(Cli.run(dir, settings(), "runs", "20261122-080000-ab12").out())
                .contains("replicate", "2.00 s");
        JsonNode run = Cli.run(dir, settings(), "runs", "--json").json().path("runs").get(0);
        assertThat(run.path("result").asText()).isEqualTo("ok");
        assertThat(run.path("rows").asLong()).isEqualTo(12_345);
        assertThat(Cli.run(dir, settings(), "runs", "nope").code()).isEqualTo(2);
        assertThat(Files.list(dir.resolve("logs")))
                .extracting(f -> f.getFileName().toString())
                .containsExactlyInAnyOrder("runs.log", ".lock");
    }
}
