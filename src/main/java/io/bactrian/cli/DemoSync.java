package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.demo.DemoShop;
import io.bactrian.error.DataException;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.sql.Database;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.ConflictLine;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Refused;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Side;
import io.bactrian.sync.Sides;
import java.util.List;

/** The demo's second half: both databases change, and sync. */
final class DemoSync implements AutoCloseable {
    private static final int SESSIONS = 4;

    private final DemoSteps steps;
    private final Pipelines pipelines;
    private final DemoShop shop;
    private final Settings settings;
    private final SyncJob job;
    private final Sides sides;
    private int rounds;

    DemoSync(
            DemoSteps steps, Pipelines pipelines, DemoShop shop, Settings settings, Job replicate) {
        this.steps = steps;
        this.pipelines = pipelines;
        this.shop = shop;
        this.settings = settings;
        this.job = SyncJob.of(replicate.runId(), settings);
        this.sides = new Sides(open(job.local()), open(job.remote()));
    }

    private Database open(String name) {
        return Database.open(settings.database(name), SESSIONS, settings.connectionTimeout());
    }

    /** What setup did, and the first round. */
    record Ready(Setup.Report setup, SyncReport sync) {}

    void show() {
        steps.say("From now on both are written to.", List.of());
        steps.step(
                "sync setup --guard-triggers --yes",
                "Triggers in both databases log what changes.",
                () -> new Ready(setUp(), round()),
                DemoSync::text);
        steps.say("Both change, partly the same rows:", shop.changeBoth());
        SyncReport report =
                steps.step(
                        "sync --yes",
                        "Customers merge, categories wait for a person, else the remote row wins.",
                        this::round,
                        SyncCommand::text);
        List<ConflictLine> conflicts =
                steps.step(
                        "conflicts list",
                        "Nothing is lost: what lost is here, whole.",
                        () ->
                                new Conflicts(sides)
                                        .list(false, 100).stream().map(ConflictLine::of).toList(),
                        ConflictsListCommand::text);
        ConflictLine waiting =
                conflicts.stream()
                        .filter(c -> c.resolution() == null)
                        .findFirst()
                        .orElseThrow(() -> mistake("no conflict waits: " + report));
        steps.step(
                "conflicts show " + waiting.id(),
                "This one waits.",
                () -> waiting,
                ConflictsShowCommand::text);
        steps.step(
                "conflicts resolve " + waiting.id() + " --keep local --yes",
                "It is decided, and the decision carried to both.",
                () -> resolve(waiting.id()),
                SyncCommand::text);
        SyncReport idle =
                steps.step(
                        "sync --yes",
                        "Nothing is left, and nothing echoes.",
                        this::round,
                        SyncCommand::text);
        if (!idle.converged() || !idle.isIdle()) {
            throw mistake(
                    "both sides should be at rest: " + idle + "; " + new Refused(sides).list(9));
        }
    }

    private static DataException mistake(String message) {
        return new DataException("demo", message, "this is a mistake in Bactrian");
    }

    private Setup.Report setUp() {
        Catalog catalog = new Catalog(sides, job.tables(), settings.sync().capture());
        return new Setup(catalog).run(new Setup.Options(false, true, false));
    }

    private SyncReport round() {
        return pipelines.sync(next());
    }

    private SyncReport resolve(long conflict) {
        return pipelines.sync(
                next().deciding(
                                conflict,
                                new Resolution.Choice(
                                        Side.LOCAL, null, System.getProperty("user.name"))));
    }

    private SyncJob next() {
        return job.as(job.runId() + "." + ++rounds);
    }

    private static String text(Ready ready) {
        StringBuilder text = new StringBuilder();
        ready.setup()
                .statements()
                .forEach(
                        (database, all) ->
                                text.append(database)
                                        .append(": ")
                                        .append(
                                                all.stream()
                                                        .filter(s -> s.startsWith("trigger "))
                                                        .count())
                                        .append(" triggers, ")
                                        .append(
                                                String.join(
                                                        ", ",
                                                        all.stream()
                                                                .filter(
                                                                        s ->
                                                                                !s.startsWith(
                                                                                        "trigger "))
                                                                .toList()))
                                        .append('\n'));
        return text + SyncCommand.text(ready.sync());
    }

    @Override
    public void close() {
        sides.local().close();
        sides.remote().close();
    }
}
