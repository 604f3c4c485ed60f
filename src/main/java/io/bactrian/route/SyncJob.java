package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings;
import io.bactrian.config.TableFilter;
import io.bactrian.sync.Resolution;

/**
 * One round that is asked for: the body that goes into {@code direct:sync}.
 *
 * @param runId names the round in logs, tokens and the list of runs
 * @param local name of the local database
 * @param remote name of the remote database
 * @param settings direction and strategies
 * @param decision what a person decided about a conflict, to be carried out first; or null
 */
public record SyncJob(
        String runId,
        String local,
        String remote,
        TableFilter tables,
        SyncSettings settings,
        Decision decision) {

    /** A conflict, and what was decided about it. */
    public record Decision(long conflict, Resolution.Choice choice) {}

    /** A round between the databases that are set as source and target. */
    public static SyncJob of(String runId, Settings settings) {
        return new SyncJob(
                runId,
                settings.source(),
                settings.target(),
                settings.tables(),
                settings.sync(),
                null);
    }

    /** The same with another direction and strategy; null leaves one as it is. */
    public SyncJob with(SyncDirection direction, SyncSettings.Strategy strategy) {
        return new SyncJob(
                runId, local, remote, tables, settings.with(direction, strategy), decision);
    }

    /** The same as another round. */
    public SyncJob as(String otherRunId) {
        return new SyncJob(otherRunId, local, remote, tables, settings, decision);
    }

    /** A round both ways that begins with a decision. */
    public SyncJob deciding(long conflict, Resolution.Choice choice) {
        return new SyncJob(
                runId,
                local,
                remote,
                tables,
                settings.with(SyncDirection.BIDIRECTIONAL, null),
                new Decision(conflict, choice));
    }
}
