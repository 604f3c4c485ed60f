package io.bactrian.web;

import io.bactrian.route.BusyException;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import io.bactrian.web.Api.Response;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** The doors that speak HTTP: API, health, metrics, dashboard. */
final class HttpRoutes extends RouteBuilder {
    /** Nothing from elsewhere runs in the page, and no other page shows it. */
    private static final Map<String, String> PAGE =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                            + " frame-ancestors 'none'; form-action 'self'",
                    "Referrer-Policy",
                    "no-referrer");

    private final Api api;
    private final Gate gate;
    private final Health health;
    private final Metrics metrics;

    HttpRoutes(Api api, Gate gate, Health health, Metrics metrics) {
        this.api = api;
        this.gate = gate;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public void configure() {
        from("platform-http:/api?matchOnUriPrefix=true")
                .routeId("http-api")
                .routeDescription("Answer what programs and the dashboard ask")
                .process(e -> answer(e, () -> api.answer(Request.of(e))));

        from("platform-http:/observe/health?matchOnUriPrefix=true&httpMethodRestrict=GET")
                .routeId("http-health")
                .routeDescription("Tell whether databases, runs and sync are well")
                .process(e -> answer(e, () -> health.answer(Request.of(e))));

        from("platform-http:/observe/metrics?httpMethodRestrict=GET")
                .routeId("http-metrics")
                .routeDescription("Give Prometheus what it collects")
                .process(this::metrics);

        from("platform-http:/?matchOnUriPrefix=true&httpMethodRestrict=GET")
                .routeId("http-dashboard")
                .routeDescription("Give browsers the dashboard")
                .process(this::file);
    }

    @FunctionalInterface
    private interface Call {
        Response answer();
    }

    /** Whatever is thrown becomes an answer: a reader of JSON gets JSON. */
    private void answer(Exchange exchange, Call call) {
        Response response;
        try {
            response = call.answer();
        } catch (RuntimeException e) {
            response = failure(e);
        }
        write(
                exchange,
                response.status(),
                "application/json",
                Json.line(response.body()),
                response.headers());
    }

    private Response failure(RuntimeException e) {
        Failure failure = e instanceof Failed f ? f.failure() : Failure.of(e);
        int status = status(failure);
        Map<String, String> headers = Map.of();
        if (e instanceof Refusal refusal) {
            status = refusal.status();
            headers = refusal.headers();
        } else if (e instanceof BusyException) {
            status = 409;
        }
        if (status == 500) {
            log.info("a call failed", e);
        }
        return new Response(status, Map.of("error", failure), headers);
    }

    /** 409 for what the databases do not take as they are. */
    private static int status(Failure failure) {
        return switch (failure.kind()) {
            case CONFIGURATION -> 400;
            case CONNECTION -> 503;
            case DATA -> failure.causedHere() ? 500 : 409;
            case STRUCTURE, BACKUP -> 500;
        };
    }

    private static void write(
            Exchange exchange, int status, String type, Object body, Map<String, String> headers) {
        Message message = exchange.getMessage();
        // what came in would go out again
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(message::setHeader);
        message.setBody(body);
    }

    private void metrics(Exchange exchange) {
        try {
            gate.require(Request.of(exchange));
        } catch (Refusal refusal) {
            answer(
                    exchange,
                    () -> {
                        throw refusal;
                    });
            return;
        }
        write(exchange, 200, Metrics.TYPE, metrics.scrape(), Map.of());
    }

    /** The files hold no secret, and ask for the token themselves. */
    private void file(Exchange exchange) {
        Request request = Request.of(exchange);
        Optional<StaticFile> file = StaticFile.at(request.path());
        if (file.isPresent()) {
            write(exchange, 200, file.get().type(), file.get().content(), PAGE);
        } else {
            answer(
                    exchange,
                    () -> {
                        throw new Refusal(404, request.path(), "is not there", "");
                    });
        }
    }
}
