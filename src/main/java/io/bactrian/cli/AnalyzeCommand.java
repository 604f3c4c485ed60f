package io.bactrian.cli;

import io.bactrian.analyze.Analysis;
import io.bactrian.analyze.Analysis.Status;
import io.bactrian.route.AnalyzeStep;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "analyze",
        description = {
            "Compares the target's structure with the source's and tells what differs,",
            "and what to know before tables are copied. Changes nothing; exits with 3 on differences."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian analyze",
            "  bactrian analyze --source local --target remote --tables 'order*' --json"
        })
final class AnalyzeCommand extends PipelineVerb {

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job job) {
        AnalyzeStep.Report report = pipelines.analyze(job);
        return Answer.of(Outcome.of(report), text(report));
    }

    static String text(AnalyzeStep.Report report) {
        return text(report, Integer.MAX_VALUE);
    }

    /**
     * @param width of a definition no more characters are shown
     */
    static String text(AnalyzeStep.Report report, int width) {
        Analysis analysis = report.analysis();
        TextTable table = new TextTable("TABLE", "STATUS", "WHAT", "NAME", "SOURCE", "TARGET");
        for (Analysis.TableComparison t : analysis.tables()) {
            if (t.differences().isEmpty() && t.status() != Status.EQUAL) {
                table.row(t.table(), t.status().name(), "", "", "", "");
            }
            for (Analysis.Difference d : t.differences()) {
                table.row(
                        t.table(),
                        t.status().name(),
                        d.kind(),
                        d.name(),
                        shown(d.source(), width),
                        shown(d.target(), width));
            }
        }
        for (Analysis.ObjectComparison o : analysis.objects()) {
            if (o.status() != Status.EQUAL) {
                table.row(
                        o.name(), o.status().name(), o.type().toLowerCase(Locale.ROOT), "", "", "");
            }
        }
        long equal = analysis.tables().stream().filter(t -> t.status() == Status.EQUAL).count();
        String head =
                analysis.equal()
                        ? "structures are equal: " + analysis.tables().size() + " tables"
                        : equal
                                + " of "
                                + analysis.tables().size()
                                + " tables are equal\n\n"
                                + table;
        return head
                + PipelineVerb.section("would lose data:", report.losses())
                + PipelineVerb.section("notes:", report.notes())
                + PipelineVerb.section(
                        "findings:",
                        analysis.findings().stream()
                                .map(
                                        f ->
                                                f.severity().name().toLowerCase(Locale.ROOT)
                                                        + ": "
                                                        + f.object()
                                                        + ": "
                                                        + f.message()
                                                        + "; "
                                                        + f.advice())
                                .toList());
    }

    private static String shown(String definition, int width) {
        if (definition == null) {
            return "-";
        }
        return definition.length() <= width ? definition : definition.substring(0, width - 1) + "…";
    }
}
