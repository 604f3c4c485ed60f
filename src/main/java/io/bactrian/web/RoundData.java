package io.bactrian.web;

import io.bactrian.route.SyncReport;

/** A round of sync, as JMX shows it. */
public final class RoundData {
    private final SyncReport report;

    RoundData(SyncReport report) {
        this.report = report;
    }

    public long getRecordsSynced() {
        return report.recordsSynced();
    }

    public long getConflicts() {
        return report.conflicts();
    }

    public long getErrors() {
        return report.errors();
    }

    public long getPending() {
        return report.pending();
    }

    /** Whether all that was touched is proven equal. */
    public boolean isConverged() {
        return report.converged();
    }
}
