package io.bactrian.route;

import io.bactrian.config.Settings;
import io.bactrian.error.ConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * The open pairs, by run id. A pair is opened by the first step that needs it and closed when the
 * route ends through which its job came in, be that one stage or the whole pipeline. A run whose
 * pair was lost goes on with another.
 */
final class Pairs extends RoutePolicySupport {
    private static final String ENTRY = "bactrian.entry";

    private final Settings settings;
    private final Map<String, Pair> open = new ConcurrentHashMap<>();
    private final AtomicInteger lost = new AtomicInteger();

    Pairs(Settings settings) {
        this.settings = settings;
    }

    Pair of(Job job) {
        return open.computeIfAbsent(
                job.runId(),
                run -> Pair.open(lost.get() == 0 ? run : run + "~" + lost, settings, job));
    }

    /**
     * The pair of a task.
     *
     * @throws ConnectionException if it is no longer open: the run is over or goes on with another,
     *     and what is left of this one must not write any more
     */
    Pair of(String id) {
        return open.values().stream()
                .filter(pair -> pair.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ConnectionException(id, "has ended", ""));
    }

    /** Cuts off what a run has going on its servers; its next step opens another pair. */
    void drop(Job job) {
        lost.incrementAndGet();
        Pair pair = open.remove(job.runId());
        if (pair != null) {
            pair.abort();
        }
    }

    /** Cuts off everything. */
    void abort() {
        open.values().forEach(Pair::abort);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (exchange.getProperty(ENTRY) == null
                && exchange.getMessage().getBody() instanceof Job job) {
            exchange.setProperty(ENTRY, route.getRouteId() + "/" + job.runId());
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        String entry = exchange.getProperty(ENTRY, String.class);
        if (entry != null && entry.startsWith(route.getRouteId() + "/")) {
            Pair pair = open.remove(entry.substring(entry.indexOf('/') + 1));
            if (pair != null) {
                pair.close();
            }
        }
    }
}
