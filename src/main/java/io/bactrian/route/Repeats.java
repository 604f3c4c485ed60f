package io.bactrian.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.config.Settings;
import io.bactrian.error.ConfigException;
import io.bactrian.state.DeadLetterLog;
import io.bactrian.state.Json;
import io.bactrian.state.Run;
import io.bactrian.state.RunLog;
import io.bactrian.state.ShellWords;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Runs that left dead letters, done again. A message alone would be of no use: the snapshot that it
 * was of is gone, and the target may have been put back. What its run noted goes on from what is
 * there.
 */
public final class Repeats {
    private static final Set<String> SWITCHES =
            Set.of("drop_extra", "dry_run", "resume", "repair", "columns", "verify", "no_backup");
    private static final Set<String> HOW_IT_IS_TOLD = Set.of("yes", "json", "quiet", "verbose");

    private Repeats() {}

    /**
     * What does a failed run again, and takes its dead letters off the list if it ends well.
     *
     * @throws ConfigException if there is no such run, or it cannot be done again from here
     */
    public static RunRequest of(String runId, Settings settings) {
        RunLog log = new RunLog(settings.log().dir());
        Run run =
                log.run(runId)
                        .orElseThrow(
                                () ->
                                        new ConfigException(
                                                runId,
                                                "is not the id of a run",
                                                "'bactrian runs' lists them"));
        if (run.resumeWith() == null) {
            throw new ConfigException(
                    runId,
                    "has nothing to be done again: it is "
                            + run.result().name().toLowerCase(Locale.ROOT),
                    "'bactrian dead-letters list' shows what failed");
        }
        RunRequest again = Requests.of(request(run), settings);
        return new RunRequest(
                "dead-letters retry",
                again.source(),
                again.target(),
                again.tables(),
                "run again " + run.command() + " of run " + runId,
                List.of("bactrian", "dead-letters", "retry", runId, "--yes"),
                (pipelines, id) -> {
                    Outcome outcome = again.work().run(pipelines, id);
                    if (outcome.error() == null) {
                        new DeadLetterLog(settings.log().dir()).settle(runId, id);
                    }
                    return outcome;
                });
    }

    /** The command line of a run as the body of {@code POST /api/runs}. */
    static ObjectNode request(Run run) {
        List<String> words = ShellWords.split(run.resumeWith());
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("pipeline", words.get(1));
        int at = 2;
        if (run.command().equals("backup create")) {
            body.put("database", words.get(3));
            at = 4;
        } else if (run.command().equals("restore")) {
            body.put("backup_id", words.get(2));
            at = 3;
        }
        while (at < words.size()) {
            at = option(run, words, at, body);
        }
        return body;
    }

    private static int option(Run run, List<String> words, int at, ObjectNode body) {
        String word = words.get(at);
        String name = word.replaceFirst("^--", "").replaceFirst("=.*", "").replace('-', '_');
        if (!word.startsWith("--") || name.equals("config") || name.equals("set")) {
            // the same names may be other databases there
            throw new ConfigException(
                    run.runId(), "was called with '" + word + "'", "call " + run.resumeWith());
        }
        if (HOW_IT_IS_TOLD.contains(name)) {
            return at + 1;
        }
        if (SWITCHES.contains(name)) {
            body.put(name, true);
            return at + 1;
        }
        boolean joined = word.contains("=");
        String value = joined ? word.substring(word.indexOf('=') + 1) : words.get(at + 1);
        if (name.equals("rows")) {
            body.put(name, Integer.parseInt(value));
        } else {
            body.put(name, value);
        }
        return at + (joined ? 1 : 2);
    }
}
