package io.bactrian.web;

import io.bactrian.config.HttpSettings;
import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Extension;
import io.bactrian.route.Pipelines;
import io.bactrian.route.Runs;
import io.bactrian.route.SyncReport;
import io.bactrian.route.TriggerRoutes;
import io.bactrian.route.Watch;
import io.bactrian.state.Json;
import io.bactrian.state.Run.Result;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The living program: all routes, those of the site's {@code routes/} too, and the doors by which
 * they are called.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final long LARGEST_BODY = 16 << 20;

    private final Settings settings;
    private final Main main;
    private final Runs runs;

    private Daemon(Settings settings, Main main, Runs runs) {
        this.settings = settings;
        this.main = main;
        this.runs = runs;
    }

    /**
     * Starts all of it; it answers when this comes back.
     *
     * @throws ConfigException if a route of the site is wrong, or the address cannot be taken
     */
    public static Daemon start(LoadedSettings loaded) {
        return start(loaded, Extension.NONE);
    }

    /** The same with routes and beans of another program. */
    public static Daemon start(LoadedSettings loaded, Extension extension) {
        Settings settings = loaded.settings();
        requireFree(settings.http());
        Runs runs = new Runs(settings.log());
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(SiteProperties.of(loaded));
        main.configure()
                .withName("bactrian")
                .withBasePackageScanEnabled(false)
                .withAutoConfigurationLogSummary(false)
                // a bean for each processor took 20 MB
                .withJmxManagementMBeansLevel(ManagementMBeansLevel.RoutesOnly)
                .withShutdownTimeout((int) Math.max(1, settings.shutdownTimeout().toSeconds()))
                .withSourceLocationEnabled(true)
                .withRoutesIncludePattern(SiteRoutes.pattern())
                .addConfiguration(
                        new CamelConfiguration() {
                            @Override
                            public void configure(CamelContext context) throws Exception {
                                add(context, settings, runs);
                                extension.addTo(context);
                            }
                        });
        main.configure()
                .httpServer()
                .withEnabled(true)
                .withHost(settings.http().host())
                .withPort(settings.http().port())
                .withMaxBodySize(LARGEST_BODY);
        Daemon daemon = new Daemon(settings, main, runs);
        try {
            main.start();
            HttpErrors.addTo(daemon.server());
            LOG.info("daemon listens on {}", daemon.address());
            return daemon;
        } catch (Exception e) {
            main.stop();
            throw RouteMistake.of(e, "bactrian run");
        }
    }

    /** Whether it could listen where it is set to. */
    public static boolean isFree(HttpSettings http) {
        try {
            probe(http);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void probe(HttpSettings http) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(http.host(), http.port()));
        }
    }

    /**
     * Vert.x tells nobody that it got no address.
     *
     * @throws ConfigException if another program listens there
     */
    private static void requireFree(HttpSettings http) {
        try {
            probe(http);
        } catch (IOException e) {
            throw new ConfigException(
                    "bactrian.http.port",
                    "cannot be listened on, "
                            + http.host()
                            + ":"
                            + http.port()
                            + ": "
                            + e.getMessage(),
                    "stop the program that has it, or set another port; 0 takes a free one",
                    e);
        }
    }

    private static void add(CamelContext context, Settings settings, Runs runs) throws Exception {
        Pipelines pipelines = Pipelines.addTo(context, settings, runs::progress);
        Watch watch = new Watch(settings, pipelines);
        runs.use(pipelines, watch);
        Metrics metrics = new Metrics(settings, runs, watch);
        pipelines.syncPairs().measure(metrics.registry());
        context.addRoutePolicyFactory(metrics.ofRoutes());
        // closed with the context
        context.getRegistry().bind("watch", Watch.class, watch, null, "close");
        context.getRegistry().bind("metrics", Metrics.class, metrics, null, "close");
        Jmx jmx =
                new Jmx(
                        new ReplicatorBean(settings, runs),
                        new SyncBean(settings, runs, watch, context));
        jmx.register();
        context.getRegistry().bind("jmx", Jmx.class, jmx, null, "close");
        ProducerTemplate template = context.createProducerTemplate();
        runs.onEnd(ended -> tell(template, ended));
        Gate gate = new Gate(settings.http());
        Api api = new Api(settings, runs, watch, context, gate);
        context.addRoutes(new TriggerRoutes(settings, runs));
        context.addRoutes(
                new HttpRoutes(api, gate, new Health(settings, runs, watch, gate), metrics));
    }

    /** Tells the site's route of what somebody should look at, if it has one. */
    private static void tell(ProducerTemplate template, Runs.Ended ended) {
        Result result = ended.run().result();
        if (result == Result.FAILED || result == Result.DIFFERENT && isNews(ended)) {
            template.asyncSendBody(
                    "direct:notify?block=false&failIfNoConsumers=false", Json.line(ended.run()));
        }
    }

    /** A conflict that waits makes every round after it end so, until somebody decides. */
    private static boolean isNews(Runs.Ended ended) {
        return !ended.automatic()
                || !(ended.outcome().fields() instanceof SyncReport report)
                || report.conflicts() > 0;
    }

    private HttpServer server() {
        return main.getCamelContext().hasService(VertxPlatformHttpServer.class).getServer();
    }

    /** Where it answers. */
    public URI address() {
        String host = settings.http().host();
        return URI.create(
                "http://"
                        + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                        + ":"
                        + server().actualPort()
                        + "/");
    }

    /** Lets the work in hand finish, then stops. */
    @Override
    public void close() {
        // a log that ends without it is of a process that was killed
        LOG.info("daemon stops");
        runs.stop(settings.shutdownTimeout());
        main.stop();
        LOG.info("daemon has stopped");
    }
}
