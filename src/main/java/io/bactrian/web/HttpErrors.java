package io.bactrian.web;

import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What the HTTP server refuses before a route sees it, as JSON like all other errors. */
final class HttpErrors {
    private static final Map<Integer, Failure> ERRORS =
            Map.of(
                    400, failure("request", "is not HTTP as it should be", "see its path"),
                    405, failure("method", "is not what is taken here", "take GET"),
                    413, failure("body", "is too large", "at most 16 MB are taken"));

    private HttpErrors() {}

    private static Failure failure(String object, String message, String hint) {
        return new Failure(Kind.CONFIGURATION, object, message, hint);
    }

    /** Camel's own router is below the one that answers these. */
    static void addTo(HttpServer server) {
        Router router = (Router) server.requestHandler();
        ERRORS.forEach(
                (status, failure) ->
                        router.errorHandler(status, call -> answer(call, status, failure)));
    }

    private static void answer(RoutingContext call, int status, Failure failure) {
        call.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        if (status == 405) {
            call.response().putHeader("Allow", "GET");
        }
        call.response().end(Json.line(Map.of("error", failure)));
    }
}
