package io.bactrian.backup;

import io.bactrian.backup.Backups.Entry;
import io.bactrian.backup.Backups.State;
import io.bactrian.state.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One backup, or what looks like one.
 *
 * @param database the schema it is of; null where the manifest is lost, and so are those further
 *     down but path, state and fault
 * @param name of that database in the settings
 * @param whole whether it holds all of the database
 * @param fault what is wrong; null for a good one
 */
public record BackupLine(
        String backupId,
        String database,
        String name,
        Instant createdAt,
        Integer tables,
        Long rows,
        Long bytes,
        String path,
        Boolean whole,
        Manifest.Reason reason,
        State state,
        String fault) {

    /** Those in a folder, newest first. */
    public static List<BackupLine> all(Path dir) {
        return new Backups(dir).list().stream().map(BackupLine::of).toList();
    }

    private static BackupLine of(Entry entry) {
        String path = entry.folder().toAbsolutePath().normalize().toString();
        Backup backup = entry.backup();
        if (backup == null) {
            return new BackupLine(
                    entry.id(),
                    null,
                    null,
                    RunId.start(entry.id()).orElse(null),
                    null,
                    null,
                    null,
                    path,
                    null,
                    null,
                    entry.state(),
                    entry.reason());
        }
        Manifest manifest = backup.manifest();
        return new BackupLine(
                entry.id(),
                manifest.origin().database(),
                manifest.origin().name(),
                manifest.finishedAt(),
                manifest.tables().size(),
                manifest.rows(),
                manifest.bytes(),
                path,
                manifest.isWhole(),
                manifest.reason(),
                entry.state(),
                entry.reason());
    }
}
