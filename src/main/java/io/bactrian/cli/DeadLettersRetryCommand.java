package io.bactrian.cli;

import io.bactrian.route.Pipelines;
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

    /** The fields of the JSON document. */
    record Done(long retried, SyncReport sync) {}

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
            Answer of = SyncCommand.answer(report);
            return new Answer(
                    of.result(),
                    new Done(retried, report),
                    Units.count(retried) + " changes tried again\n" + of.text(),
                    of.rows(),
                    0,
                    of.error());
        }
    }
}
