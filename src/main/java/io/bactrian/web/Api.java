package io.bactrian.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.backup.BackupLine;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Caller;
import io.bactrian.route.Caller.Door;
import io.bactrian.route.Options;
import io.bactrian.route.Repeats;
import io.bactrian.route.Requests;
import io.bactrian.route.RunRequest;
import io.bactrian.route.Runs;
import io.bactrian.route.Watch;
import io.bactrian.state.DeadLetterLog;
import io.bactrian.state.Journal;
import io.bactrian.state.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** What HTTP can ask for. {@code web/openapi.json} describes it to programs. */
final class Api {
    private static final int MOST = 1000;
    private static final int SHOWN = 50;

    private final Settings settings;
    private final Runs runs;
    private final Watch watch;
    private final CamelContext context;
    private final Gate gate;
    private final Instant startedAt = Instant.now();
    private final List<Operation> operations;

    /** An answer: its status, what becomes its JSON, and headers. */
    record Response(int status, Object body, Map<String, String> headers) {
        static Response ok(Object body) {
            return new Response(200, body, Map.of());
        }
    }

    /** Answers one kind of call; {@code who} is the caller's name. */
    @FunctionalInterface
    private interface Handler {
        Response answer(Request request, String who);
    }

    /** A method, a path whose named places match anything, and what answers it. */
    record Operation(String method, String path, Pattern pattern, Handler handler) {
        static Operation of(String method, String path, Handler handler) {
            String regex = path.replaceAll("\\{[a-z_]+}", "([^/]+)");
            return new Operation(method, path, Pattern.compile(regex), handler);
        }
    }

    Api(Settings settings, Runs runs, Watch watch, CamelContext context, Gate gate) {
        this.settings = settings;
        this.runs = runs;
        this.watch = watch;
        this.context = context;
        this.gate = gate;
        this.operations =
                List.of(
                        get("/api/status", r -> status()),
                        get("/api/runs", r -> Map.of("runs", runs.latest(limit(r)))),
                        get("/api/runs/{id}", this::run),
                        Operation.of("POST", "/api/runs", this::start),
                        get("/api/sync", r -> watch.status()),
                        get(
                                "/api/conflicts",
                                r ->
                                        Map.of(
                                                "conflicts",
                                                watch.conflicts(r.flag("waiting"), limit(r)))),
                        get("/api/conflicts/{id}", this::conflict),
                        Operation.of("POST", "/api/conflicts/{id}/resolution", this::resolve),
                        get(
                                "/api/backups",
                                r -> Map.of("backups", BackupLine.all(settings.backup().dir()))),
                        get("/api/schedule", r -> Map.of("schedule", Schedule.of(context))),
                        get("/api/tables/{name}", this::tables),
                        get("/api/dead-letters", this::deadLetters),
                        Operation.of("POST", "/api/dead-letters/retry", this::retry),
                        get("/api/errors", this::errors),
                        get("/api/openapi.json", r -> StaticFile.json("openapi.json")));
    }

    @FunctionalInterface
    private interface Look {
        Object at(Request request);
    }

    private static Operation get(String path, Look look) {
        return Operation.of("GET", path, (request, who) -> Response.ok(look.at(request)));
    }

    List<Operation> operations() {
        return operations;
    }

    /**
     * Answers a call.
     *
     * @throws RuntimeException if it fails; {@link HttpRoutes} makes an answer of that too
     */
    Response answer(Request request) {
        String who = gate.require(request);
        List<Operation> there =
                operations.stream()
                        .filter(o -> o.pattern().matcher(request.path()).matches())
                        .toList();
        if (there.isEmpty()) {
            throw new Refusal(
                    404, request.path(), "is not there", "GET /api/openapi.json tells what is");
        }
        Operation operation =
                there.stream()
                        .filter(o -> o.method().equals(request.method()))
                        .findFirst()
                        .orElseThrow(() -> wrongMethod(request, there));
        Matcher matcher = operation.pattern().matcher(request.path());
        List<String> variables =
                matcher.matches() && matcher.groupCount() > 0
                        ? List.of(Request.decode(matcher.group(1)))
                        : List.of();
        return operation.handler().answer(request.with(variables), who);
    }

    private static Refusal wrongMethod(Request request, List<Operation> there) {
        String allowed = String.join(", ", there.stream().map(Operation::method).toList());
        return new Refusal(
                405,
                Map.of("Allow", allowed),
                request.method(),
                "is not what " + request.path() + " takes",
                "it takes " + allowed);
    }

    private static int limit(Request request) {
        return request.limit("limit", SHOWN, MOST);
    }

    private static Caller caller(String who) {
        return new Caller(Door.HTTP, who);
    }

    private Object status() {
        Map<String, Object> status = new LinkedHashMap<>();
        String version = Api.class.getPackage().getImplementationVersion();
        status.put("version", version == null ? "(not packaged)" : version);
        status.put("started_at", startedAt);
        status.put("source", database(settings.source()));
        status.put("target", database(settings.target()));
        Map<String, Object> sync = new LinkedHashMap<>();
        sync.put("direction", settings.sync().direction());
        sync.put("strategy", settings.sync().strategy());
        sync.put("interval_seconds", settings.sync().interval().toSeconds());
        status.put("sync", sync);
        status.put("running", runs.running());
        return status;
    }

    private Map<String, Object> database(String name) {
        DatabaseSettings database = settings.database(name);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("host", database.host());
        fields.put("port", database.port());
        fields.put("database", database.database());
        return fields;
    }

    private Object run(Request request) {
        String id = request.variables().get(0);
        return runs.run(id)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        404,
                                        id,
                                        "is not the id of a run",
                                        "GET /api/runs lists them"));
    }

    private Response start(Request request, String who) {
        return started(Requests.of(request.body(), settings), who);
    }

    private Response started(RunRequest wanted, String who) {
        String id = runs.start(wanted, caller(who));
        return new Response(202, Map.of("run_id", id), Map.of("Location", "/api/runs/" + id));
    }

    private Object conflict(Request request) {
        long id = request.id();
        try {
            return watch.conflict(id);
        } catch (ConfigException e) {
            throw new Refusal(404, e.object(), e.getMessage(), "GET /api/conflicts lists them");
        }
    }

    /** Comes back when the decision is in both databases, or failed. */
    private Response resolve(Request request, String who) {
        long id = request.id();
        RunRequest wanted = Requests.resolution(id, request.body(), who, settings);
        conflict(request);
        Runs.Ended ended = runs.call(wanted, caller(who));
        if (ended.outcome() == null) {
            throw new Failed(ended.run().error());
        }
        var document = Json.mapper().createObjectNode().put("run_id", ended.run().runId());
        document.setAll(Json.mapper().<ObjectNode>valueToTree(ended.outcome().fields()));
        if (ended.run().error() != null) {
            document.set("error", Json.mapper().valueToTree(ended.run().error()));
        }
        return Response.ok(document);
    }

    private Object tables(Request request) {
        String name = request.variables().get(0);
        if (!settings.databases().containsKey(name)) {
            throw new Refusal(
                    404,
                    name,
                    "is not the name of a database",
                    "known are " + String.join(", ", settings.databases().keySet()));
        }
        return Watch.tables(settings, name);
    }

    private Object deadLetters(Request request) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("rows", watch.refused(limit(request)));
        found.put(
                "messages",
                new DeadLetterLog(settings.log().dir()).waiting(runs.log(), limit(request)));
        return found;
    }

    private Response retry(Request request, String who) {
        Options options = new Options(request.body());
        String run = options.text("run_id");
        options.requireAllRead();
        return started(run == null ? Requests.retry(settings) : Repeats.of(run, settings), who);
    }

    private Object errors(Request request) {
        return Map.of("errors", new Journal(settings.log().dir()).lastErrors(limit(request)));
    }
}
