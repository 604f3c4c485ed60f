package io.bactrian.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.backup.BackupLine;
import io.bactrian.config.Settings;
import io.bactrian.route.Requests;
import io.bactrian.route.Runs;
import io.bactrian.state.Json;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Runs over JMX, and sums over those that ended. */
final class ReplicatorBean implements ReplicatorMXBean {
    private final Settings settings;
    private final Runs runs;
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    ReplicatorBean(Settings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
        runs.onEnd(e -> count(e.run()));
    }

    private void count(Run run) {
        ended.increment();
        if (run.result() == Result.FAILED) {
            failed.increment();
        }
        rows.add(run.rows());
        bytes.add(run.bytes());
    }

    @Override
    public String getVersion() {
        String version = ReplicatorBean.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public String getSource() {
        return settings.database(settings.source()).toString();
    }

    @Override
    public String getTarget() {
        return settings.database(settings.target()).toString();
    }

    @Override
    public List<RunData> getRunning() {
        return runs.running().stream().map(RunData::of).toList();
    }

    @Override
    public RunData getLastRun() {
        return runs(1).stream().findFirst().orElse(null);
    }

    @Override
    public long getRunsEnded() {
        return ended.sum();
    }

    @Override
    public long getRunsFailed() {
        return failed.sum();
    }

    @Override
    public long getRowsWritten() {
        return rows.sum();
    }

    @Override
    public long getBytesWritten() {
        return bytes.sum();
    }

    @Override
    public String start(String request) {
        return Jmx.call(() -> runs.start(Requests.of(Jmx.json(request), settings), Jmx.CALLER));
    }

    private String start(ObjectNode request) {
        return start(request.toString());
    }

    private static ObjectNode pipeline(String name) {
        return Json.mapper().createObjectNode().put("pipeline", name);
    }

    @Override
    public String analyze() {
        return start(pipeline("analyze"));
    }

    @Override
    public String replicate(String mode) {
        return start(pipeline("replicate").put("mode", mode));
    }

    @Override
    public String verify(boolean repair) {
        return start(pipeline("verify").put("repair", repair));
    }

    @Override
    public String backup(String database) {
        return start(pipeline("backup").put("database", database));
    }

    @Override
    public String backups() {
        return Jmx.call(() -> Json.line(BackupLine.all(settings.backup().dir())));
    }

    @Override
    public String restore(String backupId, String into) {
        return start(pipeline("restore").put("backup_id", backupId).put("into", into));
    }

    @Override
    public RunData run(String runId) {
        return runs.run(runId)
                .map(RunData::of)
                .orElseThrow(() -> new IllegalArgumentException(runId + " is not the id of a run"));
    }

    @Override
    public List<RunData> runs(int limit) {
        return runs.latest(Math.max(1, limit)).stream()
                .map(run -> new RunData(run, List.of()))
                .toList();
    }
}
