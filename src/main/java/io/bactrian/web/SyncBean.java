package io.bactrian.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Requests;
import io.bactrian.route.Requests.Resolved;
import io.bactrian.route.RunRequest;
import io.bactrian.route.Runs;
import io.bactrian.route.SyncManager;
import io.bactrian.route.SyncReport;
import io.bactrian.route.Watch;
import io.bactrian.state.Json;
import io.bactrian.sync.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;

/** Sync over JMX, and sums over its rounds. */
final class SyncBean implements SyncMXBean, AutoCloseable {
    /** The route of {@code routes/schedule.camel.yaml} that runs rounds. */
    private static final String ROUTE = "automatic-sync";

    private final Settings settings;
    private final Runs runs;
    private final Watch watch;
    private final CamelContext context;
    private final SyncManager manager;
    private final LongAdder rounds = new LongAdder();
    private final LongAdder synced = new LongAdder();
    private final LongAdder conflicts = new LongAdder();

    SyncBean(Settings settings, Runs runs, Watch watch, CamelContext context) {
        this.settings = settings;
        this.runs = runs;
        this.watch = watch;
        this.context = context;
        this.manager = SyncManager.of(runs, settings, Jmx.CALLER);
        runs.onEnd(this::count);
    }

    private void count(Runs.Ended ended) {
        if (ended.outcome() != null && ended.outcome().fields() instanceof SyncReport report) {
            rounds.increment();
            synced.add(report.recordsSynced());
            conflicts.add(report.conflicts());
        }
    }

    private Status status() {
        return Jmx.call(watch::status);
    }

    @Override
    public boolean isSetUp() {
        return status().setUp();
    }

    @Override
    public String getDirection() {
        return settings.sync().direction().name();
    }

    @Override
    public String getStrategy() {
        return settings.sync().strategy().name();
    }

    @Override
    public boolean isAutomatic() {
        return manager.isAutomatic()
                || context.getRouteController().getRouteStatus(ROUTE) == ServiceStatus.Started;
    }

    @Override
    public long getPending() {
        return status().pending();
    }

    @Override
    public double getOldestSeconds() {
        return status().oldestSeconds();
    }

    @Override
    public long getConflictsWaiting() {
        return status().conflicts();
    }

    @Override
    public long getRefused() {
        return status().errors();
    }

    @Override
    public double getClockOffset() {
        return status().clockOffset();
    }

    @Override
    public long getRounds() {
        return rounds.sum();
    }

    @Override
    public long getRecordsSynced() {
        return synced.sum();
    }

    @Override
    public long getConflicts() {
        return conflicts.sum();
    }

    @Override
    public List<TableData> getTables() {
        return status().tables().stream().map(TableData::new).toList();
    }

    @Override
    public RoundData synchronize(String direction) {
        return Jmx.call(() -> new RoundData(manager.synchronize(direction(direction))));
    }

    private SyncDirection direction(String name) {
        if (name == null || name.isBlank()) {
            return settings.sync().direction();
        }
        try {
            return SyncDirection.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "direction",
                    "is '" + name + "'",
                    "wanted: " + Arrays.toString(SyncDirection.values()));
        }
    }

    @Override
    public void startAutoSync(int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("seconds is " + seconds + ", wanted: 1 or more");
        }
        stopRoute();
        manager.startAutoSync(Duration.ofSeconds(seconds));
    }

    @Override
    public void stopAutoSync() {
        stopRoute();
        manager.stopAutoSync();
    }

    private void stopRoute() {
        if (context.getRoute(ROUTE) != null) {
            try {
                context.getRouteController().stopRoute(ROUTE);
            } catch (Exception e) {
                throw new IllegalStateException(ROUTE + " does not stop: " + e.getMessage());
            }
        }
    }

    @Override
    public String conflicts(boolean waiting, int limit) {
        return Jmx.call(() -> Json.line(watch.conflicts(waiting, Math.max(1, limit))));
    }

    @Override
    public RoundData resolve(long conflict, String keep) {
        return decide(conflict, () -> Json.mapper().createObjectNode().put("keep", keep));
    }

    @Override
    public RoundData resolveWith(long conflict, String row) {
        return decide(conflict, () -> Json.mapper().createObjectNode().set("with", Jmx.json(row)));
    }

    private RoundData decide(long conflict, Supplier<JsonNode> decision) {
        return Jmx.call(
                () -> {
                    RunRequest wanted =
                            Requests.resolution(
                                    conflict, decision.get(), Jmx.CALLER.who(), settings);
                    // a wrong number is told before anything is listed as a run
                    watch.conflict(conflict);
                    Runs.Ended ended = runs.call(wanted, Jmx.CALLER);
                    if (ended.outcome() == null) {
                        throw new IllegalStateException(Jmx.told(ended.run().error()));
                    }
                    return new RoundData(((Resolved) ended.outcome().fields()).sync());
                });
    }

    @Override
    public String retry() {
        return Jmx.call(() -> runs.start(Requests.retry(settings), Jmx.CALLER));
    }

    @Override
    public void close() {
        manager.close();
    }
}
