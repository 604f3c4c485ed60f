package io.bactrian.cli;

import io.bactrian.sync.Sides;
import io.bactrian.sync.Status;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description =
                "Shows of each table what waits on both sides, conflicts, errors, and when it was last proven equal.",
        footer = {"", "Examples:", "  bactrian sync status", "  bactrian sync status --json"})
final class SyncStatusCommand extends SyncVerb {
    @Override
    Answer run(RunContext context, Sides sides) {
        Status status = Status.of(catalog(context, sides));
        return Answer.ok(status, text(status));
    }

    private static String text(Status status) {
        if (!status.setUp()) {
            return "not set up: run `bactrian sync setup`";
        }
        TextTable table =
                new TextTable(
                        "TABLE",
                        "PENDING LOCAL",
                        "PENDING REMOTE",
                        "OLDEST",
                        "CONFLICTS",
                        "ERRORS",
                        "PROVEN EQUAL",
                        "");
        status.tables()
                .forEach(
                        t ->
                                table.row(
                                        t.table(),
                                        Units.count(t.pendingLocal()),
                                        Units.count(t.pendingRemote()),
                                        t.oldestSeconds() == null
                                                ? ""
                                                : Units.seconds(t.oldestSeconds()),
                                        Units.count(t.conflicts()),
                                        Units.count(t.errors()),
                                        t.provenEqual() == null ? "" : t.provenEqual(),
                                        t.paused() == null ? "" : "paused: " + t.paused()));
        String head =
                (status.lastRound() == null
                                ? "no round yet"
                                : "last round with changes " + status.lastRound())
                        + ", the remote clock is "
                        + Units.seconds(Math.abs(status.clockOffset()))
                        + (status.clockOffset() < 0 ? " behind" : " ahead");
        List<String> remedies =
                status.tables().stream()
                        .filter(t -> t.remedy() != null)
                        .map(t -> t.table() + ": " + t.remedy())
                        .toList();
        return head + "\n\n" + table + PipelineVerb.section("what mends it:", remedies);
    }
}
