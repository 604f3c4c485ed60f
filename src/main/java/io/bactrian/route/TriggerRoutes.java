package io.bactrian.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.config.Settings;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Caller.Door;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * What the triggers of a site call, in {@code routes/}: {@code direct:run} takes a request as
 * {@code POST /api/runs} does, waits for the end of the run, and gives back its document.
 */
public final class TriggerRoutes extends RouteBuilder {
    private final Settings settings;
    private final Runs runs;

    public TriggerRoutes(Settings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
    }

    @Override
    public void configure() {
        from("direct:run")
                .routeId("run")
                .routeDescription("Run what the body asks for, and give back what it came to")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .transform(Body.from(this::run));
    }

    /** A failure is in the document: the route that called may look at it, and goes on. */
    private Map<String, Object> run(Exchange exchange) {
        String route = exchange.getFromRouteId();
        ObjectNode document = Json.mapper().createObjectNode();
        try {
            RunRequest request = Requests.of(body(exchange), settings);
            Caller caller = new Caller(Door.SCHEDULE, route);
            boolean round = request.command().equals("sync");
            Runs.Ended ended =
                    round ? runs.round(request, caller).orElse(null) : runs.call(request, caller);
            if (ended == null) {
                document.put("result", "skipped");
            } else {
                document.setAll(Json.mapper().<ObjectNode>valueToTree(ended.run()));
                if (ended.outcome() != null) {
                    document.setAll(
                            Json.mapper().<ObjectNode>valueToTree(ended.outcome().fields()));
                }
            }
        } catch (ConfigException | BusyException e) {
            log.warn("{}: {}", route, Failure.of(e).message());
            document.put("result", "failed");
            document.set("error", Json.mapper().valueToTree(Failure.of(e)));
        }
        return Json.mapper().convertValue(document, Json.MAP);
    }

    private static JsonNode body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        try {
            return body instanceof Map<?, ?> || body instanceof JsonNode
                    ? Json.mapper().valueToTree(body)
                    : Json.mapper().readTree(exchange.getMessage().getBody(String.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ConfigException(
                    "direct:run",
                    "got a body that is not JSON: " + body,
                    "for example {\"pipeline\": \"verify\"}");
        }
    }
}
