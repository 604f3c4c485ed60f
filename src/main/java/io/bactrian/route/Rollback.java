package io.bactrian.route;

import io.bactrian.error.ReplicationException;
import io.bactrian.sql.Database;
import io.bactrian.state.Failure;
import io.bactrian.state.RunNote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a target whose replication failed after it changed something: put back as it was,
 * by restores of what was saved before.
 */
final class Rollback {
    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    private final Pairs pairs;

    Rollback(Pairs pairs) {
        this.pairs = pairs;
    }

    /**
     * The restores that put the target back, in their order; none if nothing was changed, it was
     * not wanted, or the whole program is being stopped.
     */
    List<Job> restores(Job failed, Throwable cause) {
        RunState state = pairs.state(failed.runId());
        if (pairs.isAborted() || !failed.rollsBack() || !state.hasChanged()) {
            return List.of();
        }
        Failure failure = Failure.of(cause);
        LOG.warn("failed, and puts the target back: {}: {}", failure.object(), failure.message());
        List<String> backups =
                new ArrayList<>(state.note().map(RunNote::backups).orElse(List.of()));
        Collections.reverse(backups);
        return backups.stream()
                .map(
                        id ->
                                Job.restoring(failed.runId(), id, failed.target(), failed.tables())
                                        .undoing())
                .toList();
    }

    /** Ends what is going on in the target: each restore has a pair of its own. */
    Job begin(Job restore) {
        pairs.drop(restore);
        return restore;
    }

    /** Forgets that the run changed anything, once the target is as it was. */
    void done(Job failed, List<Job> restores) {
        if (!restores.isEmpty()) {
            Database target = pairs.of(restores.get(restores.size() - 1)).target();
            pairs.state(failed.runId()).undone(target);
        }
    }

    /**
     * The failure with what became of the target.
     *
     * @param notRestored why it could not be put back; null if it was
     */
    Exception told(Job failed, List<Job> restores, Exception failure, Exception notRestored) {
        ReplicationException known = Failure.known(failure);
        RunState state = pairs.state(failed.runId());
        if (known == null || pairs.isAborted() || !state.hasChanged()) {
            return failure;
        }
        if (restores.isEmpty() || notRestored != null) {
            String why = notRestored == null ? "" : ": " + notRestored.getMessage();
            return state.leftHalfChanged(known, failed.target(), why);
        }
        return known.told(
                "the target was put back as it was, from backup "
                        + restores.get(restores.size() - 1).backup()
                        + ", and verified",
                known.hint());
    }
}
