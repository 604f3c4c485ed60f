package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.error.DataException;
import io.bactrian.state.Failure;

/** Rounds of a living process, which keeps a list of what came to something. */
final class ListedRounds implements SyncManager.Rounds {
    private final Runs runs;
    private final Settings settings;
    private final Caller caller;

    ListedRounds(Runs runs, Settings settings, Caller caller) {
        this.runs = runs;
        this.settings = settings;
        this.caller = caller;
    }

    @Override
    public SyncReport asked(SyncJob job) {
        Runs.Ended ended = runs.call(Requests.sync(job, settings), caller);
        if (ended.outcome() == null) {
            Failure failure = ended.run().error();
            throw new DataException(failure.object(), failure.message(), failure.hint());
        }
        return (SyncReport) ended.outcome().fields();
    }

    /** What fails is told by the runs. */
    @Override
    public SyncReport automatic(SyncJob job) {
        return runs.round(Requests.sync(job, settings), caller)
                .map(Runs.Ended::outcome)
                .map(outcome -> (SyncReport) outcome.fields())
                .orElse(null);
    }
}
