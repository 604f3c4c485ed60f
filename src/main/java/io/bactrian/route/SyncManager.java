package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.Progress;
import io.bactrian.state.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two databases equal from within a program of one's own:
 *
 * <pre>{@code
 * try (SyncManager sync = SyncManager.open(settings)) {
 *     SyncReport report = sync.synchronize(SyncDirection.BIDIRECTIONAL);
 *     sync.startAutoSync(Duration.ofSeconds(30));
 *     ...
 *     sync.stopAutoSync();
 * }
 * }</pre>
 *
 * The pair must have been set up with {@code bactrian sync setup}. Rounds never overlap.
 */
public final class SyncManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncManager.class);
    private static final Duration ONE_WARNING = Duration.ofMinutes(1);

    /** What runs a round. */
    interface Rounds {
        /** Runs one that somebody asked for. */
        SyncReport asked(SyncJob job);

        /** Runs one of many; null if it was passed over. */
        default SyncReport automatic(SyncJob job) {
            return asked(job);
        }
    }

    private final Rounds rounds;
    private final AutoCloseable owned;
    private final SyncJob job;
    private final ScheduledExecutorService timer;
    private ScheduledFuture<?> auto;
    private Instant warned = Instant.EPOCH;

    private SyncManager(Rounds rounds, AutoCloseable owned, SyncJob job) {
        this.rounds = rounds;
        this.owned = owned;
        this.job = job;
        ScheduledThreadPoolExecutor one =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> {
                            Thread thread = new Thread(work, "sync");
                            thread.setDaemon(true);
                            return thread;
                        });
        one.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.timer = one;
    }

    /** Starts routes of its own; the source of {@code settings} is local, its target remote. */
    public static SyncManager open(Settings settings) {
        Pipelines own = Pipelines.start(settings, new Progress());
        return new SyncManager(ofRoutes(own), own, SyncJob.of(RunId.at(Instant.now()), settings));
    }

    /** Uses routes that are there. */
    public static SyncManager of(Pipelines pipelines, SyncJob job) {
        return new SyncManager(ofRoutes(pipelines), () -> {}, job);
    }

    /** Uses what a living process runs anyway, so that its rounds are listed there. */
    public static SyncManager of(Runs runs, Settings settings, Caller caller) {
        return new SyncManager(
                new ListedRounds(runs, settings, caller), () -> {}, SyncJob.of("", settings));
    }

    private static Rounds ofRoutes(Pipelines pipelines) {
        AtomicLong count = new AtomicLong();
        return job -> pipelines.sync(job.as(job.runId() + "." + count.incrementAndGet()));
    }

    /**
     * Runs one round.
     *
     * @throws ReplicationException if it fails; what was carried until then stays, and the rest
     *     waits for the next round
     */
    public SyncReport synchronize(SyncDirection direction) {
        synchronized (this) {
            return rounds.asked(job.with(direction, null));
        }
    }

    /** Whether rounds run by themselves. */
    public synchronized boolean isAutomatic() {
        return auto != null;
    }

    /** Runs a round now and then one after each pause, in the direction that is set. */
    public void startAutoSync(Duration pause) {
        startAutoSync(pause, report -> {}, failure -> {});
    }

    /**
     * The same, telling of each round. A database that is away is waited for, with one warning a
     * minute.
     */
    public synchronized void startAutoSync(
            Duration pause, Consumer<SyncReport> done, Consumer<ReplicationException> failed) {
        stopAutoSync();
        auto =
                timer.scheduleWithFixedDelay(
                        () -> once(done, failed), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Holds the lock until it is told: who stops the rounds has heard of all of them. */
    private synchronized void once(
            Consumer<SyncReport> done, Consumer<ReplicationException> failed) {
        if (auto == null) {
            return;
        }
        try {
            SyncReport report = rounds.automatic(job);
            if (report != null) {
                done.accept(report);
            }
        } catch (ReplicationException e) {
            failed.accept(e);
            if (Instant.now().isAfter(warned.plus(ONE_WARNING))) {
                warned = Instant.now();
                LOG.warn("a round failed, the next will try again: {}", e.toString());
            }
        } catch (RuntimeException | Error e) {
            // what is thrown from here would end the rounds without a word
            LOG.error("a round failed", e);
        }
    }

    /** Lets the round in hand finish, and begins no other. */
    public void stopAutoSync() {
        ScheduledFuture<?> running;
        synchronized (this) {
            // no round is going on while this is held
            running = auto;
            auto = null;
        }
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void close() {
        stopAutoSync();
        timer.shutdown();
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
