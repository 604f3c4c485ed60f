package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogsTest {
    private static final long LARGEST = 20 << 20;

    @TempDir Path folder;

    @AfterEach
    void toStandardErrorAlone() {
        Logs.start(settings(), "-", false, false);
    }

    @Test
    void aDaemonBeginsAnotherFileBeforeOneGetsLarge() throws IOException {
        Logs.startDaemon(settings(), "daemon", Instant.now(), false, true);
        String line = "x".repeat(100_000);
        for (int i = 0; i < 2; i++) {
            for (long written = 0; written <= LARGEST; written += line.length()) {
                LoggerFactory.getLogger("io.bactrian.test").info(line);
            }
            // a file's name has its second
            long second = Instant.now().getEpochSecond();
            while (Instant.now().getEpochSecond() == second) {
                Thread.onSpinWait();
            }
        }
        LoggerFactory.getLogger("io.bactrian.test").info("last");
        assertThat(files()).hasSizeGreaterThan(1);
        for (Path file : files()) {
            assertThat(file.getFileName().toString()).matches("replicator_\\d{8}_\\d{6}\\.log");
            assertThat(Files.size(file)).isLessThan(LARGEST + 2L * line.length());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private LogSettings settings() {
        return new LogSettings(LogSettings.Level.INFO, folder, 0);
    }
}
