package io.bactrian.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bactrian.state.Run.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What was done with backups: {@code backup_history.log}, which outlives the backups. */
public final class BackupHistory {
    private static final String FILE = "backup_history.log";

    private final JsonLines lines;

    /**
     * @param dir of the logs; made when the first line is written
     */
    public BackupHistory(Path dir) {
        this.lines = new JsonLines(dir.resolve(FILE));
    }

    /** What is told. */
    public enum Event {
        @JsonProperty("created")
        CREATED,
        /** It never became a backup. */
        @JsonProperty("failed")
        FAILED,
        /** A database was made of it again, or part of one; or that failed. */
        @JsonProperty("restored")
        RESTORED,
        /** Its files were read, and are what was written or are not. */
        @JsonProperty("verified")
        VERIFIED,
        @JsonProperty("pruned")
        PRUNED
    }

    /**
     * One event.
     *
     * @param database name of the database saved, or restored into
     * @param rows null where nobody counted; the same holds for bytes and seconds
     * @param result whether what was tried came off
     * @param reason why not, or why it was pruned; else null
     */
    public record Line(
            Instant at,
            Event event,
            String backupId,
            String runId,
            String database,
            Long rows,
            Long bytes,
            Double seconds,
            Result result,
            String reason) {}

    /** How much was done, and in which time. */
    public record Work(Long rows, Long bytes, Double seconds) {
        /** Not measured. */
        public static final Work UNKNOWN = new Work(null, null, null);
    }

    /** Tells what came off. */
    public void done(Event event, String backupId, String runId, String database, Work work) {
        append(event, backupId, runId, database, work, Result.OK, null);
    }

    /** Tells what did not. */
    public void failed(
            Event event,
            String backupId,
            String runId,
            String database,
            Work work,
            Failure failure) {
        append(
                event,
                backupId,
                runId,
                database,
                work,
                Result.FAILED,
                failure.object() + ": " + failure.message());
    }

    /** Tells that a backup was taken away. */
    public void pruned(String backupId, String runId, String database, long bytes, String reason) {
        Work work = new Work(null, bytes, null);
        append(Event.PRUNED, backupId, runId, database, work, Result.OK, reason);
    }

    private void append(
            Event event,
            String backupId,
            String runId,
            String database,
            Work work,
            Result result,
            String reason) {
        lines.append(
                new Line(
                        Instant.now(),
                        event,
                        backupId,
                        runId,
                        database,
                        work.rows(),
                        work.bytes(),
                        work.seconds(),
                        result,
                        reason));
    }

    /** All events, oldest first. */
    public List<Line> events() {
        return lines.read(Line.class);
    }
}
