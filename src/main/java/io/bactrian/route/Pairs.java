package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.data.Mapping;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.Failure;
import io.bactrian.state.Progress;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open pairs, by run id. A pair is opened by the first step that needs it and closed when the
 * route ends through which its job came in, be that one stage or the whole pipeline. A run whose
 * pair was lost goes on with another.
 */
final class Pairs extends RoutePolicySupport {
    private static final Logger LOG = LoggerFactory.getLogger(Pairs.class);
    private static final String ENTRY = "bactrian.entry";

    private final Settings settings;
    private final Function<String, Progress> progress;
    private final PruneStep prune;
    private final Supplier<Mapping> mapping;
    private final Map<String, Pair> open = new ConcurrentHashMap<>();
    private final Map<String, RunState> running = new ConcurrentHashMap<>();
    private volatile boolean aborted;
    private volatile boolean draining;
    private final AtomicInteger lost = new AtomicInteger();

    /**
     * @param progress what is told how far a run is, by its id
     * @param prune takes away old backups once a run has ended well that made some
     * @param mapping filters and mappers of the integrator's own, asked for by each run
     */
    Pairs(
            Settings settings,
            Function<String, Progress> progress,
            PruneStep prune,
            Supplier<Mapping> mapping) {
        this.settings = settings;
        this.progress = progress;
        this.prune = prune;
        this.mapping = mapping;
    }

    /**
     * The pair of a job, opened if this is the first call.
     *
     * @throws CancellationException if the run is over: parts of a split that failed go on after it
     */
    Pair of(Job job) {
        return open.computeIfAbsent(
                job.runId(),
                run -> {
                    if (isAborted() || !running.containsKey(run)) {
                        throw over(run);
                    }
                    String id = lost.get() == 0 ? run : run + "~" + lost;
                    return Pair.open(id, settings, job, progress.apply(run), mapping);
                });
    }

    /**
     * The pair of a task.
     *
     * @throws CancellationException if it is no longer open: the run is over or goes on with
     *     another, and what is left of this one must not write any more
     */
    Pair of(String id) {
        if (draining) {
            throw over(id);
        }
        return open.values().stream()
                .filter(pair -> pair.id().equals(id))
                .findFirst()
                .orElseThrow(() -> over(id));
    }

    /**
     * What is known of a run, whatever pair it works on.
     *
     * @throws CancellationException if it is over
     */
    RunState state(String runId) {
        RunState state = running.get(runId);
        if (state == null) {
            throw over(runId);
        }
        return state;
    }

    /** Cuts off what a run has going on its servers; its next step opens another pair. */
    void drop(Job job) {
        lost.incrementAndGet();
        Pair pair = open.remove(job.runId());
        if (pair != null) {
            pair.abort();
        }
    }

    /** Lets the tasks in hand finish, and hands out no pair any more. */
    void drain() {
        draining = true;
    }

    /** Cuts off everything, for good. */
    void abort() {
        aborted = true;
        open.values().forEach(Pair::abort);
    }

    /** Whether all is being stopped: what fails now fails for that. */
    boolean isAborted() {
        return aborted || draining;
    }

    private static CancellationException over(String runId) {
        return new CancellationException("run " + runId + " is over");
    }

    private static String started(Route route) {
        return "bactrian.started." + route.getRouteId();
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        LOG.info("{} begins", route.getRouteId());
        exchange.setProperty(started(route), System.nanoTime());
        if (exchange.getProperty(ENTRY) == null
                && exchange.getMessage().getBody() instanceof Job job) {
            exchange.setProperty(ENTRY, route.getRouteId() + "/" + job.runId());
            running.computeIfAbsent(job.runId(), run -> new RunState());
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        LOG.info(
                "{} {} after {} s",
                route.getRouteId(),
                exchange.isFailed() ? "failed" : "ended",
                Math.round(
                                (System.nanoTime()
                                                - exchange.getProperty(
                                                        started(route), 0L, Long.class))
                                        / 1e7)
                        / 100.0);
        String entry = exchange.getProperty(ENTRY, String.class);
        if (entry != null && entry.startsWith(route.getRouteId() + "/")) {
            end(entry.substring(entry.indexOf('/') + 1), exchange);
        }
    }

    /** A restore is not undone by itself: what it replaced may be what was to go. */
    private static void tellWayBack(RunState state, Job job, Exchange exchange) {
        ReplicationException known = Failure.known(exchange.getException());
        if (job.backup() != null && !job.undoes() && known != null && state.hasChanged()) {
            exchange.setException(state.leftHalfChanged(known, job.target(), ""));
        }
    }

    private void end(String runId, Exchange exchange) {
        RunState state = running.remove(runId);
        Pair pair = open.remove(runId);
        if (pair != null) {
            try (pair) {
                if (!exchange.isFailed()) {
                    if (pair.job().changes()) {
                        state.endedWell(pair.job(), pair.target());
                    }
                    if (!state.saved().isEmpty()) {
                        prune.after(runId);
                    }
                } else if (!isAborted()) {
                    state.failed(pair.target());
                    tellWayBack(state, pair.job(), exchange);
                }
            } catch (RuntimeException e) {
                if (exchange.getException() == null) {
                    exchange.setException(e);
                } else {
                    exchange.getException().addSuppressed(e);
                }
            }
        }
    }
}
