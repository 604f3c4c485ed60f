package io.bactrian.config;

import java.nio.file.Path;

/**
 * What is logged, where, and for how long.
 *
 * @param retentionDays older log files are deleted; 0 keeps them all
 */
public record LogSettings(Level level, Path dir, int retentionDays) {

    /** From which weight on lines are written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
