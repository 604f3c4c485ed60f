package io.bactrian.web;

import java.util.List;

/** Sync of the daemon over JMX: {@code io.bactrian:type=Sync}. */
public interface SyncMXBean {
    boolean isSetUp();

    /** BIDIRECTIONAL, LOCAL_TO_REMOTE or REMOTE_TO_LOCAL. */
    String getDirection();

    String getStrategy();

    /** Whether rounds run by themselves. */
    boolean isAutomatic();

    /** Changes of both sides still to be carried. */
    long getPending();

    /** Age of the oldest of them, 0 if there is none. */
    double getOldestSeconds();

    /** Log rows that wait for a decision. */
    long getConflictsWaiting();

    /** Log rows that the other side refused. */
    long getRefused();

    /** Seconds by which the remote server's clock is ahead. */
    double getClockOffset();

    /** Rounds since the daemon started that had something to do. */
    long getRounds();

    /** Rows that they wrote. */
    long getRecordsSynced();

    /** Conflicts that they met. */
    long getConflicts();

    /** Each table, with what waits. */
    List<TableData> getTables();

    /**
     * Runs a round and waits for its end.
     *
     * @param direction as {@link #getDirection}; empty for the one that is set
     * @throws IllegalStateException if it fails, with the reason and a hint
     */
    RoundData synchronize(String direction);

    /** Runs a round, and one after each pause of so many seconds. */
    void startAutoSync(int seconds);

    /** Lets the round in hand finish and begins no other, not of the schedule either. */
    void stopAutoSync();

    /** Conflicts as JSON, newest first. */
    String conflicts(boolean waiting, int limit);

    /** Decides a conflict; {@code keep} is local or remote. */
    RoundData resolve(long conflict, String keep);

    /** Decides a conflict with a row in JSON, or those of its columns that change. */
    RoundData resolveWith(long conflict, String row);

    /** Starts a round that tries refused rows again, and returns its id. */
    String retry();
}
