package io.bactrian.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.config.FileErrors;
import io.bactrian.error.ConfigException;
import io.bactrian.state.Run.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The list of runs, a file {@code runs.log} that only grows: a line of JSON when a run starts, one
 * when it ends. Several processes may write it at the same time.
 */
public final class RunLog {
    private static final String FILE = "runs.log";

    private final Path file;
    private final LongFunction<Optional<Instant>> processStart;

    /**
     * @param dir made when the first line is written
     */
    public RunLog(Path dir) {
        this(dir, RunLog::startOf);
    }

    RunLog(Path dir, LongFunction<Optional<Instant>> processStart) {
        this.file = dir.resolve(FILE);
        this.processStart = processStart;
    }

    /**
     * One line of the file: of a start, without result; of an end, without what the start has told.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String runId,
            String command,
            String source,
            String target,
            String tables,
            Long pid,
            Instant startedAt,
            Result result,
            Double seconds,
            Long rows,
            Long bytes,
            Failure error) {}

    /** Notes that a run of this process starts. Source and target may be null. */
    public Run start(
            String runId,
            String command,
            String source,
            String target,
            String tables,
            Instant startedAt) {
        long pid = ProcessHandle.current().pid();
        append(
                new Line(
                        runId, command, source, target, tables, pid, startedAt, null, null, null,
                        null, null));
        return new Run(
                runId,
                command,
                source,
                target,
                tables,
                pid,
                startedAt,
                Result.RUNNING,
                null,
                null,
                null,
                null);
    }

    /** Notes how a run ended. {@code error} is null unless it failed. */
    public void end(
            String runId, Result result, double seconds, long rows, long bytes, Failure error) {
        append(
                new Line(
                        runId, null, null, null, null, null, null, result, seconds, rows, bytes,
                        error));
    }

    private void append(Line line) {
        byte[] bytes = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (RunLog.class) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (FileChannel channel =
                                FileChannel.open(
                                        file,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.READ,
                                        StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    channel.position(endOfLastLine(channel));
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            } catch (IOException e) {
                throw new ConfigException(
                        "bactrian.log.dir",
                        "cannot write " + file + ": " + FileErrors.reason(e),
                        "name a folder that can be written, on a disk with room",
                        e);
            }
        }
    }

    /**
     * Where to write: at the end, behind a line break if a line there was cut short by a full disk
     * or a kill.
     */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size == 0 || channel.read(last, size - 1) == 1 && last.get(0) == '\n') {
            return size;
        }
        return size + channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
    }

    /** All runs by their start, oldest first. Lines that were cut short are passed over. */
    public List<Run> runs() {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Line line : lines()) {
            if (line.startedAt() != null) {
                runs.put(line.runId(), started(line));
            } else {
                runs.computeIfPresent(
                        line.runId(),
                        (id, run) ->
                                run.ended(
                                        line.result(),
                                        line.seconds(),
                                        line.rows(),
                                        line.bytes(),
                                        line.error()));
            }
        }
        return runs.values().stream().map(this::noticeInterrupted).toList();
    }

    /** The run of that name. */
    public Optional<Run> run(String runId) {
        return runs().stream().filter(r -> r.runId().equals(runId)).findFirst();
    }

    private static Run started(Line line) {
        return new Run(
                line.runId(),
                line.command(),
                line.source(),
                line.target(),
                line.tables(),
                line.pid() == null ? 0 : line.pid(),
                line.startedAt(),
                Result.RUNNING,
                null,
                null,
                null,
                null);
    }

    private List<Line> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        try {
            for (String text : Files.readString(file).split("\n")) {
                try {
                    Line line = Json.mapper().readValue(text, Line.class);
                    if (line != null && line.runId() != null) {
                        lines.add(line);
                    }
                } catch (JsonProcessingException e) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new ConfigException(
                    "bactrian.log.dir", "cannot read " + file + ": " + FileErrors.reason(e), "", e);
        }
        return lines;
    }

    /**
     * A process number is given out again, in a container even at once: one that started later is
     * another process.
     */
    private Run noticeInterrupted(Run run) {
        if (run.result() != Result.RUNNING) {
            return run;
        }
        boolean alive =
                processStart
                        .apply(run.pid())
                        .filter(start -> !start.isAfter(run.startedAt().plusSeconds(2)))
                        .isPresent();
        return alive ? run : run.ended(Result.INTERRUPTED, null, null, null, null);
    }

    /** When a living process started; the distant past where the system does not tell. */
    private static Optional<Instant> startOf(long pid) {
        return ProcessHandle.of(pid).map(p -> p.info().startInstant().orElse(Instant.EPOCH));
    }
}
