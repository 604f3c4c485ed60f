package io.bactrian.route;

import io.bactrian.config.LogSettings;
import io.bactrian.route.Runs.Detail;
import io.bactrian.route.Runs.Ended;
import io.bactrian.state.Journal;
import io.bactrian.state.Json;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunLog;
import io.bactrian.state.RunReports;
import io.bactrian.state.RunReports.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of runs: the list, the journal, and the reports. */
final class RunBook {
    private final RunLog log;
    private final Journal journal;
    private final RunReports reports;

    RunBook(LogSettings settings) {
        this.log = new RunLog(settings.dir());
        this.journal = new Journal(settings.dir());
        this.reports = new RunReports(settings.dir());
    }

    RunLog log() {
        return log;
    }

    /** Another process may be at work on the pair, which locks on the target would tell later. */
    void requireAlone(LiveRun run) {
        long self = ProcessHandle.current().pid();
        log.runs().stream()
                .filter(r -> r.result() == Result.RUNNING && r.pid() != self)
                .filter(r -> r.source() != null && r.target() != null)
                .filter(r -> List.of(r.source(), r.target()).containsAll(run.request().databases()))
                .findFirst()
                .ifPresent(
                        r -> {
                            throw new BusyException(
                                    r.source() + "/" + r.target(),
                                    "run "
                                            + r.runId()
                                            + " ("
                                            + r.command()
                                            + ") of process "
                                            + r.pid()
                                            + " is at work on it",
                                    "wait until it has ended");
                        });
    }

    /** Notes who changes what, and that it begins. */
    void begin(LiveRun run) {
        RunRequest request = run.request();
        if (request.change() != null) {
            journal.changes(
                    run.runId(),
                    run.caller().door().name().toLowerCase(Locale.ROOT),
                    run.caller().who(),
                    request.command(),
                    request.change()
                            + " (tables "
                            + request.tables()
                            + ", "
                            + String.join(" and ", request.databases())
                            + ")");
        }
        log.start(run.started());
    }

    /** Notes how it ended. */
    void end(LiveRun run, Ended ended) {
        Run of = ended.run();
        Report report =
                new Report(
                        run.progress().stages(),
                        ended.outcome() == null
                                ? null
                                : Json.mapper().valueToTree(ended.outcome().fields()));
        if (run.automatic()) {
            begin(run);
            reports.remember(run.runId(), report);
        } else {
            reports.save(run.runId(), report);
        }
        log.end(run.runId(), of.result(), of.seconds(), of.rows(), of.bytes(), of.error());
        if (of.error() != null) {
            journal.failed(run.runId(), of.command(), of.error());
        }
        journal.worked(
                run.runId(),
                of.command(),
                of.result(),
                of.seconds(),
                of.rows(),
                of.bytes(),
                report.stages());
    }

    /** The runs of this and other processes, newest first. */
    List<Run> latest(int limit) {
        List<Run> runs = log.runs();
        List<Run> last =
                new ArrayList<>(runs.subList(Math.max(0, runs.size() - limit), runs.size()));
        Collections.reverse(last);
        return last;
    }

    /** A run that is over, or of another process. */
    Optional<Detail> find(String runId) {
        return log.run(runId)
                .map(
                        run -> {
                            Report report = reports.find(runId).orElse(Report.NONE);
                            return new Detail(run, report.stages(), report.report());
                        });
    }
}
