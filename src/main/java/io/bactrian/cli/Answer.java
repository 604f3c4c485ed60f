package io.bactrian.cli;

import io.bactrian.error.ReplicationException;
import io.bactrian.route.Outcome;
import io.bactrian.state.Failure;
import io.bactrian.state.Run.Result;
import java.util.Map;

/**
 * What a verb found or did.
 *
 * @param result OK, DIFFERENT or FAILED; it decides the exit code
 * @param fields what it adds to the JSON document: a record or a map
 * @param text the same for people, without a line break at its end
 * @param rows rows written, for the list of runs
 * @param bytes bytes written, for the list of runs
 * @param error what is told beside all this; null unless the verb did its work and found a failure
 */
record Answer(
        Result result,
        Object fields,
        String text,
        long rows,
        long bytes,
        ReplicationException error) {

    Answer(Result result, Object fields, String text, long rows, long bytes) {
        this(result, fields, text, rows, bytes, null);
    }

    /** What a run came to, and the same for people. */
    static Answer of(Outcome outcome, String text) {
        return new Answer(
                outcome.result(),
                outcome.fields(),
                text,
                outcome.rows(),
                outcome.bytes(),
                outcome.error());
    }

    /** A look that found what was asked for. */
    static Answer ok(Object fields, String text) {
        return new Answer(Result.OK, fields, text, 0, 0);
    }

    static Answer of(Result result, Object fields, String text) {
        return new Answer(result, fields, text, 0, 0);
    }

    /** A look that found what must not be. */
    static Answer failed(Object fields, String text, ReplicationException error) {
        return new Answer(Result.FAILED, fields, text, 0, 0, error);
    }

    /** The answer of one field. */
    static Answer ok(String field, Object value, String text) {
        return ok(Map.of(field, value), text);
    }

    Failure failure() {
        return error == null ? null : Failure.of(error);
    }

    int exitCode() {
        return switch (result) {
            case OK -> 0;
            case DIFFERENT -> 3;
            default -> 1;
        };
    }
}
