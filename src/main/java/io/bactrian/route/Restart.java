package io.bactrian.route;

import io.bactrian.config.RetrySettings;
import io.bactrian.error.ConnectionException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a copy that lost its connections, and with them its snapshot, go on from its checkpoints
 * with new ones. A step cannot do that: a new snapshot is another one for all tables.
 */
final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);
    private static final String COUNT = "restarts";

    private final Pairs pairs;
    private final RetrySettings retry;

    Restart(Pairs pairs, RetrySettings retry) {
        this.pairs = pairs;
        this.retry = retry;
    }

    /** Whether the failed copy has checkpoints to go on from and has not been tried enough. */
    boolean isPossible(Exchange exchange) {
        return !pairs.isAborted()
                && exchange.getVariable("begun") != null
                && count(exchange) < retry.attempts() - 1;
    }

    private static int count(Exchange exchange) {
        return exchange.getVariable(COUNT, 0, Integer.class);
    }

    /** Cuts off what is left of the failed copy and gives the job that goes on with it. */
    Job next(Exchange exchange) {
        Job job = exchange.getVariable("job", Job.class);
        exchange.setVariable(COUNT, count(exchange) + 1);
        LOG.warn(
                "{}; going on from the checkpoints ({} of {})",
                cause(exchange),
                count(exchange),
                retry.attempts() - 1);
        pairs.drop(job);
        return job.copying(job.mode(), true);
    }

    private static String cause(Exchange exchange) {
        Throwable t = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (!(t instanceof ConnectionException) && t.getCause() != null) {
            t = t.getCause();
        }
        return t.getMessage();
    }

    /** Milliseconds to wait first: servers need a while to come back. */
    long delay(Exchange exchange) {
        return retry.delay().toMillis() << count(exchange);
    }
}
