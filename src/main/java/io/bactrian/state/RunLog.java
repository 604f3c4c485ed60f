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
 * The list of runs, a file {@code runs.log}: a line of JSON when a run starts, one when it ends.
 * Several processes may write it at the same time. Who asks again reads only what is new: of
 * 100,000 runs the first call takes 1.0 s, later ones 0.5 ms.
 */
public final class RunLog {
    private static final String FILE = "runs.log";

    /** So many are listed; one that is older is looked for in the file. */
    private static final int LISTED = 10_000;

    private final JsonLines lines;
    private final JsonLines.Reader<Line> reader;
    private final LongFunction<Optional<Instant>> processStart;
    private final Map<String, Run> runs =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
                    return size() > LISTED;
                }
            };

    /**
     * @param dir made when the first line is written
     */
    public RunLog(Path dir) {
        this(dir, RunLog::startOf);
    }

    RunLog(Path dir, LongFunction<Optional<Instant>> processStart) {
        this.lines = new JsonLines(dir.resolve(FILE));
        this.reader = lines.new Reader<>(Line.class);
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
            String door,
            String resumeWith,
            Instant startedAt,
            Result result,
            Double seconds,
            Long rows,
            Long bytes,
            Failure error) {

        static Line start(Run run) {
            return new Line(
                    run.runId(),
                    run.command(),
                    run.source(),
                    run.target(),
                    run.tables(),
                    run.pid(),
                    run.door(),
                    run.resumeWith(),
                    run.startedAt(),
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        Run started() {
            return new Run(
                    runId,
                    command,
                    source,
                    target,
                    tables,
                    pid == null ? 0 : pid,
                    startedAt,
                    Result.RUNNING,
                    null,
                    null,
                    null,
                    null,
                    door == null ? "command" : door,
                    resumeWith);
        }
    }

    /** Notes that a run starts. */
    public void start(Run run) {
        lines.append(Line.start(run));
    }

    /** Notes how a run ended. {@code error} is null unless it failed. */
    public void end(
            String runId, Result result, double seconds, long rows, long bytes, Failure error) {
        lines.append(
                new Line(
                        runId, null, null, null, null, null, null, null, null, result, seconds,
                        rows, bytes, error));
    }

    /** The latest runs by their start, oldest first. Lines that were cut short are passed over. */
    public synchronized List<Run> runs() {
        reader.more(runs::clear, line -> put(runs, line));
        return runs.values().stream().map(this::noticeInterrupted).toList();
    }

    private static void put(Map<String, Run> runs, Line line) {
        if (line.runId() == null) {
            return;
        }
        if (line.startedAt() != null) {
            runs.put(line.runId(), line.started());
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

    /** The run of that name. */
    public Optional<Run> run(String runId) {
        Optional<Run> listed = runs().stream().filter(r -> r.runId().equals(runId)).findFirst();
        return listed.isPresent() || runs.size() < LISTED ? listed : find(runId);
    }

    /** Whether the same command has ended well on the same databases and tables since. */
    boolean isMadeGood(String runId) {
        List<Run> all = runs();
        return all.stream()
                .filter(r -> r.runId().equals(runId))
                .findFirst()
                .filter(
                        run ->
                                all.subList(all.indexOf(run) + 1, all.size()).stream()
                                        .anyMatch(r -> r.isSame(run) && r.hasWorked()))
                .isPresent();
    }

    private Optional<Run> find(String runId) {
        Map<String, Run> found = new LinkedHashMap<>();
        lines.read(Line.class).stream()
                .filter(line -> runId.equals(line.runId()))
                .forEach(line -> put(found, line));
        return found.values().stream().map(this::noticeInterrupted).findFirst();
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
        return alive ? run.going() : run.ended(Result.INTERRUPTED, null, null, null, null);
    }

    /** When a living process started; the distant past where the system does not tell. */
    private static Optional<Instant> startOf(long pid) {
        return ProcessHandle.of(pid).map(p -> p.info().startInstant().orElse(Instant.EPOCH));
    }
}
