package io.bactrian.web;

import io.bactrian.route.Runs.Detail;
import io.bactrian.state.Progress.Status;
import io.bactrian.state.Run;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** A run as JMX shows it: each getter is an item of the composite value. */
public final class RunData {
    private final Run run;
    private final List<Status> stages;

    RunData(Run run, List<Status> stages) {
        this.run = run;
        this.stages = List.copyOf(stages);
    }

    static RunData of(Detail detail) {
        return new RunData(detail.run(), detail.stages());
    }

    public String getRunId() {
        return run.runId();
    }

    public String getCommand() {
        return run.command();
    }

    public String getSource() {
        return run.source();
    }

    public String getTarget() {
        return run.target();
    }

    public Date getStartedAt() {
        return Date.from(run.startedAt());
    }

    /** running, ok, different, failed or interrupted. */
    public String getResult() {
        return run.result().name().toLowerCase(Locale.ROOT);
    }

    /** Null where nobody noted the end. */
    public Double getSeconds() {
        return run.seconds();
    }

    public Long getRows() {
        return run.rows();
    }

    public Long getBytes() {
        return run.bytes();
    }

    /** The stage in hand, or the last. */
    public String getStage() {
        return stages.isEmpty() ? "" : stages.get(stages.size() - 1).stage();
    }

    /** Rows that the stage has done. */
    public long getStageRows() {
        return stages.isEmpty() ? 0 : stages.get(stages.size() - 1).rows();
    }

    /** Rows that the stage is expected to come to; 0 if nobody knows. */
    public long getStageExpectedRows() {
        return stages.isEmpty() ? 0 : stages.get(stages.size() - 1).expectedRows();
    }

    /** Empty unless it failed. */
    public String getError() {
        return run.error() == null ? "" : run.error().object() + ": " + run.error().message();
    }

    public String getHint() {
        return run.error() == null ? "" : run.error().hint();
    }
}
