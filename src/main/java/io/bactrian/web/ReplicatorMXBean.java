package io.bactrian.web;

import java.util.List;

/** Runs of the daemon over JMX: {@code io.bactrian:type=Replicator}. */
public interface ReplicatorMXBean {
    String getVersion();

    /** Name and address of the default source. */
    String getSource();

    /** Name and address of the default target. */
    String getTarget();

    /** What is going on now, oldest first. */
    List<RunData> getRunning();

    /** The latest run of this and other processes; null before the first. */
    RunData getLastRun();

    /**
     * Runs that ended since the daemon started, without automatic rounds that had nothing to do.
     */
    long getRunsEnded();

    /** Of these, those that failed. */
    long getRunsFailed();

    /** Rows that they wrote. */
    long getRowsWritten();

    /** Bytes that they wrote. */
    long getBytesWritten();

    /**
     * Starts a run and returns its id.
     *
     * @param request JSON as {@code POST /api/runs} takes it: {@code {"pipeline": "replicate"}}
     * @throws IllegalArgumentException for what is wrong in it
     * @throws IllegalStateException if another run works on the same databases
     */
    String start(String request);

    /** Starts a comparison of structures. */
    String analyze();

    /** Starts a whole replication; {@code mode} is truncate or reconcile. */
    String replicate(String mode);

    /** Starts a comparison of rows; with {@code repair} those that differ are written. */
    String verify(boolean repair);

    /** Starts a backup of the database of that name. */
    String backup(String database);

    /** Backups as JSON, newest first: a restore wants the id of one. */
    String backups();

    /** Starts a restore of a backup into the database of that name. */
    String restore(String backupId, String into);

    /** A run by its id. */
    RunData run(String runId);

    /** The latest runs, newest first. */
    List<RunData> runs(int limit);
}
