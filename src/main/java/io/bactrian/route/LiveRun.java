package io.bactrian.route;

import io.bactrian.route.Runs.Detail;
import io.bactrian.state.Failure;
import io.bactrian.state.Progress;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.ShellWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A run that is going on.
 *
 * @param automatic a round that nobody asked for, which is listed only if it came to something
 */
record LiveRun(
        String runId,
        RunRequest request,
        Caller caller,
        boolean automatic,
        Instant startedAt,
        Progress progress) {

    double seconds() {
        return Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
    }

    BusyException busy() {
        return new BusyException(
                String.join("/", request.databases()),
                "run " + runId + " (" + request.command() + ") is at work on it",
                "wait until it has ended: GET /api/runs/" + runId);
    }

    /** How it is listed when it starts. */
    Run started() {
        return Run.starting(
                runId,
                request.command(),
                request.source(),
                request.target(),
                request.tables().toString(),
                startedAt,
                caller.door().name().toLowerCase(Locale.ROOT),
                ShellWords.join(request.again()));
    }

    /** How it is listed now. */
    Run as(Result result, Long rows, Long bytes, Failure error) {
        return started().ended(result, seconds(), rows, bytes, error);
    }

    /** How far it is. */
    Detail detail() {
        return new Detail(as(Result.RUNNING, null, null, null), progress.stages(), null);
    }
}
