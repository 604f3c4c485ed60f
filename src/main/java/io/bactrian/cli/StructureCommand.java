package io.bactrian.cli;

import io.bactrian.route.AnalyzeStep;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.StructureStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "structure",
        description = {
            "Makes the target's tables, views, routines, triggers and events those of the source.",
            "What would lose data is told, with its reason, before the question."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian structure --dry-run > changes.sql",
            "  bactrian structure --yes --drop-extra"
        })
final class StructureCommand extends PipelineVerb {
    @Option(names = "--dry-run", description = "Print the exact statements and change nothing.")
    private boolean dryRun;

    @Mixin private ExtraOptions extra;

    @Override
    protected boolean isRun() {
        return !dryRun;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        Job job = all.droppingExtra(extra.dropExtra);
        if (dryRun) {
            AnalyzeStep.Report report = pipelines.analyze(job);
            return Answer.of(
                    Outcome.dryRun(report),
                    String.join("", report.ddl().stream().map(s -> s + ";\n").toList())
                            .stripTrailing());
        }
        confirmChange(context, pipelines, job, "change the structure");
        StructureStep.Report report = pipelines.structure(job.changing());
        return Answer.of(Outcome.of(report), text(report));
    }

    static String text(StructureStep.Report report) {
        String head =
                report.changed()
                        ? "structures are equal now, after " + report.ddl().size() + " statements"
                        : "structures are equal, nothing was to be done";
        return head + section("notes:", report.notes());
    }
}
