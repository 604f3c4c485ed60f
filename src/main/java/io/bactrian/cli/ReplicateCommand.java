package io.bactrian.cli;

import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replicate",
        description = {
            "Makes the target equal to the source: analyze, backup, structure, data, verify.",
            "Ends well only if every row was proven equal; else the target is put back as it was.",
            "Cut off at any point, it goes on with --resume."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian replicate",
            "  bactrian replicate --source local --target remote --yes --json",
            "  bactrian replicate --mode reconcile --yes",
            "  bactrian replicate --on-failure keep --yes"
        })
final class ReplicateCommand extends PipelineVerb {
    @Mixin private CopyOptions options;

    @Mixin private ExtraOptions extra;

    @Option(
            names = "--on-failure",
            paramLabel = "restore|keep",
            description = "Put the target back as it was (default), or leave it as it is then.")
    private Job.OnFailure onFailure = Job.OnFailure.RESTORE;

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
        Job job = options.apply(all.droppingExtra(extra.dropExtra)).onFailure(onFailure);
        confirmChange(
                context,
                pipelines,
                all.droppingExtra(extra.dropExtra),
                "make the structure equal and " + DataCommand.question(job.mode()));
        ReplicateReport report = pipelines.replicate(job);
        return Answer.of(Outcome.of(report, job.mode()), text(report, job));
    }

    static String text(ReplicateReport report, Job job) {
        String saved =
                report.backup() == null
                        ? ""
                        : "what is changed is saved in backup " + report.backup().backupId() + "\n";
        return saved
                + StructureCommand.text(report.structure())
                + "\n\n"
                + DataCommand.text(report.data(), job.mode())
                + "\n\n"
                + VerifyCommand.text(report.verification());
    }
}
