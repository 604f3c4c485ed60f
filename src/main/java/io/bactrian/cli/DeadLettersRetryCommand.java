package io.bactrian.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.Settings;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.Repeats;
import io.bactrian.route.Requests;
import io.bactrian.route.RunRequest;
import io.bactrian.state.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = {
            "Tries refused rows of sync again, or does a failed run again.",
            "Without RUN the rows go back into the queue, and a round runs. A copy that is done again goes on where it stopped."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian dead-letters retry --yes",
            "  bactrian dead-letters retry 20261122-080000-ab12 --yes"
        })
final class DeadLettersRetryCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run that failed.")
    private String run;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected Answer run(RunContext context) {
        Settings settings = context.settings();
        RunRequest request = run == null ? Requests.retry(settings) : Repeats.of(run, settings);
        context.confirm().require(request.change() + "?");
        try (Pipelines pipelines = context.pipelines()) {
            context.ending().stopWith(pipelines::abort);
            Outcome outcome = request.work().run(pipelines, context.runId());
            return Answer.of(outcome, text(outcome));
        }
    }

    private String text(Outcome outcome) {
        if (outcome.fields() instanceof Requests.Retried rows) {
            return Units.count(rows.retried())
                    + " changes tried again\n"
                    + SyncCommand.text(rows.sync());
        }
        JsonNode fields = Json.mapper().valueToTree(outcome.fields());
        return "run "
                + run
                + " is done again"
                + (fields.has("backup_id") && !fields.path("backup_id").isNull()
                        ? "; what was changed is saved in backup "
                                + fields.path("backup_id").asText()
                        : "");
    }
}
