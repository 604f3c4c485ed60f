package io.bactrian.cli;

import io.bactrian.backup.Backups;
import io.bactrian.backup.Retention;
import io.bactrian.config.BackupSettings;
import io.bactrian.config.Settings;
import io.bactrian.route.Outcome;
import io.bactrian.route.PruneStep;
import io.bactrian.state.BackupHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        description = {
            "Takes away backups that are too old or too many, and what was never finished.",
            "The newest good backup of each database always stays, and so does the newest that is whole."
        },
        footer = {
            "",
            "bactrian.backup.retention-days and bactrian.backup.max-backups say how long and how many.",
            "",
            "Examples:",
            "  bactrian backup prune --dry-run",
            "  bactrian backup prune --set bactrian.backup.max-backups=5"
        })
final class BackupPruneCommand extends Verb {
    @Option(names = "--dry-run", description = "Tell what would go and take nothing away.")
    private boolean dryRun;

    @Override
    protected boolean isRun() {
        return !dryRun;
    }

    @Override
    protected String source(Settings settings) {
        return null;
    }

    @Override
    protected String target(Settings settings) {
        return null;
    }

    @Override
    protected Answer run(RunContext context) {
        BackupSettings settings = context.settings().backup();
        Backups store = new Backups(settings.dir());
        BackupHistory history = new BackupHistory(context.settings().log().dir());
        Retention.Result result =
                dryRun
                        ? Retention.look(store, settings, context.startedAt())
                        : Retention.apply(
                                store,
                                settings,
                                context.startedAt(),
                                gone -> PruneStep.note(history, context.runId(), gone));
        return Answer.of(Outcome.of(result), text(result));
    }

    private String text(Retention.Result result) {
        String kept = Units.count(result.kept()) + " kept";
        if (result.pruned().isEmpty()) {
            return "nothing to prune, " + kept;
        }
        TextTable table = new TextTable("BACKUP", "DATABASE", "BYTES", "WHY");
        result.pruned()
                .forEach(
                        p ->
                                table.row(
                                        p.entry().id(),
                                        p.database(),
                                        Units.bytes(p.bytes()),
                                        p.reason()));
        return table
                + (dryRun ? "\nwould free " : "\nfreed ")
                + Units.bytes(result.bytes())
                + ", "
                + kept;
    }
}
