package io.bactrian.state;

import io.bactrian.error.ConfigException;
import io.bactrian.state.Run.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What operators read and programs collect, a line of JSON each, in the folder of the logs: {@code
 * audit.log}, who changed what; {@code error_summary.log}, what failed; {@code
 * performance_metrics.log}, how long each run and its stages took. All lines have the id under
 * which {@code bactrian runs} tells the rest.
 */
public final class Journal {
    private final JsonLines audit;
    private final JsonLines errors;
    private final JsonLines performance;

    /**
     * @param dir of the logs; made when the first line is written
     */
    public Journal(Path dir) {
        this.audit = new JsonLines(dir.resolve("audit.log"));
        this.errors = new JsonLines(dir.resolve("error_summary.log"));
        this.performance = new JsonLines(dir.resolve("performance_metrics.log"));
    }

    /**
     * Somebody lets something be changed.
     *
     * @param door by which he came: {@code command}
     * @param who the account of the system that gave the command
     * @param change what he agreed to, in the words of the question
     */
    public record Change(
            Instant at, String runId, String door, String who, String command, String change) {}

    /** Something failed. */
    public record Error(Instant at, String runId, String command, Failure error) {}

    /**
     * A run took its time.
     *
     * @param stages in their order; what a stage counts, rows or bytes, is its own
     */
    public record Work(
            Instant at,
            String runId,
            String command,
            Result result,
            double seconds,
            long rows,
            long bytes,
            List<Stage> stages) {
        public Work {
            stages = List.copyOf(stages);
        }
    }

    /** A stage of a run. */
    public record Stage(String stage, double seconds, long rows, long bytes) {}

    /**
     * Notes a change before it is made.
     *
     * @throws ConfigException if it cannot be noted: nothing is changed then
     */
    public void changes(String runId, String door, String who, String command, String change) {
        audit.append(new Change(Instant.now(), runId, door, who, command, change));
    }

    /**
     * Notes what a command could not do.
     *
     * @throws ConfigException if the file cannot be written
     */
    public void failed(String runId, String command, Failure failure) {
        errors.append(new Error(Instant.now(), runId, command, failure));
    }

    /**
     * Notes how a run ended and what it took.
     *
     * @throws ConfigException if the file cannot be written
     */
    public void worked(
            String runId,
            String command,
            Result result,
            double seconds,
            long rows,
            long bytes,
            List<Progress.Status> stages) {
        performance.append(
                new Work(
                        Instant.now(),
                        runId,
                        command,
                        result,
                        seconds,
                        rows,
                        bytes,
                        stages.stream()
                                .map(s -> new Stage(s.stage(), s.seconds(), s.rows(), s.bytes()))
                                .toList()));
    }

    /** What failed last, newest first. */
    public List<Error> lastErrors(int limit) {
        List<Error> last = new ArrayList<>(errors.last(Error.class, limit));
        Collections.reverse(last);
        return last;
    }
}
