package io.bactrian.cli;

import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.VerifyStep;
import io.bactrian.verify.Finding;
import io.bactrian.verify.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Proves the rows of both sides equal by counts and checksums, or names the rows that are not.",
            "Exits with 3 on differences. Changes nothing without --repair."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian verify",
            "  bactrian verify --columns --rows 20 --tables orders",
            "  bactrian verify --repair --yes"
        })
final class VerifyCommand extends PipelineVerb {
    @Option(
            names = "--repair",
            description = "Write the rows that differ into the target, and verify again.")
    private boolean repair;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows named per table at most (default 100).")
    private int rows = 100;

    @Option(names = "--columns", description = "Name the columns that differ, too.")
    private boolean columns;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        Job job = all.naming(new Naming(rows, columns)).repairing(repair);
        if (repair) {
            confirmChange(context, pipelines, all, "write the rows that differ");
        }
        VerifyStep.Report report = pipelines.verify(job);
        return Answer.of(Outcome.of(report), text(report));
    }

    static String text(VerifyStep.Report report) {
        List<VerifyStep.TableReport> unequal =
                report.tables().stream().filter(t -> !t.equal()).toList();
        String head =
                report.tables().size()
                        - unequal.size()
                        + " of "
                        + report.tables().size()
                        + " tables are equal, "
                        + Units.count(
                                report.tables().stream()
                                        .mapToLong(VerifyStep.TableReport::sourceRows)
                                        .sum())
                        + " rows compared"
                        + (report.repaired() > 0
                                ? ", " + Units.count(report.repaired()) + " of them repaired"
                                : "");
        if (unequal.isEmpty()) {
            return head
                    + mapped(report.mapped())
                    + section("only in the target, not compared:", report.extraTables());
        }
        TextTable table =
                new TextTable("TABLE", "SOURCE", "TARGET", "MISSING", "EXTRA", "DIFFERENT", "");
        unequal.forEach(
                t ->
                        table.row(
                                t.table(),
                                Units.count(t.sourceRows()),
                                Units.count(t.targetRows()),
                                Units.count(t.missing()),
                                Units.count(t.extra()),
                                Units.count(t.different()),
                                t.reason() == null ? "" : t.reason()));
        List<String> named = new ArrayList<>();
        unequal.forEach(t -> t.rows().forEach(r -> named.add(t.table() + " " + row(r))));
        return head
                + mapped(report.mapped())
                + "\n\n"
                + table
                + section("rows:", named)
                + section("only in the target, not compared:", report.extraTables());
    }

    private static String row(Finding.Row row) {
        return row.kind().name().toLowerCase(Locale.ROOT)
                + " "
                + String.join(", ", row.key())
                + (row.columns().isEmpty() ? "" : " in " + String.join(", ", row.columns()));
    }
}
