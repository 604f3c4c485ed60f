package io.bactrian.cli;

import io.bactrian.error.DataException;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import io.bactrian.route.VerifyStep;
import io.bactrian.state.Run.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replicate",
        description = {
            "Makes the target equal to the source: analyze, structure, data, verify.",
            "Ends well only if every row was proven equal. Cut off at any point, it goes on with --resume."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian replicate",
            "  bactrian replicate --source local --target remote --yes --json",
            "  bactrian replicate --mode reconcile --yes"
        })
final class ReplicateCommand extends PipelineVerb {
    @Mixin private CopyOptions options;

    @Mixin private ExtraOptions extra;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String howToGoOn() {
        return options.howToGoOn();
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        Job job = options.apply(all.droppingExtra(extra.dropExtra));
        confirmChange(
                context,
                pipelines,
                all.droppingExtra(extra.dropExtra),
                "make the structure equal and " + DataCommand.question(job.mode()));
        ReplicateReport report = pipelines.replicate(job);
        requireEqual(report.verification());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", job.mode());
        fields.put("ddl", report.structure().ddl());
        fields.put("losses", report.structure().losses());
        fields.put("notes", report.structure().notes());
        fields.put("tables", report.data().tables());
        fields.put("rows", report.data().rows());
        fields.put("bytes", report.data().bytes());
        fields.put("snapshot", report.data().snapshot());
        fields.put("backup_id", null);
        fields.put("verification", report.verification());
        return new Answer(
                Result.OK, fields, text(report, job), report.data().rows(), report.data().bytes());
    }

    /**
     * @throws DataException naming the tables that are not
     */
    static void requireEqual(VerifyStep.Report verification) {
        List<String> unequal =
                verification.tables().stream()
                        .filter(t -> !t.equal())
                        .map(VerifyStep.TableReport::table)
                        .toList();
        if (!unequal.isEmpty()) {
            throw new DataException(
                    String.join(", ", unequal),
                    "differs from the source after the copy",
                    "`bactrian verify --columns` names the rows, `bactrian verify --repair` writes them");
        }
    }

    static String text(ReplicateReport report, Job job) {
        return StructureCommand.text(report.structure())
                + "\n\n"
                + DataCommand.text(report.data(), job.mode())
                + "\n\n"
                + VerifyCommand.text(report.verification());
    }
}
