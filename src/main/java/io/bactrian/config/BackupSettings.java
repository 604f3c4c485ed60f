package io.bactrian.config;

import java.nio.file.Path;

/**
 * Where backups are kept, in which form, and how many.
 *
 * @param to endpoint that gets a copy of each; empty for none
 * @param retentionDays older ones are pruned; 0 keeps them whatever their age
 */
public record BackupSettings(
        Path dir, int retentionDays, int maxBackups, Compression compression, String to) {

    /** How the files of a backup are packed. */
    public enum Compression {
        ZSTD,
        GZIP,
        NONE
    }
}
