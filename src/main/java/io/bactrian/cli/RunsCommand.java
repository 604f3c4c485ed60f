package io.bactrian.cli;

import io.bactrian.error.ConfigException;
import io.bactrian.state.Json;
import io.bactrian.state.Run;
import io.bactrian.state.RunLog;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "runs",
        description = "Lists what ran and how it ended; or shows one run.",
        footer = {
            "",
            "Examples:",
            "  bactrian runs",
            "  bactrian runs 20261122-080000-ab12 --json"
        })
final class RunsCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "The run to show.")
    private String id;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many runs to list, the latest last (${DEFAULT-VALUE}).")
    private int last;

    @Override
    protected Answer run(RunContext context) {
        RunLog log = new RunLog(context.settings().log().dir());
        return id == null ? list(log.runs()) : show(log);
    }

    private Answer list(List<Run> all) {
        List<Run> runs = all.subList(Math.max(0, all.size() - Math.max(0, last)), all.size());
        TextTable table =
                new TextTable(
                        "RUN", "COMMAND", "SOURCE", "TARGET", "TIME", "ROWS", "BYTES", "RESULT");
        for (Run run : runs) {
            table.row(
                    run.runId(),
                    run.command(),
                    run.source(),
                    run.target(),
                    run.seconds() == null ? "" : Units.seconds(run.seconds()),
                    run.rows() == null ? "" : Units.count(run.rows()),
                    run.bytes() == null ? "" : Units.bytes(run.bytes()),
                    word(run));
        }
        return Answer.ok("runs", runs, runs.isEmpty() ? "no runs yet" : table.toString());
    }

    private Answer show(RunLog log) {
        Run run =
                log.run(id)
                        .orElseThrow(
                                () ->
                                        new ConfigException(
                                                id,
                                                "is not the id of a run",
                                                "'bactrian runs' lists them"));
        TextTable table = new TextTable("RUN", run.runId());
        table.row("command", run.command())
                .row("source", run.source())
                .row("target", run.target())
                .row("tables", run.tables())
                .row("started", run.startedAt())
                .row("process", run.pid())
                .row("asked by", run.door())
                .row("result", word(run));
        if (run.seconds() != null) {
            table.row("time", Units.seconds(run.seconds()))
                    .row("rows", Units.count(run.rows()))
                    .row("bytes", Units.bytes(run.bytes()));
        }
        if (run.error() != null) {
            table.row("error", run.error().object() + ": " + run.error().message())
                    .row("hint", run.error().hint());
        }
        if (run.resumeWith() != null) {
            table.row("resume with", run.resumeWith());
        }
        return Answer.ok("run", run, table.toString());
    }

    private static String word(Run run) {
        return Json.mapper().valueToTree(run.result()).asText();
    }
}
