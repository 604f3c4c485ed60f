package io.bactrian.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;

/**
 * One run, over or not.
 *
 * @param source name of the database read, or null
 * @param target name of the database written, or null
 * @param tables the globs it was meant for
 * @param pid process that runs or ran it
 * @param seconds null while it runs, and if nobody noted its end; the same holds for rows and bytes
 * @param error null unless it failed
 * @param door by which it was asked for: command, http, jmx or schedule
 * @param resumeWith the command line that goes on with it, or repeats it; null unless it was cut
 *     off or failed
 */
public record Run(
        String runId,
        String command,
        String source,
        String target,
        String tables,
        long pid,
        Instant startedAt,
        Result result,
        Double seconds,
        Long rows,
        Long bytes,
        Failure error,
        String door,
        String resumeWith) {

    /** How a run ended, or that it has not. */
    public enum Result {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("ok")
        OK,
        @JsonProperty("different")
        DIFFERENT,
        @JsonProperty("failed")
        FAILED,
        /** Its process is gone without a word, or was told to stop. */
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    /** A run of this process that starts. */
    public static Run starting(
            String runId,
            String command,
            String source,
            String target,
            String tables,
            Instant startedAt,
            String door,
            String resumeWith) {
        long pid = ProcessHandle.current().pid();
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
                null,
                door,
                resumeWith);
    }

    /** The same when it has ended. */
    public Run ended(Result how, Double took, Long rowsWritten, Long bytesWritten, Failure why) {
        boolean mayGoOn = how == Result.FAILED || how == Result.INTERRUPTED;
        return new Run(
                runId,
                command,
                source,
                target,
                tables,
                pid,
                startedAt,
                how,
                took,
                rowsWritten,
                bytesWritten,
                why,
                door,
                mayGoOn ? resumeWith : null);
    }

    /** Whether it is the same command for the same databases and tables. */
    boolean isSame(Run other) {
        return command.equals(other.command)
                && Objects.equals(source, other.source)
                && Objects.equals(target, other.target)
                && Objects.equals(tables, other.tables);
    }

    /** Whether it came to its end and did what it was to do, whatever it found. */
    boolean hasWorked() {
        return result == Result.OK || result == Result.DIFFERENT;
    }

    /** The same while it goes on. */
    Run going() {
        return ended(Result.RUNNING, seconds, rows, bytes, error);
    }
}
