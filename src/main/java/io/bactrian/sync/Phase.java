package io.bactrian.sync;

/**
 * One way through the tables of a round. Rows come before those that refer to them and go after
 * them; what fails for want of another row is left to the retry, in which all others are done.
 */
public enum Phase {
    /** Rows that the other side gets, parents first. */
    UPSERTS(false, false),
    /** Rows that leave the other side, children first. */
    DELETES(true, false),
    /** What was left of the upserts: now unique values and missing parents are decided about. */
    RETRY_UPSERTS(false, true),
    /** What was left of the deletes: now rows that hang on them are decided about. */
    RETRY_DELETES(true, true);

    private final boolean deletes;
    private final boolean retry;

    Phase(boolean deletes, boolean retry) {
        this.deletes = deletes;
        this.retry = retry;
    }

    public boolean deletes() {
        return deletes;
    }

    /** Whether batches go one after the other, since they may decide about each other's rows. */
    public boolean isRetry() {
        return retry;
    }
}
