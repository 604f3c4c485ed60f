package io.bactrian.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConfigException;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Run.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir Path dir;

    private Path file() {
        return dir.resolve("logs/runs.log");
    }

    private RunLog log() {
        return new RunLog(dir.resolve("logs"), pid -> Optional.of(START.minusSeconds(1)));
    }

    private static void start(RunLog log, String id) {
        log.start(
                Run.starting(
                        id, "replicate", "local", "remote", "*", START, "http", "bactrian again"));
    }

    @Test
    void startAndEndBecomeOneRun() {
        RunLog log = log();
        start(log, "a");
        log.end("a", Result.OK, 1.5, 10, 100, null);

        assertThat(log.runs())
                .containsExactly(
                        new Run(
                                "a",
                                "replicate",
                                "local",
                                "remote",
                                "*",
                                ProcessHandle.current().pid(),
                                START,
                                Result.OK,
                                1.5,
                                10L,
                                100L,
                                null,
                                "http",
                                null));
    }

    @Test
    void whyARunFailedIsKept() {
        RunLog log = log();
        Failure failure = new Failure(Kind.DATA, "shop.t", "no room", "make room");
        start(log, "a");
        log.end("a", Result.FAILED, 1, 0, 0, failure);

        assertThat(log.run("a").orElseThrow().error()).isEqualTo(failure);
    }

    @Test
    void whoReadsLeavesNothingBehind() {
        assertThat(log().runs()).isEmpty();
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void aRunWithoutEndIsRunningWhileItsProcessLives() {
        RunLog log = log();
        start(log, "a");

        assertThat(log.runs()).extracting(Run::result).containsExactly(Result.RUNNING);
    }

    @Test
    void theSystemKnowsThatThisProcessLives() {
        RunLog log = new RunLog(dir.resolve("logs"));
        log.start(
                Run.starting("a", "data", "local", "remote", "*", Instant.now(), "command", null));

        assertThat(log.runs()).extracting(Run::result).containsExactly(Result.RUNNING);
    }

    @Test
    void aRunWhoseProcessIsGoneWasInterrupted() {
        start(log(), "a");
        RunLog log = new RunLog(dir.resolve("logs"), pid -> Optional.empty());

        assertThat(log.runs()).extracting(Run::result).containsExactly(Result.INTERRUPTED);
    }

    @Test
    void aProcessThatGotTheNumberLaterIsAnotherOne() {
        start(log(), "a");
        RunLog log = new RunLog(dir.resolve("logs"), pid -> Optional.of(START.plusSeconds(60)));

        assertThat(log.runs()).extracting(Run::result).containsExactly(Result.INTERRUPTED);
    }

    @Test
    void aLineThatWasCutShortDoesNotTakeTheNextWithIt() throws IOException {
        RunLog log = log();
        start(log, "a");
        Files.writeString(file(), "{\"run_id\":\"b\",\"comm", StandardOpenOption.APPEND);
        start(log, "c");

        assertThat(log.runs()).extracting(Run::runId).containsExactly("a", "c");
    }

    @Test
    void manyWritersLoseNoLine() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        IntStream.range(0, 200)
                .forEach(
                        i ->
                                writers.execute(
                                        () -> {
                                            RunLog log = log();
                                            start(log, "r" + i);
                                            log.end("r" + i, Result.OK, 0, i, 0, null);
                                        }));
        writers.shutdown();
        assertThat(writers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        List<Run> runs = log().runs();
        assertThat(runs).hasSize(200).allMatch(r -> r.result() == Result.OK);
        assertThat(Files.readAllLines(file())).hasSize(400);
    }

    @Test
    void aFolderThatCannotBeMadeIsAnErrorOfConfiguration() throws IOException {
        Files.writeString(dir.resolve("logs"), "a file");

        assertThatThrownBy(() -> start(log(), "a"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.object()).isEqualTo("bactrian.log.dir"));
    }

    @Test
    void runIdsSortByTheirStart() {
        assertThat(RunId.at(START)).matches("20261122-080000-[0-9a-f]{4}");
    }

    @Test
    void aRunThatWasCutOffTellsWhatGoesOnWithIt() {
        start(log(), "a");
        RunLog log = new RunLog(dir.resolve("logs"), pid -> Optional.empty());

        assertThat(log.runs()).extracting(Run::resumeWith).containsExactly("bactrian again");
        assertThat(log().runs()).extracting(Run::resumeWith).containsOnlyNulls();
    }

    @Test
    void aLivingReaderSeesWhatOthersAdd() {
        RunLog reader = log();
        start(log(), "a");
        assertThat(reader.runs()).extracting(Run::result).containsExactly(Result.RUNNING);

        log().end("a", Result.OK, 1, 2, 3, null);
        start(log(), "b");

        assertThat(reader.runs())
                .extracting(Run::result)
                .containsExactly(Result.OK, Result.RUNNING);
    }

    @Test
    void aLivingReaderReadsALineOnceItIsWhole() throws Exception {
        RunLog reader = log();
        start(log(), "a");
        start(log(), "b");
        String text = Files.readString(file());
        int half = text.length() - 20;
        Files.writeString(file(), text.substring(0, half));
        assertThat(reader.runs()).extracting(Run::runId).containsExactly("a");

        Files.writeString(file(), text);

        assertThat(reader.runs()).extracting(Run::runId).containsExactly("a", "b");
    }
}
