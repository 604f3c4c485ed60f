package io.bactrian.cli;

import io.bactrian.sync.Sides;
import io.bactrian.sync.Teardown;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "teardown",
        description = {
            "Takes sync off both databases: its triggers and control tables go, your own triggers are as they were.",
            "Rows stay. Changes not carried over yet, and conflicts, are lost to sync: it says how many."
        },
        footer = {"", "Examples:", "  bactrian sync teardown --yes"})
final class SyncTeardownCommand extends SyncVerb {

    /** The fields of the JSON document. */
    record Done(Map<String, Map<String, Long>> lost, List<Teardown.Report> databases) {}

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    Answer run(RunContext context, Sides sides) {
        Teardown teardown = new Teardown(sides);
        Map<String, Map<String, Long>> losses = teardown.losses();
        StringBuilder question = new StringBuilder();
        losses.forEach(
                (database, left) ->
                        question.append("not carried over from ")
                                .append(database)
                                .append(": ")
                                .append(left)
                                .append('\n'));
        question.append("take sync off ")
                .append(sides.local().name())
                .append(" and ")
                .append(sides.remote().name())
                .append('?');
        context.confirm().require(question.toString());
        List<Teardown.Report> reports = teardown.run();
        StringBuilder text = new StringBuilder();
        for (Teardown.Report report : reports) {
            text.append(report.database())
                    .append(": ")
                    .append(report.triggers())
                    .append(" triggers and the control tables are gone");
            if (!report.restored().isEmpty()) {
                text.append(", as they were: ").append(String.join(", ", report.restored()));
            }
            text.append('\n');
        }
        return Answer.ok(new Done(losses, reports), text.toString().strip());
    }
}
