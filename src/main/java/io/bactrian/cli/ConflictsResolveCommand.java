package io.bactrian.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.Requests;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.sql.ExactJson;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Side;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resolve",
        description = {
            "Decides a conflict, and carries the decision to both databases.",
            "A row that a strategy overwrote or took away is brought back in the same way."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian conflicts resolve 12 --keep local --yes",
            "  bactrian conflicts resolve 12 --with '{\"price\": 9.90}' --yes"
        })
final class ConflictsResolveCommand extends PipelineVerb {

    @Parameters(paramLabel = "ID", description = "Number of the conflict.")
    private long id;

    @Option(
            names = "--keep",
            paramLabel = "local|remote",
            description = "The row of that database holds.")
    private Side keep;

    @Option(
            names = "--with",
            paramLabel = "JSON",
            description = "The row as it is to be, or the columns of it that change.")
    private String with;

    @Option(names = "--again", description = "Decide anew what somebody has decided.")
    private boolean again;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        if ((keep == null) == (with == null)) {
            throw new ConfigException(
                    "conflicts resolve", "wants either --keep or --with", "give one of them");
        }
        Resolution.Choice choice =
                new Resolution.Choice(
                        keep, with == null ? null : row(), again, System.getProperty("user.name"));
        context.confirm().require("write the row of conflict " + id + " in both databases?");
        SyncReport report =
                pipelines.sync(
                        SyncJob.of(context.runId(), context.settings()).deciding(id, choice));
        return Answer.of(
                Outcome.of(report)
                        .decided()
                        .within(new Requests.Resolved(id, choice.word(), report)),
                "conflict "
                        + id
                        + " is resolved to "
                        + choice.word()
                        + "\n"
                        + SyncCommand.text(report));
    }

    private JsonNode row() {
        try {
            JsonNode row = ExactJson.read(with);
            if (row.isObject()) {
                return row;
            }
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "--with",
                    "is not JSON: " + e.getOriginalMessage(),
                    "write it as `bactrian conflicts show --json` does");
        }
        throw new ConfigException(
                "--with",
                "is not an object of columns and values",
                "for example --with '{\"price\": 9.90}'");
    }
}
