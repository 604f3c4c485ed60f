package io.bactrian.route;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings;
import io.bactrian.sync.Counts;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.SyncTable;
import io.bactrian.sync.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a round came to, as it is told to people and programs.
 *
 * @param recordsSynced rows written on either side
 * @param conflicts rows that both sides had changed
 * @param conflictsWaiting log rows of both sides that wait for a person's decision
 * @param errors rows that could not be carried over; they stay in the log with the reason
 * @param pending changes of both sides that are still to be carried
 * @param converged whether all rows touched were found the same on both sides and nothing is left
 * @param clockOffset seconds by which the remote server's clock is ahead
 */
public record SyncReport(
        SyncDirection direction,
        SyncSettings.Strategy strategy,
        long recordsSynced,
        long conflicts,
        long conflictsWaiting,
        long errors,
        Written localToRemote,
        Written remoteToLocal,
        long pending,
        boolean converged,
        double clockOffset,
        List<TableReport> tables) {

    /**
     * One table that had changes, or cannot sync.
     *
     * @param paused why it does not sync, or null
     * @param remedy what mends that, or null
     */
    public record TableReport(
            String table,
            Written localToRemote,
            Written remoteToLocal,
            long conflicts,
            long errors,
            String paused,
            String remedy) {

        static TableReport of(String table, Counts counts) {
            return new TableReport(
                    table,
                    counts.localToRemote(),
                    counts.remoteToLocal(),
                    counts.conflicts(),
                    counts.errors(),
                    null,
                    null);
        }

        static TableReport of(SyncTable table) {
            return new TableReport(
                    table.name(),
                    Counts.NOTHING.localToRemote(),
                    Counts.NOTHING.remoteToLocal(),
                    0,
                    0,
                    table.paused(),
                    table.remedy());
        }
    }

    public SyncReport {
        tables = List.copyOf(tables);
    }

    static SyncReport of(SyncJob job, RoundReport round, List<SyncTable> tables) {
        List<TableReport> reports = new ArrayList<>();
        for (Map.Entry<String, Counts> e : new TreeMap<>(round.tables()).entrySet()) {
            reports.add(TableReport.of(e.getKey(), e.getValue()));
        }
        tables.stream()
                .filter(t -> !t.syncs() && job.tables().test(t.name()))
                .map(TableReport::of)
                .forEach(reports::add);
        Counts total = round.total();
        return new SyncReport(
                job.settings().direction(),
                job.settings().strategy(),
                total.synced(),
                total.conflicts(),
                round.waiting(),
                Math.max(total.errors(), round.refused() + round.differing()),
                total.localToRemote(),
                total.remoteToLocal(),
                round.pending(),
                round.converged(),
                Math.round(round.clockOffset() * 1e3) / 1e3,
                reports);
    }

    /** Both rounds together, the later one's state. */
    public SyncReport plus(SyncReport later) {
        return new SyncReport(
                later.direction,
                later.strategy,
                recordsSynced + later.recordsSynced,
                conflicts + later.conflicts,
                later.conflictsWaiting,
                Math.max(errors, later.errors),
                localToRemote.plus(later.localToRemote),
                remoteToLocal.plus(later.remoteToLocal),
                later.pending,
                later.converged,
                later.clockOffset,
                later.tables);
    }

    /** Whether the round had nothing to do. */
    @JsonIgnore
    public boolean isIdle() {
        return recordsSynced == 0 && conflicts == 0 && errors == 0;
    }
}
