package io.bactrian.cli;

import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.Requests;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.sync.Refused;
import io.bactrian.sync.Sides;
import picocli.CommandLine.Command;

@Command(
        name = "retry",
        description = "Puts refused rows of sync back into the queue, and runs a round.",
        footer = {"", "Examples:", "  bactrian dead-letters retry --yes"})
final class DeadLettersRetryCommand extends SyncVerb {

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    Answer run(RunContext context, Sides sides) {
        context.confirm().require("try the refused rows again?");
        long retried = new Refused(sides).retry();
        try (Pipelines pipelines = Pipelines.start(context.settings(), context.progress())) {
            SyncReport report = pipelines.sync(SyncJob.of(context.runId(), context.settings()));
            return Answer.of(
                    Outcome.of(report).within(new Requests.Retried(retried, report)),
                    Units.count(retried) + " changes tried again\n" + SyncCommand.text(report));
        }
    }
}
