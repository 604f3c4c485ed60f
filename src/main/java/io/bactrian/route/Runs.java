package io.bactrian.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.LogSettings;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Failure;
import io.bactrian.state.Progress;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunId;
import io.bactrian.state.RunLog;
import io.bactrian.state.ShellWords;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The runs of a living process: started by whatever door, one at a time on a pair of databases,
 * noted in the list of runs and in the journal as those of commands are.
 */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** How long somebody waits for an automatic round, which is over in a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunBook book;
    private final Map<Set<String>, Rounds> rounds = new ConcurrentHashMap<>();
    private final List<Consumer<Ended>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, LiveRun> live = new LinkedHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    work -> {
                        Thread thread = new Thread(work, "run");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile Pipelines pipelines;
    private volatile Watch watch;
    private volatile boolean stopping;

    public Runs(LogSettings settings) {
        this.book = new RunBook(settings);
    }

    /** A run that has ended, and what it came to. */
    public record Ended(Run run, Outcome outcome, boolean automatic) {}

    /** A run with its stages, of which the last is in hand while it runs, and its report. */
    public record Detail(@JsonUnwrapped Run run, List<Progress.Status> stages, JsonNode report) {}

    /** What is remembered of the automatic rounds of one pair. */
    private static final class Rounds {
        final Outage outage = new Outage(LOG::warn);
        long lastErrors;
    }

    /** The routes that do the work. They are told of {@link #progress}, and so come later. */
    public void use(Pipelines routes, Watch looks) {
        pipelines = routes;
        watch = looks;
    }

    private Rounds rounds(RunRequest request) {
        return rounds.computeIfAbsent(request.databases(), pair -> new Rounds());
    }

    /** Tells of each run that ended, but for automatic rounds that had nothing to do. */
    public void onEnd(Consumer<Ended> listener) {
        listeners.add(listener);
    }

    /** What is told how far a run is; nobody looks at that of a run that is not from here. */
    public synchronized Progress progress(String runId) {
        LiveRun run = live.get(runId);
        return run == null ? new Progress() : run.progress();
    }

    /**
     * Starts a run and comes back.
     *
     * @return its id
     * @throws BusyException if another works on the same databases
     */
    public String start(RunRequest request, Caller caller) {
        LiveRun run = begin(request, caller);
        threads.execute(
                () -> {
                    execute(run);
                    giveBack();
                });
        return run.runId();
    }

    /**
     * What a large run took of memory is garbage now, but no full collection would come by itself
     * in a process that idles.
     */
    private void giveBack() {
        if (running().isEmpty()) {
            System.gc();
        }
    }

    /**
     * Runs something and comes back when it has ended, however it has.
     *
     * @throws BusyException if another works on the same databases
     */
    public Ended call(RunRequest request, Caller caller) {
        return execute(begin(request, caller));
    }

    /**
     * A round that is tried again by itself. It is passed over where another run is at work, or a
     * database was away a moment ago.
     */
    public Optional<Ended> round(RunRequest request, Caller caller) {
        if (!rounds(request).outage.isOver(Instant.now())) {
            return Optional.empty();
        }
        try {
            return Optional.of(execute(claim(request, caller, true)));
        } catch (BusyException e) {
            LOG.debug("no round: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private LiveRun begin(RunRequest request, Caller caller) {
        LiveRun run = claim(request, caller, false);
        try {
            book.requireAlone(run);
            book.begin(run);
            return run;
        } catch (RuntimeException e) {
            release(run);
            throw e;
        }
    }

    private synchronized LiveRun claim(RunRequest request, Caller caller, boolean automatic) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (stopping) {
                throw new BusyException("bactrian", "is being stopped", "start it again");
            }
            LiveRun other =
                    live.values().stream()
                            .filter(r -> !request.isApart(r.request()))
                            .findFirst()
                            .orElse(null);
            if (other == null) {
                Instant now = Instant.now();
                LiveRun run =
                        new LiveRun(RunId.at(now), request, caller, automatic, now, new Progress());
                live.put(run.runId(), run);
                return run;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (automatic || !other.automatic() || left <= 0) {
                throw other.busy();
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw other.busy();
            }
        }
    }

    private synchronized void release(LiveRun run) {
        live.remove(run.runId());
        notifyAll();
    }

    private Ended execute(LiveRun run) {
        MDC.put("run", run.runId());
        try {
            LOG.debug("{} for {}", run.request().command(), run.caller());
            Outcome outcome;
            Failure failure;
            Result result;
            try {
                if (run.automatic()) {
                    // the round itself would wait for it three times as long as a connection may
                    // take, and keep everybody else off the pair meanwhile
                    watch.requireThere(run.request().databases());
                }
                Pipelines routes = run.automatic() ? pipelines.repeating() : pipelines;
                outcome = run.request().work().run(routes, run.runId());
                failure = outcome.error() == null ? null : Failure.of(outcome.error());
                result = outcome.result();
            } catch (Throwable thrown) {
                outcome = null;
                failure = stopping ? stopped(run) : Failure.of(thrown);
                result = stopping ? Result.INTERRUPTED : Result.FAILED;
                if (!stopping && !(Failure.known(thrown) instanceof ConnectionException)) {
                    LOG.info("run {}", result, thrown);
                }
            }
            return end(run, outcome, result, failure);
        } finally {
            release(run);
            MDC.remove("run");
        }
    }

    private static Failure stopped(LiveRun run) {
        return new Failure(
                Kind.DATA,
                run.request().command(),
                "was stopped with the daemon before it was done",
                "`" + ShellWords.join(run.request().again()) + "` goes on with it");
    }

    private Ended end(LiveRun run, Outcome outcome, Result result, Failure failure) {
        long rows = outcome == null ? 0 : outcome.rows();
        long bytes = outcome == null ? 0 : outcome.bytes();
        Run ended = run.as(result, rows, bytes, failure);
        Ended told = new Ended(ended, outcome, run.automatic());
        if (run.automatic() && !isWorthTelling(run, outcome, failure)) {
            return told;
        }
        try {
            book.end(run, told);
        } catch (RuntimeException e) {
            LOG.error("cannot note the end of run {}", run.runId(), e);
        }
        listeners.forEach(l -> l.accept(told));
        return told;
    }

    /** Lists an automatic round that came to something, or the first one that failed. */
    private boolean isWorthTelling(LiveRun run, Outcome outcome, Failure failure) {
        Rounds of = rounds(run.request());
        if (outcome == null) {
            return !stopping && of.outage.failed(Instant.now(), failure);
        }
        of.outage.ended(Instant.now());
        if (!(outcome.fields() instanceof SyncReport report)) {
            return true;
        }
        // what could not be carried stays in the log, and is counted again by every round
        boolean news = report.errors() != of.lastErrors;
        of.lastErrors = report.errors();
        return news || report.recordsSynced() > 0 || report.conflicts() > 0;
    }

    /** The runs of this and other processes, newest first. */
    public List<Run> latest(int limit) {
        return book.latest(limit);
    }

    /** The list itself. */
    public RunLog log() {
        return book.log();
    }

    /** What this process has going on, oldest first. */
    public synchronized List<Detail> running() {
        return live.values().stream().map(LiveRun::detail).toList();
    }

    /** One run, going on or over; empty if there is none of that id. */
    public Optional<Detail> run(String runId) {
        synchronized (this) {
            if (live.containsKey(runId)) {
                return Optional.of(live.get(runId).detail());
            }
        }
        return book.find(runId);
    }

    /**
     * Lets what is in hand come to an end and begins nothing else. What does not end in time is cut
     * off, and listed as such.
     */
    public void stop(Duration longest) {
        stopping = true;
        pipelines.drain();
        if (!awaitEnd(longest)) {
            LOG.warn("cuts off what did not end within {} s", longest.toSeconds());
            pipelines.abort();
            awaitEnd(Duration.ofSeconds(5));
        }
        threads.shutdownNow();
    }

    /** Returns whether all has ended. */
    private synchronized boolean awaitEnd(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!live.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
