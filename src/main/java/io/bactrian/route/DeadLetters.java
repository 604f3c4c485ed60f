package io.bactrian.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.state.DeadLetterLog;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.MDC;

/**
 * Keeps each message whose step failed for good: a line of JSON in {@code dead_letters.log}, with
 * what is needed to run it again ({@link Repeats}). What else becomes of it is a site's: {@code
 * direct:dead-letters} in its {@code routes/} gets the same line.
 */
final class DeadLetters extends RouteBuilder {
    private final DeadLetterLog letters;

    DeadLetters(Path dir) {
        this.letters = new DeadLetterLog(dir);
    }

    @Override
    public void configure() {
        from("direct:dead-letter")
                .routeId("dead-letter")
                .routeDescription("Keep a message that failed for good")
                .transform(Body.from(DeadLetters::line))
                .process(e -> letters.add(e.getMessage().getBody(JsonNode.class)))
                .transform(Body.map(JsonNode.class, Json::line))
                .to("direct:dead-letters?block=false&failIfNoConsumers=false");
    }

    private static JsonNode line(Exchange exchange) {
        ObjectNode line = Json.mapper().createObjectNode();
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        line.put("failed_at", Instant.now().toString());
        line.put("route", exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class));
        line.set("error", Json.mapper().valueToTree(Failure.of(cause)));
        line.put("run_id", MDC.get("run"));
        Object body = exchange.getMessage().getBody();
        try {
            line.set("message", Json.mapper().valueToTree(body));
        } catch (IllegalArgumentException e) {
            line.put("message", String.valueOf(body));
        }
        return line;
    }
}
