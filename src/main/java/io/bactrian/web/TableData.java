package io.bactrian.web;

import io.bactrian.sync.Status.TableStatus;

/** A table that syncs, as JMX shows it. */
public final class TableData {
    private final TableStatus status;

    TableData(TableStatus status) {
        this.status = status;
    }

    public String getTable() {
        return status.table();
    }

    public long getPendingLocal() {
        return status.pendingLocal();
    }

    public long getPendingRemote() {
        return status.pendingRemote();
    }

    public long getConflicts() {
        return status.conflicts();
    }

    public long getErrors() {
        return status.errors();
    }

    /** When its rows were last found the same; empty if never. */
    public String getProvenEqual() {
        return status.provenEqual() == null ? "" : status.provenEqual();
    }

    /** Why it does not sync; empty if it does. */
    public String getPaused() {
        return status.paused() == null ? "" : status.paused();
    }
}
