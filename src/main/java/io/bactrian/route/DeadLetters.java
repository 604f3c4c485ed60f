package io.bactrian.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Keeps each message whose step failed for good: a line of JSON in {@code dead_letters.log}, with
 * what is needed to run it again. What else becomes of it is a site's: {@code direct:dead-letters}
 * in its {@code routes/} gets the same line.
 */
final class DeadLetters extends RouteBuilder {
    private final Path dir;

    DeadLetters(Path dir) {
        this.dir = dir;
    }

    @Override
    public void configure() {
        from("direct:dead-letter")
                .routeId("dead-letter")
                .routeDescription("Keep a message that failed for good")
                .transform(Body.from(DeadLetters::line))
                .to(
                        "file:"
                                + dir.toAbsolutePath()
                                + "?fileName=dead_letters.log&fileExist=Append&appendChars=\\n")
                .to("direct:dead-letters?block=false&failIfNoConsumers=false");
    }

    private static String line(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("failed_at", Instant.now());
        line.put("route", exchange.getProperty(Exchange.FAILURE_ROUTE_ID));
        line.put("error", Failure.of(cause));
        line.put("message", exchange.getMessage().getBody());
        try {
            return Json.mapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            line.put("message", String.valueOf(exchange.getMessage().getBody()));
            return Json.line(line);
        }
    }
}
