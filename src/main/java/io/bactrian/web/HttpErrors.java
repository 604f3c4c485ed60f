package io.bactrian.web;

import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;

/** What the HTTP server refuses before a route sees it, as JSON like all other errors. */
final class HttpErrors {
    private static final Map<Integer, Failure> ERRORS =
            Map.of(
                    400, failure("request", "is not HTTP as it should be", "see its path"),
                    405, failure("method", "is not what is taken here", "take GET"),
                    413, failure("body", "is too large", "at most 16 MB are taken"),
                    415, failure("Content-Type", "is a form", "send application/json, and say so"),
                    417, failure("Expect", "is not 100-continue", "leave the header out"));

    private HttpErrors() {}

    private static Failure failure(String object, String message, String hint) {
        return new Failure(Kind.CONFIGURATION, object, message, hint);
    }

    /** Camel's own router is below the one that answers these. */
    static void addTo(HttpServer server) {
        Router router = (Router) server.requestHandler();
        // none is wanted, and Vert.x would keep what one brings as files before a route sees it
        router.route()
                .order(-1)
                .handler(
                        call -> {
                            if (isForm(call.request().getHeader("Content-Type"))) {
                                call.fail(415);
                            } else {
                                call.next();
                            }
                        });
        ERRORS.forEach(
                (status, failure) ->
                        router.errorHandler(status, call -> answer(call, status, failure)));
    }

    private static boolean isForm(String type) {
        String lower = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("multipart/")
                || lower.startsWith("application/x-www-form-urlencoded");
    }

    private static void answer(RoutingContext call, int status, Failure failure) {
        call.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        if (status == 405) {
            call.response().putHeader("Allow", "GET");
        }
        call.response().end(Json.line(Map.of("error", failure)));
    }
}
