package io.bactrian.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Retention;
import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.config.TableFilter;
import io.bactrian.error.BackupException;
import io.bactrian.error.ConfigException;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.LogRetention;
import io.bactrian.sync.Refused;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Side;
import io.bactrian.verify.Naming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what callers of the daemon want run. */
public final class Requests {
    private Requests() {}

    /** What many pipelines have in common. */
    private record Common(Settings settings, String source, String target, TableFilter tables) {

        static Common of(Settings settings, Options options) {
            String source = options.text("source");
            String target = options.text("target");
            Common common =
                    new Common(
                            settings,
                            source == null ? settings.source() : source,
                            target == null ? settings.target() : target,
                            tables(settings, options));
            if (common.source.equals(common.target)) {
                throw new ConfigException(
                        "target", "is '" + common.target + "', which is the source too", "");
            }
            settings.database(common.source);
            settings.database(common.target);
            return common;
        }

        static TableFilter tables(Settings settings, Options options) {
            String globs = options.list("tables");
            try {
                return globs == null ? settings.tables() : TableFilter.parse(globs);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(
                        "tables", "is '" + globs + "': " + e.getMessage(), "a comma list of globs");
            }
        }

        Job job(String runId) {
            return Job.of(runId, source, target, tables);
        }

        SyncJob round(String runId, SyncDirection direction, Strategy strategy) {
            return new SyncJob(
                    runId, source, target, tables, settings.sync().with(direction, strategy), null);
        }

        RunRequest request(String command, String change, List<String> more, RunRequest.Work work) {
            List<String> again = new ArrayList<>(List.of("bactrian"));
            again.addAll(List.of(command.split(" ")));
            again.addAll(List.of("--source", source, "--target", target));
            addTables(again, tables);
            again.addAll(more);
            return new RunRequest(command, source, target, tables, change, again, work);
        }
    }

    private static void addTables(List<String> words, TableFilter tables) {
        if (!tables.equals(TableFilter.ALL)) {
            words.addAll(List.of("--tables", tables.toString()));
        }
    }

    /**
     * The request in the body of {@code POST /api/runs} or of {@code direct:run}.
     *
     * @throws ConfigException for what is wrong in it
     */
    public static RunRequest of(JsonNode body, Settings settings) {
        Options options = new Options(body);
        String pipeline = options.required("pipeline");
        RunRequest request =
                switch (pipeline) {
                    case "analyze" -> analyze(Common.of(settings, options), options);
                    case "structure" -> structure(Common.of(settings, options), options);
                    case "data" -> data(Common.of(settings, options), options);
                    case "verify" -> verify(Common.of(settings, options), options);
                    case "replicate" -> replicate(Common.of(settings, options), options);
                    case "backup" -> backup(settings, options);
                    case "restore" -> restore(settings, options);
                    case "sync" -> sync(Common.of(settings, options), options);
                    case "prune" -> prune(settings);
                    default ->
                            throw new ConfigException(
                                    "pipeline",
                                    "is '" + pipeline + "'",
                                    "wanted: analyze, structure, data, verify, replicate, backup, restore, sync or prune");
                };
        options.requireAllRead();
        return request;
    }

    private static RunRequest analyze(Common common, Options options) {
        boolean extra = options.flag("drop_extra");
        return common.request(
                "analyze",
                null,
                List.of(),
                (p, id) -> Outcome.of(p.analyze(common.job(id).droppingExtra(extra))));
    }

    private static RunRequest structure(Common common, Options options) {
        boolean extra = options.flag("drop_extra");
        boolean dry = options.flag("dry_run");
        List<String> more = words(dry, "--dry-run", extra, "--drop-extra", !dry, "--yes");
        return common.request(
                "structure",
                dry ? null : "change the structure",
                more,
                (p, id) -> {
                    Job job = common.job(id).droppingExtra(extra);
                    return dry
                            ? Outcome.dryRun(p.analyze(job))
                            : Outcome.of(p.structure(job.changing()));
                });
    }

    private static RunRequest data(Common common, Options options) {
        Job.Mode mode = options.choice("mode", Job.Mode.class, Job.Mode.TRUNCATE);
        boolean resume = options.flag("resume");
        return common.request(
                "data",
                doing(mode),
                words(true, goOn(mode), true, "--yes"),
                (p, id) -> Outcome.of(p.data(common.job(id).copying(mode, resume)), mode));
    }

    private static String doing(Job.Mode mode) {
        return mode == Job.Mode.TRUNCATE ? "replace all rows" : "write the rows that differ";
    }

    private static String goOn(Job.Mode mode) {
        return mode == Job.Mode.TRUNCATE ? "--resume" : "--mode=reconcile";
    }

    private static RunRequest verify(Common common, Options options) {
        boolean repair = options.flag("repair");
        Naming naming = new Naming(options.number("rows", 100), options.flag("columns"));
        return common.request(
                "verify",
                repair ? "write the rows that differ" : null,
                words(naming.columns(), "--columns", repair, "--repair", repair, "--yes"),
                (p, id) -> Outcome.of(p.verify(common.job(id).naming(naming).repairing(repair))));
    }

    private static RunRequest replicate(Common common, Options options) {
        Job.Mode mode = options.choice("mode", Job.Mode.class, Job.Mode.TRUNCATE);
        Job.OnFailure onFailure =
                options.choice("on_failure", Job.OnFailure.class, Job.OnFailure.RESTORE);
        boolean resume = options.flag("resume");
        boolean extra = options.flag("drop_extra");
        return common.request(
                "replicate",
                "make the structure equal and " + doing(mode),
                words(
                        extra,
                        "--drop-extra",
                        onFailure == Job.OnFailure.KEEP,
                        "--on-failure=keep",
                        true,
                        goOn(mode),
                        true,
                        "--yes"),
                (p, id) ->
                        Outcome.of(
                                p.replicate(
                                        common.job(id)
                                                .droppingExtra(extra)
                                                .copying(mode, resume)
                                                .onFailure(onFailure)),
                                mode));
    }

    private static RunRequest backup(Settings settings, Options options) {
        String name = options.required("database", "name");
        TableFilter tables = Common.tables(settings, options);
        settings.database(name);
        List<String> again = new ArrayList<>(List.of("bactrian", "backup", "create", name));
        addTables(again, tables);
        return new RunRequest(
                "backup create",
                name,
                null,
                tables,
                null,
                again,
                (p, id) -> Outcome.of(p.backup(Job.saving(id, name, tables))));
    }

    private static RunRequest restore(Settings settings, Options options) {
        String backup = options.required("backup_id", "id");
        String into = options.required("into");
        TableFilter tables = Common.tables(settings, options);
        boolean checksums = options.flag("verify");
        boolean unsaved = options.flag("no_backup");
        boolean resume = options.flag("resume");
        boolean extra = options.flag("drop_extra");
        String schema = settings.database(into).database();
        requireBackup(settings, backup);
        List<String> again =
                new ArrayList<>(List.of("bactrian", "restore", backup, "--into", into));
        addTables(again, tables);
        again.addAll(words(checksums, "--verify", unsaved, "--no-backup", extra, "--drop-extra"));
        again.addAll(List.of("--resume", "--yes"));
        return new RunRequest(
                "restore",
                null,
                into,
                tables,
                "restore backup " + backup,
                again,
                (p, id) ->
                        Outcome.of(
                                p.restore(
                                        Job.restoring(id, backup, into, tables)
                                                .copying(Job.Mode.TRUNCATE, resume)
                                                .droppingExtra(extra)
                                                .saving(!unsaved)
                                                .checksums(checksums)),
                                schema));
    }

    private static RunRequest sync(Common common, Options options) {
        SyncDirection direction = options.choice("direction", SyncDirection.class, null);
        Strategy strategy = options.choice("strategy", Strategy.class, null);
        return common.request(
                "sync",
                "carry changes between both",
                words(
                        direction != null,
                        "--direction=" + direction,
                        strategy != null,
                        "--strategy=" + strategy,
                        true,
                        "--yes"),
                (p, id) -> Outcome.of(p.sync(common.round(id, direction, strategy))));
    }

    /** Refuses a backup that is not there before anything begins, unless it may be elsewhere. */
    private static void requireBackup(Settings settings, String id) {
        Backups backups = new Backups(settings.backup().dir());
        if (Backups.isId(id) && !backups.has(id) && !settings.backup().to().isEmpty()) {
            return;
        }
        try {
            backups.open(id);
        } catch (BackupException e) {
            throw new ConfigException(e.object(), e.getMessage(), e.hint(), e);
        }
    }

    /** A round as a program asks for it. */
    static RunRequest sync(SyncJob job, Settings settings) {
        return new Common(settings, job.local(), job.remote(), job.tables())
                .request(
                        "sync",
                        "carry changes between both",
                        List.of("--yes"),
                        (p, id) -> Outcome.of(p.sync(job.as(id))));
    }

    private static RunRequest prune(Settings settings) {
        return new RunRequest(
                "backup prune",
                null,
                null,
                TableFilter.ALL,
                "take away old backups and logs",
                List.of("bactrian", "backup", "prune"),
                (p, id) -> {
                    LogRetention.apply(settings.log(), Instant.now());
                    BackupHistory history = new BackupHistory(settings.log().dir());
                    return Outcome.of(
                            Retention.apply(
                                    new Backups(settings.backup().dir()),
                                    settings.backup(),
                                    Instant.now(),
                                    gone -> PruneStep.note(history, id, gone)));
                });
    }

    /**
     * A decision about a conflict, in the body of {@code POST /api/conflicts/ID/resolution}.
     *
     * @param who decides
     * @throws ConfigException for what is wrong in it
     */
    public static RunRequest resolution(
            long conflict, JsonNode body, String who, Settings settings) {
        Options options = new Options(body);
        Side keep = options.choice("keep", Side.class, null);
        JsonNode with = options.object("with");
        boolean again = options.flag("again");
        Common common = Common.of(settings, options);
        options.requireAllRead();
        if ((keep == null) == (with == null)) {
            throw new ConfigException(
                    "keep, with",
                    keep == null ? "are missing" : "are both there",
                    "give one of them: {\"keep\": \"local\"}");
        }
        Resolution.Choice choice = new Resolution.Choice(keep, with, again, who);
        return common.request(
                "conflicts resolve",
                "write the row of conflict " + conflict + " in both databases",
                List.of(),
                (p, id) -> {
                    SyncReport report =
                            p.sync(common.round(id, null, null).deciding(conflict, choice));
                    return Outcome.of(report)
                            .decided()
                            .within(new Resolved(conflict, choice.word(), report));
                });
    }

    /** What became of a decision. */
    public record Resolved(long conflict, String resolution, SyncReport sync) {}

    /** Rows that were refused are tried again. */
    public static RunRequest retry(Settings settings) {
        Common common = Common.of(settings, new Options(null));
        return common.request(
                "dead-letters retry",
                "try the refused rows again",
                List.of("--yes"),
                (p, id) -> {
                    SyncJob round = common.round(id, null, null);
                    long retried = new Refused(p.syncPairs().of(round).sides()).retry();
                    SyncReport report = p.sync(round);
                    return Outcome.of(report).within(new Retried(retried, report));
                });
    }

    /** What became of refused rows that were tried again. */
    public record Retried(long retried, SyncReport sync) {}

    /** The words behind a true value. */
    private static List<String> words(Object... pairs) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if ((boolean) pairs[i]) {
                chosen.add((String) pairs[i + 1]);
            }
        }
        return chosen;
    }
}
