package io.bactrian.config;

import java.nio.file.Path;

/**
 * Where backups are kept, in which form, and how many.
 *
 * @param retentionDays older ones are pruned; 0 keeps them whatever their age
 */
public record BackupSettings(Path dir, int retentionDays, int maxBackups, Compression compression) {

    /** How the files of a backup are packed. */
    public enum Compression {
        ZSTD,
        GZIP,
        NONE
    }
}
