package io.bactrian.cli;

import io.bactrian.route.DataStep;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "data",
        description = {
            "Makes the rows of the target's tables those of the source. The structures must be equal.",
            "Cut off at any point, it goes on with --resume."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian data --yes",
            "  bactrian data --mode reconcile --tables 'order*' --yes",
            "  bactrian data --resume --yes"
        })
final class DataCommand extends PipelineVerb {
    @Mixin private CopyOptions options;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String howToGoOn() {
        return options.howToGoOn();
    }

    @Override
    protected boolean resumes() {
        return options.mode == Job.Mode.TRUNCATE;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        Job job = options.apply(all);
        confirmChange(context, pipelines, all, question(job.mode()));
        DataStep.Report report = pipelines.data(job);
        return Answer.of(
                Outcome.of(report, job.mode()), text(report, job.mode()) + mapped(report.mapped()));
    }

    static String question(Job.Mode mode) {
        return mode == Job.Mode.TRUNCATE ? "replace all rows" : "write the rows that differ";
    }

    static String text(DataStep.Report report, Job.Mode mode) {
        String tables = report.tables().size() + " tables";
        if (mode == Job.Mode.RECONCILE) {
            return Units.count(report.rows())
                    + " rows differed in "
                    + tables
                    + ", and were written";
        }
        return table(report.tables())
                + "\ncopied "
                + Units.count(report.rows())
                + " rows, "
                + Units.bytes(report.bytes())
                + ", of "
                + tables
                + "\nsnapshot: "
                + report.snapshot();
    }

    static TextTable table(List<DataStep.TableReport> tables) {
        TextTable table = new TextTable("TABLE", "ROWS", "BYTES", "SECONDS");
        tables.forEach(
                t ->
                        table.row(
                                t.table(),
                                Units.count(t.rows()),
                                Units.bytes(t.bytes()),
                                Units.seconds(t.seconds())));
        return table;
    }
}
