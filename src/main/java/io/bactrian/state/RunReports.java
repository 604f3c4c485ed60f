package io.bactrian.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs came to in full, as their commands' JSON has it: a file a run in the folder {@code
 * reports} of the logs. Of the many rounds of automatic sync only the last ones are kept, in
 * memory.
 */
public final class RunReports {
    private static final Logger LOG = LoggerFactory.getLogger(RunReports.class);
    private static final int REMEMBERED = 50;

    private final Path dir;
    private final Map<String, Report> last =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Report> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** The stages of a run, and the fields of its document; null if it failed before it had any. */
    public record Report(List<Progress.Status> stages, JsonNode report) {
        public static final Report NONE = new Report(List.of(), null);

        public Report {
            stages = List.copyOf(stages);
        }
    }

    /**
     * @param logs folder of the logs
     */
    public RunReports(Path logs) {
        this.dir = logs.resolve("reports");
    }

    /** Keeps a report until the program ends. */
    public synchronized void remember(String runId, Report report) {
        last.put(runId, report);
    }

    /** Keeps a report as long as logs are kept. A disk that is full is no reason to fail a run. */
    public void save(String runId, Report report) {
        try {
            Files.createDirectories(dir);
            Path half = dir.resolve(runId + ".half");
            Files.writeString(half, Json.line(report));
            Files.move(half, file(runId), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("cannot keep the report of run {}: {}", runId, FileErrors.reason(e));
            remember(runId, report);
        }
    }

    public Optional<Report> find(String runId) {
        synchronized (this) {
            if (last.containsKey(runId)) {
                return Optional.of(last.get(runId));
            }
        }
        try {
            Path file = file(runId);
            return Files.exists(file)
                    ? Optional.of(Json.mapper().readValue(file.toFile(), Report.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot read the report of run {}: {}", runId, FileErrors.reason(e));
            return Optional.empty();
        }
    }

    /** Ids come from outside too: what is no name of a run names no file. */
    private Path file(String runId) {
        return dir.resolve(RunId.start(runId).isPresent() ? runId + ".json" : ".none");
    }
}
