package io.bactrian.route;

import io.bactrian.config.RetrySettings;
import io.bactrian.error.ReplicationException;
import java.util.concurrent.CancellationException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;
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

    private final RetrySettings retry;

    ErrorHandling(RetrySettings retry) {
        this.retry = retry;
    }

    @Override
    public void configuration() {
        RouteConfigurationDefinition step = routeConfiguration(STEP);
        step.onException(ReplicationException.class)
                .onWhen(
                        e ->
                                e.getProperty(Exchange.EXCEPTION_CAUGHT, ReplicationException.class)
                                        .isTransient())
                .maximumRedeliveries(retry.attempts() - 1)
                .redeliveryDelay(retry.delay().toMillis())
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .useCollisionAvoidance()
                .retryAttemptedLogLevel(LoggingLevel.WARN)
                .logExhausted(false)
                .to("direct:dead-letter");
        routeConfiguration(PASSING_ON)
                .onException(Exception.class)
                .maximumRedeliveries(0)
                .logExhausted(false);
        // of a run that failed already, and told why
        step.onException(CancellationException.class).maximumRedeliveries(0).logExhausted(false);
        step.onException(Exception.class)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .to("direct:dead-letter");
    }
}
