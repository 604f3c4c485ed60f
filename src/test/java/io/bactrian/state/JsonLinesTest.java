package io.bactrian.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.LogSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir Path dir;
    private JsonLines lines;

    record Line(Instant at, int number, String text) {}

    @BeforeEach
    void open() {
        lines = new JsonLines(dir.resolve("audit.log"));
    }

    private static Line line(int number, Instant at) {
        return new Line(at, number, "x".repeat(Math.abs(number) % 500));
    }

    private List<Integer> numbers() {
        return lines.read(Line.class).stream().map(Line::number).toList();
    }

    @Test
    void pruneKeepsWhatIsNotOlder() throws Exception {
        for (int i = 0; i < 10; i++) {
            lines.append(line(i, NOW.minus(Duration.ofDays(10 - i))));
        }

        lines.prune(NOW.minus(Duration.ofDays(3)));

        assertThat(numbers()).containsExactly(7, 8, 9);
    }

    @Test
    void nothingIsLostOfWritersBesidePruning() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        lines.append(line(-1, NOW.minus(Duration.ofDays(9))));
        List<Future<?>> writers =
                IntStream.range(0, 3)
                        .<Future<?>>mapToObj(
                                writer ->
                                        pool.submit(
                                                () -> {
                                                    // another object, as another process has
                                                    JsonLines own =
                                                            new JsonLines(dir.resolve("audit.log"));
                                                    for (int i = 0; i < 300; i++) {
                                                        own.append(line(writer * 1000 + i, NOW));
                                                    }
                                                }))
                        .toList();
        Future<?> pruner =
                pool.submit(
                        () -> {
                            while (!writers.stream().allMatch(Future::isDone)) {
                                // what stands before is old, and goes each time
                                lines.prune(NOW.minusSeconds(1));
                            }
                            return null;
                        });
        for (Future<?> writer : writers) {
            writer.get();
        }
        pruner.get();
        pool.shutdown();

        assertThat(numbers())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 900)
                                .map(i -> i / 300 * 1000 + i % 300)
                                .boxed()
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 700, 5000})
    void theLastAreReadFromTheEnd(int limit) {
        for (int i = 0; i < 1000; i++) {
            lines.append(line(i, NOW));
        }

        assertThat(lines.last(Line.class, limit))
                .extracting(Line::number)
                .containsExactlyElementsOf(
                        IntStream.range(Math.max(0, 1000 - limit), 1000).boxed().toList());
    }

    @Test
    void aLineLongerThanABlockIsReadWhole() {
        lines.append(new Line(NOW, 1, "y".repeat(200_000)));
        lines.append(line(2, NOW));

        assertThat(lines.last(Line.class, 2)).extracting(Line::number).containsExactly(1, 2);
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void aReaderBeginsAnewWhereTheFileWasPruned() throws Exception {
        lines.append(line(1, NOW.minus(Duration.ofDays(9))));
        lines.append(line(2, NOW));
        JsonLines.Reader<Line> reader = lines.new Reader<>(Line.class);
        List<Integer> read = new ArrayList<>();
        reader.more(read::clear, line -> read.add(line.number()));
        assertThat(read).containsExactly(1, 2);

        lines.prune(NOW);
        lines.append(line(3, NOW));
        reader.more(read::clear, line -> read.add(line.number()));
        lines.append(line(4, NOW));
        reader.more(() -> read.add(-1), line -> read.add(line.number()));

        assertThat(read).containsExactly(2, 3, 4);
    }

    @Test
    void retentionTakesOldFilesAndLinesAway() throws Exception {
        Path old = Files.writeString(dir.resolve("replicator_20260101_000000.log"), "old");
        Path young = Files.writeString(dir.resolve("replicator_20261121_000000.log"), "young");
        Path foreign = Files.writeString(dir.resolve("notes.log"), "mine");
        Path report =
                Files.createDirectories(dir.resolve("reports")).resolve("20260101-000000-ab.json");
        Files.writeString(report, "{}");
        for (Path file : List.of(old, foreign, report)) {
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(40))));
        }
        Files.setLastModifiedTime(young, FileTime.from(NOW));
        lines.append(line(1, NOW.minus(Duration.ofDays(31))));
        lines.append(line(2, NOW));

        LogRetention.apply(new LogSettings(LogSettings.Level.INFO, dir, 30), NOW);

        assertThat(List.of(old, report)).noneMatch(Files::exists);
        assertThat(List.of(young, foreign)).allMatch(Files::exists);
        assertThat(numbers()).containsExactly(2);
    }
}
