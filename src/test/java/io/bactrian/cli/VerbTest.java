package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What all verbs have from their base, shown by one that does as it is told. */
class VerbTest {
    @TempDir Path dir;

    @FunctionalInterface
    private interface Work {
        Answer run(RunContext context) throws Exception;
    }

    @Command(name = "fake")
    private static final class Fake extends Verb {
        private final Work work;

        Fake(Work work) {
            this.work = work;
        }

        @Override
        protected Answer run(RunContext context) throws Exception {
            return work.run(context);
        }

        @Override
        protected boolean isRun() {
            return true;
        }
    }

    private Cli call(Work work, String... args) throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("test.properties"), "bactrian.log.dir=" + logs() + "\n");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new Bactrian())
                        .addSubcommand("fake", new Fake(work))
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(
                                Stream.concat(
                                                Stream.of("fake", "--config", file.toString()),
                                                Stream.of(args))
                                        .toArray(String[]::new));
        return new Cli(code, out.toString(), err.toString());
    }

    private Path logs() {
        return dir.resolve("logs");
    }

    private List<Run> runs() {
        return new RunLog(logs()).runs();
    }

    @Test
    void theAnswerDecidesTheExitCode() throws IOException {
        assertThat(call(c -> Answer.of(Result.OK, Map.of(), "")).code()).isZero();
        assertThat(call(c -> Answer.of(Result.FAILED, Map.of(), "")).code()).isEqualTo(1);
        assertThat(call(c -> Answer.of(Result.DIFFERENT, Map.of(), "")).code()).isEqualTo(3);
        assertThat(runs())
                .extracting(Run::result)
                .containsExactly(Result.OK, Result.FAILED, Result.DIFFERENT);
    }

    @Test
    void theErrorDecidesTheExitCode() throws IOException {
        Work configuration =
                c -> {
                    throw new ConfigException("a", "b", "c");
                };
        Work data =
                c -> {
                    throw new RuntimeException("wrapped", new DataException("a", "b", "c"));
                };
        Work mistake =
                c -> {
                    throw new IllegalStateException("oops");
                };
        assertThat(call(configuration).code()).isEqualTo(2);
        assertThat(call(data)).isEqualTo(new Cli(1, "", "error: data: a: b\nhint: c\n"));
        assertThat(call(mistake).err())
                .contains("unexpected IllegalStateException: oops", "--verbose")
                .doesNotContain("\tat ");
        assertThat(runs())
                .extracting(r -> r.error().object())
                .containsExactly("a", "a", "bactrian");
    }

    @Test
    void evenAnErrorOfTheMachineIsOneClearError() throws IOException {
        Cli cli =
                call(
                        c -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        "--json");

        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.json().path("error").path("hint").asText()).contains("-Xmx");
    }

    @Test
    void whatChangesATargetNeedsYesWithoutATerminal() throws IOException {
        Work asking =
                c -> {
                    c.confirm().require("Change it?");
                    return Answer.ok(Map.of(), "changed");
                };
        Cli refused = call(asking);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes", "Change it?");
        assertThat(logs().resolve("audit.log")).doesNotExist();
        assertThat(call(asking, "--yes").out()).isEqualTo("changed\n");
        assertThat(line("audit.log"))
                .isEqualTo(
                        ("{'at':now,'run_id':'%s','door':'command','who':'%s',"
                                        + "'command':'fake','change':'Change it'}")
                                .formatted(runs().get(1).runId(), System.getProperty("user.name")));
    }

    @Test
    void whatCannotBeNotedIsNotChanged() throws IOException {
        Files.createDirectories(logs().resolve("audit.log"));
        boolean[] changed = new boolean[1];

        Cli cli =
                call(
                        c -> {
                            c.confirm().require("Change it?");
                            changed[0] = true;
                            return Answer.ok(Map.of(), "");
                        },
                        "--yes");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(changed[0]).isFalse();
    }

    @Test
    void errorsAndTimesOfRunsHaveFilesOfTheirOwn() throws IOException {
        call(
                c -> {
                    c.progress().begin("data", 0, 0);
                    c.progress().add(3, 30);
                    return new Answer(Result.OK, Map.of(), "", 3, 30);
                });
        assertThat(logs().resolve("error_summary.log")).doesNotExist();
        assertThat(line("performance_metrics.log"))
                .isEqualTo(
                        ("{'at':now,'run_id':'%s','command':'fake','result':'ok','seconds':n,'rows':3,'bytes':30,"
                                        + "'stages':[{'stage':'data','seconds':n,'rows':3,'bytes':30}]}")
                                .formatted(runs().get(0).runId()));

        call(
                c -> {
                    throw new DataException("a", "b", "c");
                });
        assertThat(line("error_summary.log"))
                .isEqualTo(
                        ("{'at':now,'run_id':'%s','command':'fake',"
                                        + "'error':{'kind':'DATA','object':'a','message':'b','hint':'c'}}")
                                .formatted(runs().get(1).runId()));
    }

    /** The only line of a file, its times made the same, its quotes easy to read. */
    private String line(String file) throws IOException {
        assertThat(Files.readAllLines(logs().resolve(file))).hasSize(1);
        return Files.readString(logs().resolve(file))
                .strip()
                .replaceFirst("\"at\":\"[^\"]+\"", "\"at\":now")
                .replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":n")
                .replace('"', '\'');
    }

    @Test
    void quietSaysNothingOfARunThatEndedWell() throws IOException {
        assertThat(call(c -> Answer.ok(Map.of(), "done"), "--quiet").out()).isEmpty();
        assertThat(call(c -> Answer.of(Result.DIFFERENT, Map.of(), "different"), "--quiet").out())
                .isEqualTo("different\n");
    }

    @Test
    void aRunHasALogFileWithItsIdOnEachLine() throws Exception {
        call(
                c -> {
                    LoggerFactory.getLogger("io.bactrian.test").info("main");
                    Thread worker =
                            new Thread(
                                    () ->
                                            LoggerFactory.getLogger("io.bactrian.test")
                                                    .info("worker"));
                    worker.start();
                    worker.join();
                    LoggerFactory.getLogger("org.apache.camel.x").info("chatter");
                    return Answer.ok(Map.of(), "");
                });

        Path log =
                Files.list(logs())
                        .filter(
                                f ->
                                        f.getFileName()
                                                .toString()
                                                .matches("replicator_\\d{8}_\\d{6}\\.log"))
                        .findFirst()
                        .orElseThrow();
        String id = runs().get(0).runId();
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .allMatch(line -> line.contains("[" + id + "]"));
    }

    @Test
    void theTraceOfAFailureIsInTheLogFile() throws IOException {
        call(
                c -> {
                    throw new DataException("a", "b", "c");
                });

        try (Stream<Path> files = Files.list(logs())) {
            Path log =
                    files.filter(f -> f.toString().contains("replicator_"))
                            .findFirst()
                            .orElseThrow();
            assertThat(Files.readString(log)).contains("DataException: b", "\tat ");
        }
    }
}
