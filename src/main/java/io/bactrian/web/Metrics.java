package io.bactrian.web;

import io.bactrian.backup.Backups;
import io.bactrian.config.Settings;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.Runs;
import io.bactrian.route.SyncReport;
import io.bactrian.route.Watch;
import io.bactrian.sync.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicyFactory;

/** What Prometheus collects: of runs and sync, of Camel's routes, of sessions, and of the JVM. */
final class Metrics implements AutoCloseable {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** How old what is looked up in databases and folders may be. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Settings settings;
    private final Watch watch;
    private long backupBytes;
    private long backupsSeen = Long.MIN_VALUE;

    Metrics(Settings settings, Runs runs, Watch watch) {
        this.settings = settings;
        this.watch = watch;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        runs.onEnd(this::count);
        gauge("bactrian.runs.active", "Runs going on", () -> runs.running().size());
        gauge("bactrian.sync.pending", "Changes still to be carried", sync(Status::pending));
        gauge(
                "bactrian.sync.oldest.seconds",
                "Age of the oldest change still to be carried",
                sync(Status::oldestSeconds));
        gauge(
                "bactrian.sync.conflicts.waiting",
                "Log rows that wait for a decision",
                sync(Status::conflicts));
        gauge(
                "bactrian.sync.refused",
                "Log rows that the other side refused",
                sync(Status::errors));
        gauge("bactrian.backup.bytes", "Disk used by backups", this::backupBytes);
        for (String name : List.of(settings.source(), settings.target())) {
            Gauge.builder("bactrian.database.up", () -> watch.away(AGE).containsKey(name) ? 0 : 1)
                    .description("1 if the database answers")
                    .tag("database", name)
                    .register(registry);
        }
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** Not a number where the pair cannot be asked. */
    private Supplier<Number> sync(ToDoubleFunction<Status> part) {
        return () -> {
            try {
                Status status = watch.status(AGE);
                return status.setUp() ? part.applyAsDouble(status) : Double.NaN;
            } catch (ReplicationException e) {
                return Double.NaN;
            }
        };
    }

    private synchronized Number backupBytes() {
        long now = System.nanoTime();
        if (backupsSeen == Long.MIN_VALUE || now - backupsSeen > AGE.toNanos()) {
            backupBytes =
                    new Backups(settings.backup().dir())
                            .list().stream()
                                    .filter(e -> e.backup() != null)
                                    .mapToLong(e -> e.backup().manifest().bytes())
                                    .sum();
            backupsSeen = now;
        }
        return backupBytes;
    }

    private void count(Runs.Ended ended) {
        String command = ended.run().command();
        String result = ended.run().result().name().toLowerCase(Locale.ROOT);
        Timer.builder("bactrian.run")
                .description("Runs and their time")
                .tags("command", command, "result", result)
                .register(registry)
                .record(Duration.ofMillis(Math.round(ended.run().seconds() * 1000)));
        registry.counter("bactrian.rows", "command", command).increment(ended.run().rows());
        registry.counter("bactrian.bytes", "command", command).increment(ended.run().bytes());
        if (ended.run().error() != null) {
            registry.counter("bactrian.errors", "kind", ended.run().error().kind().name())
                    .increment();
        }
        if (ended.outcome() != null && ended.outcome().fields() instanceof SyncReport report) {
            registry.counter("bactrian.conflicts").increment(report.conflicts());
        }
    }

    /** Counts what goes through routes. */
    RoutePolicyFactory ofRoutes() {
        MicrometerRoutePolicyFactory factory = new MicrometerRoutePolicyFactory();
        factory.setMeterRegistry(registry);
        return factory;
    }

    /** Where others count. */
    MeterRegistry registry() {
        return registry;
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
