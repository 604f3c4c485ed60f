package io.bactrian.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.Settings;
import io.bactrian.state.DeadLetterLog;
import io.bactrian.state.RunLog;
import io.bactrian.sync.Refused;
import io.bactrian.sync.Sides;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = {
            "Lists rows of sync that the other database refused, and messages of runs that failed for good.",
            "Refused rows stay until they change again or are retried; messages until their run is retried,"
                    + " or the same command has ended well."
        },
        footer = {"", "Examples:", "  bactrian dead-letters list --json"})
final class DeadLettersListCommand extends SyncVerb {
    private static final int MOST = 1000;

    /** The fields of the JSON document. */
    record Found(List<Refused.Row> rows, List<JsonNode> messages) {}

    @Override
    Answer run(RunContext context, Sides sides) {
        Settings settings = context.settings();
        List<Refused.Row> rows =
                new Refused(sides)
                        .list(MOST).stream()
                                .filter(r -> settings.tables().test(r.table()))
                                .toList();
        List<JsonNode> messages =
                new DeadLetterLog(settings.log().dir())
                        .waiting(new RunLog(settings.log().dir()), MOST);
        return Answer.ok(new Found(rows, messages), text(rows, messages));
    }

    private static String text(List<Refused.Row> rows, List<JsonNode> messages) {
        if (rows.isEmpty() && messages.isEmpty()) {
            return "no dead letters";
        }
        TextTable table = new TextTable("FROM", "TABLE", "RECORD", "OPERATION", "SINCE", "REASON");
        rows.forEach(
                r ->
                        table.row(
                                r.side(),
                                r.table(),
                                r.recordId(),
                                r.operation(),
                                r.since(),
                                r.reason()));
        List<String> lines =
                messages.stream()
                        .map(
                                m ->
                                        m.path("failed_at").asText()
                                                + " run "
                                                + m.path("run_id").asText()
                                                + ", "
                                                + m.path("route").asText()
                                                + ": "
                                                + m.path("error").path("object").asText()
                                                + ": "
                                                + m.path("error").path("message").asText())
                        .toList();
        return (rows.isEmpty() ? "" : table.toString())
                + PipelineVerb.section(
                        "messages of runs ('bactrian dead-letters retry RUN' runs it again):",
                        lines);
    }
}
