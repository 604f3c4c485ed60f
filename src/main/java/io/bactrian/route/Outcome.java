package io.bactrian.route;

import io.bactrian.backup.Retention;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.Run.Result;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run came to, the same for every door.
 *
 * @param result OK, DIFFERENT or FAILED
 * @param fields what it adds to the JSON document: a record or a map
 * @param rows rows written, for the list of runs
 * @param bytes bytes written, for the list of runs
 * @param error null unless the run did its work and found a failure
 */
public record Outcome(
        Result result, Object fields, long rows, long bytes, ReplicationException error) {

    private static Outcome ok(Object fields, long rows, long bytes) {
        return new Outcome(Result.OK, fields, rows, bytes, null);
    }

    public static Outcome of(AnalyzeStep.Report report) {
        Result result = report.analysis().equal() ? Result.OK : Result.DIFFERENT;
        return new Outcome(result, report, 0, 0, null);
    }

    /** What would be done to the structure. */
    public static Outcome dryRun(AnalyzeStep.Report report) {
        return ok(
                Map.of("ddl", report.ddl(), "losses", report.losses(), "notes", report.notes()),
                0,
                0);
    }

    public static Outcome of(StructureStep.Report report) {
        return ok(report, 0, 0);
    }

    public static Outcome of(DataStep.Report report, Job.Mode mode) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", mode);
        putData(fields, report);
        return ok(fields, report.rows(), report.bytes());
    }

    private static void putData(Map<String, Object> fields, DataStep.Report report) {
        fields.put("tables", report.tables());
        fields.put("rows", report.rows());
        fields.put("bytes", report.bytes());
        fields.put("snapshot", report.snapshot());
        fields.put("backup_id", report.backupId());
        if (!report.mapped().isEmpty()) {
            fields.put("mapped", report.mapped());
        }
    }

    public static Outcome of(VerifyStep.Report report) {
        Result result = report.equal() ? Result.OK : Result.DIFFERENT;
        return new Outcome(result, report, report.repaired(), 0, null);
    }

    public static Outcome of(ReplicateReport report, Job.Mode mode) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", mode);
        fields.put("ddl", report.structure().ddl());
        fields.put("losses", report.structure().losses());
        fields.put("notes", report.structure().notes());
        putData(fields, report.data());
        fields.put("verification", report.verification());
        return ok(fields, report.data().rows(), report.data().bytes());
    }

    public static Outcome of(BackupStep.Report report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backup_id", report.backupId());
        fields.put("database", report.database());
        fields.put("tables", report.tables());
        fields.put("rows", report.rows());
        fields.put("bytes", report.bytes());
        fields.put("path", report.path());
        fields.put("stores", report.stores());
        fields.put("snapshot", report.snapshot());
        return ok(fields, report.rows(), report.bytes());
    }

    /**
     * @param schema the one that was written
     */
    public static Outcome of(RestoreStep.Report report, String schema) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backup_id", report.backupId());
        fields.put("database", schema);
        fields.put("tables", report.tables());
        fields.put("rows", report.rows());
        fields.put("bytes", report.bytes());
        fields.put("ddl", report.ddl());
        fields.put("losses", report.losses());
        fields.put("notes", report.notes());
        fields.put("saved_as", report.savedAs());
        fields.put("verified", report.checksums() ? "checksums" : "counts");
        return ok(fields, report.rows(), report.bytes());
    }

    public static Outcome of(Retention.Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pruned", result.pruned().stream().map(p -> p.entry().id()).toList());
        fields.put("kept", result.kept());
        fields.put("freed_bytes", result.bytes());
        return ok(fields, 0, 0);
    }

    /** A round that left conflicts to decide has found differences. */
    public static Outcome of(SyncReport report) {
        Result result = report.conflictsWaiting() > 0 ? Result.DIFFERENT : Result.OK;
        if (report.errors() == 0) {
            return new Outcome(result, report, report.recordsSynced(), 0, null);
        }
        return new Outcome(
                Result.FAILED,
                report,
                report.recordsSynced(),
                0,
                new DataException(
                        "sync",
                        report.errors() + " rows or batches could not be carried over",
                        "`bactrian dead-letters list` tells why; `bactrian dead-letters retry` tries again"));
    }

    /** The same with other fields: what was asked for was more than a round. */
    public Outcome within(Object others) {
        return new Outcome(result, others, rows, bytes, error);
    }

    /** A decision is carried out whether others wait or not. */
    public Outcome decided() {
        return result == Result.DIFFERENT
                ? new Outcome(Result.OK, fields, rows, bytes, error)
                : this;
    }
}
