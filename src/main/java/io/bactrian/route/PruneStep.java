package io.bactrian.route;

import io.bactrian.backup.Backups;
import io.bactrian.backup.Retention;
import io.bactrian.config.BackupSettings;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.BackupHistory;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away backups that the settings want no longer. */
public final class PruneStep {
    private static final Logger LOG = LoggerFactory.getLogger(PruneStep.class);

    private final BackupSettings settings;
    private final BackupHistory history;

    PruneStep(BackupSettings settings, BackupHistory history) {
        this.settings = settings;
        this.history = history;
    }

    /** What the run has done is done, whether backups can be taken away or not. */
    void after(String runId) {
        try {
            Retention.apply(
                    new Backups(settings.dir()),
                    settings,
                    Instant.now(),
                    gone -> {
                        LOG.info("pruned {}: {}", gone.entry().id(), gone.reason());
                        note(history, runId, gone);
                    });
        } catch (ReplicationException e) {
            LOG.warn("cannot prune: {} {}", e.object(), e.getMessage());
        }
    }

    /** Notes in the history what has gone. */
    public static void note(BackupHistory history, String runId, Retention.Pruned gone) {
        history.pruned(gone.entry().id(), runId, gone.database(), gone.bytes(), gone.reason());
    }
}
