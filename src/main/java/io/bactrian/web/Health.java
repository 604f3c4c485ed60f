package io.bactrian.web;

import io.bactrian.config.Settings;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.Runs;
import io.bactrian.route.Watch;
import io.bactrian.state.Failure;
import io.bactrian.sync.Status;
import io.bactrian.web.Api.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the daemon can do its work: both databases answer. {@code /observe/health/live} tells
 * only that the process is there.
 */
final class Health {
    private static final Duration AGE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Runs runs;
    private final Watch watch;
    private final Gate gate;

    Health(Settings settings, Runs runs, Watch watch, Gate gate) {
        this.settings = settings;
        this.runs = runs;
        this.watch = watch;
        this.gate = gate;
    }

    /** 200 if all is well, 503 if a database is away. Details are for those who may call. */
    Response answer(Request request) {
        if (request.path().endsWith("/live")) {
            return Response.ok(Map.of("status", "UP"));
        }
        Map<String, Failure> away = watch.away(AGE);
        boolean up = away.isEmpty();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        if (!gate.isLocked() || gate.shows(request)) {
            gate.require(request);
            body.put(
                    "databases",
                    List.of(settings.source(), settings.target()).stream()
                            .map(name -> database(name, away.get(name)))
                            .toList());
            body.put("last_run", runs.latest(1).stream().findFirst().orElse(null));
            body.put("sync", up ? pending() : null);
        }
        return new Response(up ? 200 : 503, body, Map.of());
    }

    private static Map<String, Object> database(String name, Failure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("status", failure == null ? "UP" : "DOWN");
        fields.put("error", failure);
        return fields;
    }

    private Map<String, Object> pending() {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            Status status = watch.status(AGE);
            fields.put("set_up", status.setUp());
            fields.put("pending", status.pending());
            fields.put("oldest_seconds", status.oldestSeconds());
            fields.put("conflicts_waiting", status.conflicts());
        } catch (ReplicationException e) {
            fields.put("error", Failure.of(e));
        }
        return fields;
    }
}
