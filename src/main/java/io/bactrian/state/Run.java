package io.bactrian.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One run, over or not.
 *
 * @param source name of the database read, or null
 * @param target name of the database written, or null
 * @param tables the globs it was meant for
 * @param pid process that runs or ran it
 * @param seconds null while it runs, and if nobody noted its end; the same holds for rows and bytes
 * @param error null unless it failed
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
        Failure error) {

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
        /** Its process is gone without a word. */
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    Run ended(Result how, Double took, Long rowsWritten, Long bytesWritten, Failure failure) {
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
                failure);
    }
}
