package io.bactrian.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bactrian.state.Run.Result;
import java.nio.file.Path;
import java.time.Instant;
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

    private final JsonLines lines;
    private final LongFunction<Optional<Instant>> processStart;

    /**
     * @param dir made when the first line is written
     */
    public RunLog(Path dir) {
        this(dir, RunLog::startOf);
    }

    RunLog(Path dir, LongFunction<Optional<Instant>> processStart) {
        this.lines = new JsonLines(dir.resolve(FILE));
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
        lines.append(
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
        lines.append(
                new Line(
                        runId, null, null, null, null, null, null, result, seconds, rows, bytes,
                        error));
    }

    /** All runs by their start, oldest first. Lines that were cut short are passed over. */
    public List<Run> runs() {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Line line : lines.read(Line.class)) {
            if (line.runId() == null) {
                continue;
            }
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
