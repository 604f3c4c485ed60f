package io.bactrian.route;

import io.bactrian.config.Settings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * The open pairs, by run id. A pair is opened by the first step that needs it and closed when the
 * route ends through which its job came in, be that one stage or the whole pipeline.
 */
final class Pairs extends RoutePolicySupport {
    private static final String ENTRY = "bactrian.entry";

    private final Settings settings;
    private final Map<String, Pair> open = new ConcurrentHashMap<>();

    Pairs(Settings settings) {
        this.settings = settings;
    }

    Pair of(Job job) {
        return open.computeIfAbsent(job.runId(), id -> Pair.open(settings, job));
    }

    /** The pair of a run that is going on. */
    Pair of(String runId) {
        Pair pair = open.get(runId);
        if (pair == null) {
            throw new IllegalStateException("run " + runId + " is over");
        }
        return pair;
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
