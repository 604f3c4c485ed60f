package io.bactrian.cli;

import io.bactrian.backup.Backup;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.config.TableFilter;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.RestoreStep;
import io.bactrian.sql.Database;
import io.bactrian.sql.TableFacts;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Puts a backup, or some of its tables, into a database, which need not be the one it is of.",
            "Reads all of the backup before it touches anything, saves what it replaces, and looks at the rows afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian restore 20261122-080000-ab12 --into remote",
            "  bactrian restore 20261122-080000-ab12 --into remote --tables orders --yes",
            "  bactrian restore 20261122-080000-ab12 --into remote --drop-extra --verify"
        })
final class RestoreCommand extends PipelineVerb {
    /** More names than that are not read by anybody. */
    private static final int NAMED = 20;

    @Parameters(paramLabel = "ID", description = "The backup, as 'backup list' names it.")
    private String id;

    @Option(
            names = "--into",
            paramLabel = "NAME",
            required = true,
            description = "Name of the database that is written.")
    private String into;

    @Option(
            names = "--verify",
            description = "Compare rows by the checksums of the backup; else they are counted.")
    private boolean verify;

    @Option(names = "--no-backup", description = "Do not save what is replaced.")
    private boolean noBackup;

    @Option(names = "--resume", description = "Go on with a restore that was cut off.")
    private boolean resume;

    @Mixin private ExtraOptions extra;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String source(Settings settings) {
        return null;
    }

    @Override
    protected String target(Settings settings) {
        return into;
    }

    @Override
    protected String howToGoOn() {
        return "the same command with --resume goes on where it stopped";
    }

    @Override
    protected boolean resumes() {
        return true;
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        DatabaseSettings target = context.settings().database(into);
        confirm(context, target);
        RestoreStep.Report report =
                pipelines.restore(
                        Job.restoring(all.runId(), id, into, all.tables())
                                .copying(Job.Mode.TRUNCATE, resume)
                                .droppingExtra(extra.dropExtra)
                                .saving(!noBackup)
                                .checksums(verify));
        return Answer.of(Outcome.of(report, target.database()), text(report));
    }

    /** Asks, and names the tables that are in the way. */
    private void confirm(RunContext context, DatabaseSettings target) {
        Settings settings = context.settings();
        Backups backups = new Backups(settings.backup().dir());
        boolean elsewhere =
                Backups.isId(id) && !backups.has(id) && !settings.backup().to().isEmpty();
        if (context.confirm().isAgreed() || elsewhere) {
            context.confirm().require("restore backup " + id + " into " + target + "?");
            return;
        }
        Backup backup = backups.open(id);
        List<String> known = backup.manifest().tables().stream().map(SavedTable::table).toList();
        List<String> saved =
                backup.manifest().tables().stream()
                        .filter(t -> t.rowsOf() != RowsOf.NONE)
                        .map(SavedTable::table)
                        .filter(settings.tables())
                        .toList();
        List<String> there;
        try (Database database = Database.open(target, 1, settings.connectionTimeout())) {
            there = TableFacts.read(database).stream().map(TableFacts::name).toList();
        }
        context.confirm()
                .require(
                        "restore "
                                + saved.size()
                                + " tables of "
                                + backup.manifest().origin().database()
                                + ", saved "
                                + backup.manifest().finishedAt()
                                + ", into "
                                + target
                                + named("replace", there.stream().filter(saved::contains).toList())
                                + named("drop", extra(settings.tables(), known, there))
                                + "?");
    }

    private List<String> extra(TableFilter wanted, List<String> known, List<String> there) {
        return extra.dropExtra
                ? there.stream().filter(wanted).filter(t -> !known.contains(t)).toList()
                : List.of();
    }

    private static String named(String doing, List<String> tables) {
        if (tables.isEmpty()) {
            return "";
        }
        return ", "
                + doing
                + " "
                + String.join(", ", tables.subList(0, Math.min(NAMED, tables.size())))
                + (tables.size() > NAMED ? " and " + (tables.size() - NAMED) + " more" : "");
    }

    private static String text(RestoreStep.Report report) {
        return DataCommand.table(report.tables())
                + "\nrestored "
                + Units.count(report.rows())
                + " rows of "
                + report.tables().size()
                + " tables, "
                + (report.checksums() ? "and compared them by checksums" : "and counted them")
                + (report.savedAs() == null
                        ? ""
                        : "\nwhat they replaced is in backup " + report.savedAs())
                + section("lost:", report.losses())
                + section("notes:", report.notes());
    }
}
