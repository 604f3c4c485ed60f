package io.bactrian.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import io.bactrian.state.Run.Result;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * How one call tells its end: one JSON document on standard output, or text there for what was
 * found and on standard error for what went wrong.
 */
final class Report {
    private final String command;
    private final String runId;
    private final Instant startedAt;
    private final boolean json;
    private final boolean verbose;
    private final PrintWriter out;
    private final PrintWriter err;

    Report(
            String command,
            String runId,
            Instant startedAt,
            boolean json,
            boolean verbose,
            PrintWriter out,
            PrintWriter err) {
        this.command = command;
        this.runId = runId;
        this.startedAt = startedAt;
        this.json = json;
        this.verbose = verbose;
        this.out = out;
        this.err = err;
    }

    double seconds() {
        return Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
    }

    /**
     * @param silent whether people are to read nothing of it
     */
    void answer(Answer answer, boolean silent) {
        if (json) {
            print(answer.result(), answer.fields(), answer.failure());
        } else if (!silent && !answer.text().isEmpty()) {
            out.println(answer.text());
            out.flush();
        }
        if (answer.error() != null) {
            tell(answer.failure(), answer.error());
        }
    }

    void failure(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        if (json) {
            print(Result.FAILED, Map.of(), failure);
        }
        tell(failure, thrown);
    }

    private void tell(Failure failure, Throwable thrown) {
        err.println(
                shown(
                        "error: "
                                + failure.kind().name().toLowerCase(Locale.ROOT)
                                + ": "
                                + failure.object()
                                + ": "
                                + failure.message()));
        if (!failure.hint().isEmpty()) {
            err.println(shown("hint: " + failure.hint()));
        }
        if (verbose) {
            thrown.printStackTrace(err);
        }
        err.flush();
    }

    /** What a name or a value holds is no line of its own, and nothing that a terminal obeys. */
    private static String shown(String told) {
        return told.replaceAll("\\R", "\n  ").replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD");
    }

    /**
     * @param failure null if there is none
     */
    private void print(Result result, Object fields, Failure failure) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("run_id", runId);
        document.put("command", command);
        document.put("started_at", startedAt.toString());
        document.put("seconds", seconds());
        document.set("result", Json.mapper().valueToTree(result));
        document.setAll(Json.mapper().<ObjectNode>valueToTree(fields));
        if (failure != null) {
            document.set("error", Json.mapper().valueToTree(failure));
        }
        out.println(Json.pretty(document));
        out.flush();
    }
}
