package io.bactrian.cli;

import io.bactrian.route.Canary;
import io.bactrian.route.Pipelines;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Sides;
import io.bactrian.sync.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "setup",
        description = {
            "Makes two databases ready to sync: control tables and triggers in both, and a first round for what differs.",
            "Running it again repairs what is missing, and does nothing where all is in order."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian sync setup --dry-run",
            "  bactrian sync setup --add-columns --guard-triggers --yes"
        })
final class SyncSetupCommand extends SyncVerb {
    @Option(names = "--dry-run", description = "Show what would be done; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--add-columns",
            description = "Add version and last_modified to tables that lack them.")
    private boolean addColumns;

    @Option(
            names = "--guard-triggers",
            description = "Keep your own triggers from firing on rows that are carried over.")
    private boolean guardTriggers;

    @Option(names = "--compare", description = "Compare tables that are set up already, too.")
    private boolean compare;

    /**
     * The fields of the JSON document.
     *
     * @param sync the first round, or null with --dry-run
     */
    record Done(
            boolean dryRun,
            Map<String, List<String>> statements,
            List<Setup.TableReport> tables,
            List<String> unguardedTriggers,
            List<Paused> paused,
            List<String> warnings,
            SyncReport sync) {}

    /** A table that does not sync. */
    record Paused(String table, String reason, String remedy) {
        static Paused of(SyncTable table) {
            return new Paused(table.name(), table.paused(), table.remedy());
        }
    }

    @Override
    protected boolean isRun() {
        return !dryRun;
    }

    @Override
    Answer run(RunContext context, Sides sides) {
        Setup setup = new Setup(catalog(context, sides));
        Setup.Options options = new Setup.Options(addColumns, guardTriggers, compare);
        if (dryRun) {
            Setup.Report plan = setup.plan(options);
            return Answer.ok(fields(plan, null), text(plan, null));
        }
        context.confirm()
                .require(
                        "make control tables and triggers in "
                                + context.settings().database(context.settings().source())
                                + " and "
                                + context.settings().database(context.settings().target())
                                + ", and carry over what differs?");
        Setup.Report report;
        SyncReport round;
        // a mistake in a site's routes is told before anything is made
        try (Pipelines pipelines = context.pipelines()) {
            Canary.firstContact(sides.local(), sides.remote(), context.settings().log().dir());
            report = setup.run(options);
            round = pipelines.sync(SyncJob.of(context.runId(), context.settings()));
        }
        Answer of = SyncCommand.answer(round);
        return new Answer(
                of.result(), fields(report, round), text(report, round), of.rows(), 0, of.error());
    }

    private Done fields(Setup.Report report, SyncReport round) {
        return new Done(
                dryRun,
                report.statements(),
                report.tables(),
                report.unguarded(),
                report.paused().stream().map(Paused::of).toList(),
                report.warnings(),
                round);
    }

    private static String text(Setup.Report report, SyncReport round) {
        StringBuilder text = new StringBuilder();
        report.statements()
                .forEach((database, all) -> text.append(PipelineVerb.section(database + ":", all)));
        if (report.statements().isEmpty()) {
            text.append("\nall is in place");
        }
        List<String> paused = new ArrayList<>();
        report.paused()
                .forEach(
                        t ->
                                paused.add(
                                        t.name()
                                                + " "
                                                + t.paused()
                                                + (t.remedy() == null ? "" : ": " + t.remedy())));
        text.append(PipelineVerb.section("cannot sync:", paused));
        text.append(PipelineVerb.section("warnings:", report.warnings()));
        text.append(
                PipelineVerb.section(
                        "triggers of yours that also fire on rows carried over (--guard-triggers keeps them from it):",
                        report.unguarded()));
        if (round != null) {
            text.append("\n").append(SyncCommand.text(round));
        }
        return text.toString().strip();
    }
}
