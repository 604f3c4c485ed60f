package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.config.TableFilter;
import io.bactrian.error.ConfigException;
import io.bactrian.sql.Database;
import io.bactrian.state.Progress;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Round;
import io.bactrian.sync.Sides;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairs that sync, which stay open between rounds, and the rounds going on. A round ends with
 * the route its job came in by, however that ends.
 */
public final class SyncPairs extends RoutePolicySupport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncPairs.class);

    /** Two databases and what is known of their tables. */
    record SyncPair(Sides sides, Catalog catalog) {}

    private record Name(String local, String remote, TableFilter tables) {}

    private final Settings settings;
    private final Function<String, Progress> progress;
    private final Map<Name, SyncPair> open = new ConcurrentHashMap<>();
    private final Map<String, Round> rounds = new ConcurrentHashMap<>();
    private volatile boolean draining;
    private volatile Object metrics;

    SyncPairs(Settings settings, Function<String, Progress> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * The pair of a job, opened if this is the first call.
     *
     * @throws ConfigException if both are one and the same schema
     */
    SyncPair of(SyncJob job) {
        return of(job.local(), job.remote(), job.tables());
    }

    SyncPair of(String local, String remote, TableFilter tables) {
        return open.computeIfAbsent(new Name(local, remote, tables), this::open);
    }

    private SyncPair open(Name name) {
        int sessions = 2 * settings.copy().threads() + 6;
        Database local = open(name.local(), sessions);
        try {
            Database remote = open(name.remote(), sessions);
            if (local.server().uuid().equals(remote.server().uuid())
                    && local.server().schema().equals(remote.server().schema())) {
                remote.close();
                throw new ConfigException(
                        name.remote(),
                        "local and remote are the same schema "
                                + remote.schema()
                                + " of the same server",
                        "name another database with --target");
            }
            Sides sides = new Sides(local, remote);
            return new SyncPair(
                    sides, new Catalog(sides, name.tables(), settings.sync().capture()));
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    private Database open(String name, int sessions) {
        Database database =
                Database.open(settings.database(name), sessions, settings.connectionTimeout());
        if (metrics != null) {
            database.measure(metrics);
        }
        return database;
    }

    /**
     * Has the use of sessions counted, of pairs that are opened from now on.
     *
     * @param registry a {@code MeterRegistry} of Micrometer
     */
    public void measure(Object registry) {
        metrics = registry;
    }

    Progress progress(String runId) {
        return progress.apply(runId);
    }

    void begin(Round round, String runId) {
        rounds.put(runId, round);
    }

    /**
     * @throws CancellationException if the round is over
     */
    Round round(String runId) {
        Round round = draining ? null : rounds.get(runId);
        if (round == null) {
            throw new CancellationException("round " + runId + " is over");
        }
        return round;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        SyncJob job = exchange.getVariable(SyncRoutes.JOB, SyncJob.class);
        Round round = job == null ? null : rounds.remove(job.runId());
        if (round != null) {
            round.close();
            LOG.debug("round {} is over", job.runId());
        }
    }

    /** Lets the batches in hand finish, and begins no other. */
    void drain() {
        draining = true;
    }

    /** Cuts off what is going on. */
    void abort() {
        open.values()
                .forEach(
                        p -> {
                            p.sides().local().abort();
                            p.sides().remote().abort();
                        });
    }

    @Override
    public void close() {
        rounds.values().forEach(Round::close);
        open.values()
                .forEach(
                        p -> {
                            p.sides().local().close();
                            p.sides().remote().close();
                        });
    }
}
