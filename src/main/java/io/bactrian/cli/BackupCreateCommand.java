package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.route.BackupStep;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Saves a database: rows of one moment, structure, views, routines, triggers and events.",
            "It is listed only once all of it is on the disk. Afterwards old ones are pruned."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian backup create remote",
            "  bactrian backup create local --tables 'order*' --json"
        })
final class BackupCreateCommand extends PipelineVerb {
    @Parameters(paramLabel = "NAME", description = "Name of the database.")
    private String name;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String source(Settings settings) {
        return name;
    }

    @Override
    protected String target(Settings settings) {
        return null;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        BackupStep.Report report = pipelines.backup(Job.saving(all.runId(), name, all.tables()));
        return Answer.of(Outcome.of(report), text(report));
    }

    private static String text(BackupStep.Report report) {
        return "backup "
                + report.backupId()
                + " of "
                + report.database()
                + ": "
                + report.tables()
                + " tables, "
                + Units.count(report.rows())
                + " rows, "
                + Units.bytes(report.bytes())
                + "\nin "
                + report.path()
                + report.stores().stream().map(s -> "\nand in " + s).collect(Collectors.joining())
                + "\nsnapshot: "
                + report.snapshot();
    }
}
