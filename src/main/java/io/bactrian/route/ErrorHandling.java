package io.bactrian.route;

import io.bactrian.config.RetrySettings;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import java.util.concurrent.CancellationException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;

/**
 * What is done when a step fails, for all routes that name the configuration {@code step}: errors
 * that pass by themselves are tried again with back-off, what remains goes to the dead letters with
 * the message that would run it again, and fails the run.
 */
final class ErrorHandling extends RouteConfigurationBuilder {
    static final String STEP = "step";

    /** For routes that only pass on what failed in others, and was told there. */
    static final String PASSING_ON = "passing-on";

    /**
     * Variable, true in rounds that follow each other: without a server they end at once, as the
     * next one is the retry.
     */
    static final String REPEATING = "repeating";

    /** For what a round of sync does beside its batches: all it knows is in the log. */
    static final String ROUND = "round";

    /** For a batch of sync: if it fails for its data, the others go on. */
    static final String BATCH = "batch";

    private final RetrySettings retry;

    ErrorHandling(RetrySettings retry) {
        this.retry = retry;
    }

    @Override
    public void configuration() {
        RouteConfigurationDefinition step = routeConfiguration(STEP);
        retried(step, ReplicationException.class, LoggingLevel.WARN).to("direct:dead-letter");
        RouteConfigurationDefinition round = routeConfiguration(ROUND);
        retried(round, ReplicationException.class, LoggingLevel.DEBUG);
        round.onException(Exception.class).maximumRedeliveries(0).logExhausted(false);
        RouteConfigurationDefinition batch = routeConfiguration(BATCH);
        // without a server there is no use in the other batches; all they know is in the log
        retried(batch, ConnectionException.class, LoggingLevel.DEBUG);
        batch.onException(ConnectionException.class).maximumRedeliveries(0).logExhausted(false);
        retried(batch, ReplicationException.class, LoggingLevel.WARN)
                .continued(true)
                .to("direct:sync-batch-failed");
        batch.onException(CancellationException.class).maximumRedeliveries(0).logExhausted(false);
        batch.onException(ReplicationException.class)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .continued(true)
                .to("direct:sync-batch-failed");
        routeConfiguration(PASSING_ON)
                .onException(Exception.class)
                .maximumRedeliveries(0)
                .logExhausted(false);
        // of a run that failed already, and told why
        step.onException(CancellationException.class).maximumRedeliveries(0).logExhausted(false);
        // a cause such as IOException would be as near to it as its error is to the one above
        step.onException(Exception.class)
                .onWhen(e -> !passes(e))
                .maximumRedeliveries(0)
                .logExhausted(false)
                .to("direct:dead-letter");
    }

    private static boolean passes(Exchange exchange) {
        Object caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
        return caught instanceof ReplicationException known
                && known.isTransient()
                && !(known instanceof ConnectionException
                        && exchange.getVariable(REPEATING, false, Boolean.class));
    }

    /** Errors that pass by themselves are tried again with back-off. */
    private OnExceptionDefinition retried(
            RouteConfigurationDefinition configuration,
            Class<? extends Throwable> error,
            LoggingLevel level) {
        return configuration
                .onException(error)
                .onWhen(ErrorHandling::passes)
                .maximumRedeliveries(retry.attempts() - 1)
                .redeliveryDelay(retry.delay().toMillis())
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .useCollisionAvoidance()
                .retryAttemptedLogLevel(level)
                .logExhausted(false);
    }
}
