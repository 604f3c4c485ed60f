package io.bactrian.state;

import io.bactrian.config.FileErrors;
import io.bactrian.config.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what is too old in the folder of the logs. */
public final class LogRetention {
    private static final Logger LOG = LoggerFactory.getLogger(LogRetention.class);
    private static final List<String> LINES =
            List.of(
                    "runs.log",
                    "backup_history.log",
                    "audit.log",
                    "error_summary.log",
                    "performance_metrics.log",
                    "dead_letters.log",
                    "canaries.log");
    private static final Pattern OF_A_RUN = Pattern.compile("replicator_\\d{8}_\\d{6}\\.log");
    private static final Pattern REPORT = Pattern.compile(".+\\.(json|half)");

    private LogRetention() {}

    /**
     * Deletes log files and reports that nobody has written since, and the lines of the others that
     * are as old. What cannot be deleted is no reason not to work.
     */
    public static void apply(LogSettings settings, Instant now) {
        if (settings.retentionDays() == 0 || !Files.isDirectory(settings.dir())) {
            return;
        }
        Instant oldest = now.minus(Duration.ofDays(settings.retentionDays()));
        try {
            delete(settings.dir(), OF_A_RUN, oldest);
            delete(settings.dir().resolve("reports"), REPORT, oldest);
            for (String name : LINES) {
                new JsonLines(settings.dir().resolve(name)).prune(oldest);
            }
        } catch (IOException e) {
            LOG.warn("cannot prune {}: {}", settings.dir(), FileErrors.reason(e));
        }
    }

    private static void delete(Path folder, Pattern names, Instant oldest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> names.matcher(f.getFileName().toString()).matches())
                            .toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
