package io.bactrian.route;

import io.bactrian.backup.BackupStore;
import io.bactrian.config.Settings;
import io.bactrian.data.ColumnMapper;
import io.bactrian.data.Mapping;
import io.bactrian.data.RowFilter;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.Progress;
import io.bactrian.sync.ConflictResolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** All routes in one Camel context, ready to be called. */
public final class Pipelines implements AutoCloseable {
    private static final String BACKUP = "direct:backup";
    private static final String SYNC = "direct:sync";

    private final CamelContext context;
    private final Pairs pairs;
    private final SyncPairs syncPairs;
    private final ProducerTemplate template;
    private final boolean repeating;

    /** Those that are not in the context yet, by what they are called by. */
    private final Map<String, RoutesBuilder> waiting;

    private Pipelines(
            CamelContext context,
            Pairs pairs,
            SyncPairs syncPairs,
            ProducerTemplate template,
            Map<String, RoutesBuilder> waiting,
            boolean repeating) {
        this.context = context;
        this.pairs = pairs;
        this.syncPairs = syncPairs;
        this.template = template;
        this.waiting = waiting;
        this.repeating = repeating;
    }

    /**
     * Starts a context for the routes, each when it is called; {@code progress} is told how far
     * they are. Camel's MBeans are the daemon's: a command would wait half a second for them.
     */
    public static Pipelines start(Settings settings, Progress progress) {
        return start(settings, progress, Extension.NONE);
    }

    /**
     * The same with beans of another program, and those of its routes that wait to be called.
     *
     * @throws ReplicationException if one of its routes is wrong
     */
    public static Pipelines start(Settings settings, Progress progress, Extension extension) {
        CamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        Pipelines pipelines = prepare(context, settings, run -> progress);
        try {
            context.start();
            extension.addCalledTo(context);
        } catch (Exception e) {
            pipelines.close();
            throw e instanceof ReplicationException known ? known : unstarted(e);
        }
        if (context.getRoutesSize() > 0) {
            // whom it calls is not known
            pipelines.add(uri -> true);
        }
        return pipelines;
    }

    /**
     * Adds the routes to a context that somebody else starts and stops.
     *
     * @param progress what is told how far a run is, by its id
     */
    public static Pipelines addTo(
            CamelContext context, Settings settings, Function<String, Progress> progress) {
        Pipelines pipelines = prepare(context, settings, progress);
        pipelines.add(uri -> true);
        return pipelines;
    }

    private static Pipelines prepare(
            CamelContext context, Settings settings, Function<String, Progress> progress) {
        try {
            ExecutorService tables = pool(context, "tables", settings);
            ExecutorService chunks = pool(context, "chunks", settings);
            BackupHistory history = new BackupHistory(settings.log().dir());
            Supplier<Mapping> mapping =
                    () ->
                            new Mapping(
                                    all(context, RowFilter.class),
                                    all(context, ColumnMapper.class));
            Pairs pairs =
                    new Pairs(
                            settings, progress, new PruneStep(settings.backup(), history), mapping);
            SyncPairs syncPairs = new SyncPairs(settings, progress);
            VerifyStep verify = new VerifyStep(pairs, settings.copy());
            RepairStep repair = new RepairStep(pairs, settings.copy());
            DataStep data = new DataStep(pairs, settings.copy(), settings.log().dir());
            StoreStep stores =
                    new StoreStep(
                            settings.backup().dir(), () -> stores(context, settings.backup().to()));
            BackupJournal journal = new BackupJournal(history);
            Map<String, RoutesBuilder> routes = new LinkedHashMap<>();
            routes.put(
                    "direct:replicate",
                    new ReplicateRoutes(pairs, new AnalyzeStep(pairs), new Rollback(pairs)));
            routes.put(
                    BACKUP,
                    new BackupRoutes(
                            pairs,
                            new BackupStep(pairs, settings.backup(), settings.copy()),
                            stores,
                            journal,
                            tables,
                            chunks));
            routes.put(
                    "direct:restore",
                    new RestoreRoutes(
                            pairs,
                            new RestoreStep(pairs, settings.copy()),
                            stores,
                            journal,
                            chunks));
            routes.put(
                    "direct:structure",
                    new StructureRoutes(pairs, new StructureStep(pairs), tables));
            routes.put(
                    "direct:data",
                    new DataRoutes(
                            pairs,
                            data,
                            new Restart(pairs, settings.retry()),
                            settings.chunksUri(),
                            tables,
                            chunks));
            routes.put("direct:verify", new VerifyRoutes(pairs, verify, repair, tables, chunks));
            routes.put(
                    SYNC,
                    new SyncRoutes(
                            syncPairs,
                            new SyncStep(
                                    syncPairs,
                                    settings.copy(),
                                    () -> all(context, ConflictResolver.class),
                                    mapping),
                            unqueued(context, "batches", settings)));
            context.addRoutesConfigurations(new ErrorHandling(settings.retry()));
            context.addRoutes(new DeadLetters(settings.log().dir()));
            return new Pipelines(
                    context, pairs, syncPairs, context.createProducerTemplate(), routes, false);
        } catch (Exception e) {
            throw unstarted(e);
        }
    }

    /** These two call no other's routes, and a command starts 0.1 s sooner with theirs alone. */
    private void need(String uri) {
        boolean alone = uri.equals(BACKUP) || uri.equals(SYNC);
        add(other -> !alone || other.equals(uri));
    }

    private void add(Predicate<String> needed) {
        synchronized (waiting) {
            for (String uri : List.copyOf(waiting.keySet())) {
                if (needed.test(uri)) {
                    try {
                        context.addRoutes(waiting.remove(uri));
                    } catch (Exception e) {
                        throw unstarted(e);
                    }
                }
            }
        }
    }

    /**
     * What an integrator has made of one kind; that of the registry first: who binds one there
     * knows of the others.
     */
    private static <T> List<T> all(CamelContext context, Class<T> extension) {
        List<T> all = new ArrayList<>(context.getRegistry().findByType(extension));
        ServiceLoader.load(extension).forEach(all::add);
        return all;
    }

    private static List<BackupStore> stores(CamelContext context, String uri) {
        List<BackupStore> all = all(context, BackupStore.class);
        if (!uri.isEmpty()) {
            all.add(new EndpointStore(context, uri));
        }
        return all;
    }

    private static IllegalStateException unstarted(Exception e) {
        return new IllegalStateException("routes do not start: " + e.getMessage(), e);
    }

    private static ExecutorService pool(CamelContext context, String name, Settings settings) {
        return new RunThreads(
                context.getExecutorServiceManager()
                        .newFixedThreadPool(context, name, settings.copy().threads()));
    }

    /**
     * A pool whose caller works too where all are busy, so that what it is given is not piled up.
     */
    private static ExecutorService unqueued(CamelContext context, String name, Settings settings) {
        int threads = Math.max(1, settings.copy().threads() - 1);
        return new RunThreads(
                context.getExecutorServiceManager()
                        .newThreadPool(
                                context,
                                name,
                                new ThreadPoolProfileBuilder(name)
                                        .poolSize(threads)
                                        .maxPoolSize(threads)
                                        .maxQueueSize(0)
                                        .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
                                        .build()));
    }

    /** The same routes for rounds that follow each other: the next one is the retry. */
    Pipelines repeating() {
        return new Pipelines(context, pairs, syncPairs, template, waiting, true);
    }

    /** Compares both structures. */
    public AnalyzeStep.Report analyze(Job job) {
        return call("direct:analyze", job, AnalyzeStep.Report.class);
    }

    /** Makes the target's structure equal. */
    public StructureStep.Report structure(Job job) {
        return call("direct:structure", job, StructureStep.Report.class);
    }

    /** Copies or reconciles the rows. */
    public DataStep.Report data(Job job) {
        return call("direct:data", job, DataStep.Report.class);
    }

    /** Compares the rows, and repairs them if the job says so. */
    public VerifyStep.Report verify(Job job) {
        return call("direct:verify", job, VerifyStep.Report.class);
    }

    /** Runs the whole pipeline. */
    public ReplicateReport replicate(Job job) {
        return call("direct:replicate", job, ReplicateReport.class);
    }

    /** Saves a database, or what of one the job is about. */
    public BackupStep.Report backup(Job job) {
        return call(BACKUP, job, BackupStep.Report.class);
    }

    /** Puts what a backup holds into a database. */
    public RestoreStep.Report restore(Job job) {
        return call("direct:restore", job, RestoreStep.Report.class);
    }

    /** Runs one round of sync. */
    public SyncReport sync(SyncJob job) {
        return call(SYNC, job, SyncReport.class);
    }

    /** The pairs that sync, which stay open until all ends. */
    public SyncPairs syncPairs() {
        return syncPairs;
    }

    private <T> T call(String uri, Object job, Class<T> type) {
        need(uri);
        Exchange result =
                template.request(
                        uri,
                        e -> {
                            e.getMessage().setBody(job);
                            e.setVariable(ErrorHandling.REPEATING, repeating);
                        });
        for (Throwable t = result.getException(); t != null; t = t.getCause()) {
            // a failed split wraps the step's own error
            if (t instanceof ReplicationException known) {
                throw known;
            }
        }
        if (result.getException() != null) {
            throw new IllegalStateException(result.getException());
        }
        return type.cast(result.getMessage().getBody());
    }

    /** Lets chunks and batches in hand finish, and begins no other: what is going on ends early. */
    public void drain() {
        pairs.drain();
        syncPairs.drain();
    }

    /** Cuts off what is going on, so that the servers stop their work; callers fail. */
    public void abort() {
        pairs.abort();
        syncPairs.abort();
    }

    @Override
    public void close() {
        try (SyncPairs last = syncPairs;
                CamelContext ending = context) {
            template.stop();
        } catch (Exception e) {
            throw new IllegalStateException("routes do not stop: " + e.getMessage(), e);
        }
    }
}
