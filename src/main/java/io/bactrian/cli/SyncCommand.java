package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.Job;
import io.bactrian.route.Outcome;
import io.bactrian.route.Pipelines;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncManager;
import io.bactrian.route.SyncReport;
import io.bactrian.sync.Written;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sync",
        description = {
            "Carries what both databases changed to the other, decides conflicts, and proves the rows equal.",
            "The source is the local database, the target the remote one. Exits with 3 if conflicts wait for a decision."
        },
        subcommands = {SyncSetupCommand.class, SyncStatusCommand.class, SyncTeardownCommand.class},
        footer = {
            "",
            "Examples:",
            "  bactrian sync setup --yes",
            "  bactrian sync --yes",
            "  bactrian sync --strategy newest_wins --tables 'order*' --yes",
            "  bactrian sync --every 30 --yes"
        })
final class SyncCommand extends PipelineVerb {
    @Option(
            names = "--direction",
            paramLabel = "D",
            description = "bidirectional (default), local_to_remote or remote_to_local.")
    private SyncDirection direction;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            description =
                    "Who wins where both changed a row: remote_wins (default), local_wins, newest_wins, manual or merge.")
    private Strategy strategy;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "Go on with a round after each pause, until Ctrl-C.")
    private Integer every;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String howToGoOn() {
        return "run it again: it goes on where it was cut off";
    }

    @Override
    Answer run(RunContext context, Pipelines pipelines, Job all) {
        Settings settings = context.settings();
        SyncJob job = SyncJob.of(context.runId(), settings).with(direction, strategy);
        context.confirm()
                .require(
                        "carry changes between "
                                + settings.database(job.local())
                                + " and "
                                + settings.database(job.remote())
                                + " (tables "
                                + job.tables()
                                + ")?");
        return every == null ? answer(pipelines.sync(job)) : untilStopped(context, pipelines, job);
    }

    private Answer untilStopped(RunContext context, Pipelines pipelines, SyncJob job) {
        AtomicReference<SyncReport> sum = new AtomicReference<>();
        AtomicReference<ReplicationException> last = new AtomicReference<>();
        CountDownLatch stopped = new CountDownLatch(1);
        try (SyncManager manager = SyncManager.of(pipelines, job)) {
            context.ending()
                    .finishWith(
                            () -> {
                                manager.stopAutoSync();
                                stopped.countDown();
                            },
                            context.settings().shutdownTimeout());
            manager.startAutoSync(
                    Duration.ofSeconds(every),
                    report -> {
                        last.set(null);
                        sum.accumulateAndGet(report, (a, b) -> a == null ? b : a.plus(b));
                        if (!report.isIdle()) {
                            context.out()
                                    .println(
                                            LocalTime.now().truncatedTo(ChronoUnit.SECONDS)
                                                    + "  "
                                                    + line(report));
                            context.out().flush();
                        }
                    },
                    last::set);
            await(stopped);
        }
        return sum.get() == null
                ? Answer.failed(Map.of(), "no round ended well", failure(last.get()))
                : answer(sum.get());
    }

    private static ReplicationException failure(ReplicationException last) {
        return last != null
                ? last
                : new DataException("sync", "was stopped before its first round ended", "");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Answer answer(SyncReport report) {
        return Answer.of(Outcome.of(report), text(report));
    }

    private static String line(SyncReport report) {
        return Units.count(report.recordsSynced())
                + " rows synced ("
                + written("to remote", report.localToRemote())
                + "; "
                + written("to local", report.remoteToLocal())
                + "), "
                + Units.count(report.conflicts())
                + " conflicts"
                + (report.errors() > 0 ? ", " + Units.count(report.errors()) + " errors" : "")
                + (report.converged() ? ", proven equal" : "");
    }

    private static String written(String where, Written rows) {
        return where
                + ": "
                + Units.count(rows.inserted())
                + " inserted, "
                + Units.count(rows.updated())
                + " updated, "
                + Units.count(rows.deleted())
                + " deleted";
    }

    static String text(SyncReport report) {
        List<String> left = new ArrayList<>();
        if (report.pending() > 0) {
            left.add(Units.count(report.pending()) + " changes are still to be carried over");
        }
        if (report.conflictsWaiting() > 0) {
            left.add("conflicts wait for a decision: `bactrian conflicts list` shows them");
        }
        List<String> paused =
                report.tables().stream()
                        .filter(t -> t.paused() != null)
                        .map(
                                t ->
                                        t.table()
                                                + " "
                                                + t.paused()
                                                + (t.remedy() == null ? "" : ": " + t.remedy()))
                        .toList();
        TextTable table = new TextTable("TABLE", "TO REMOTE", "TO LOCAL", "CONFLICTS", "ERRORS");
        List<SyncReport.TableReport> active =
                report.tables().stream().filter(t -> t.paused() == null).toList();
        active.forEach(
                t ->
                        table.row(
                                t.table(),
                                Units.count(t.localToRemote().rows()),
                                Units.count(t.remoteToLocal().rows()),
                                Units.count(t.conflicts()),
                                Units.count(t.errors())));
        return line(report)
                + (active.isEmpty() ? "" : "\n\n" + table)
                + section("left:", left)
                + section("paused:", paused);
    }
}
