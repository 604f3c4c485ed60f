package io.bactrian.backup;

import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import io.bactrian.state.RunId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of all backups. Only what is named as an id is looked for in it. */
public final class Backups {
    static final String UNFINISHED = ".unfinished";
    static final String MANIFEST = "manifest.json";
    static final String SUMS = "SHA256SUMS";

    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{4}");

    /** No name in a manifest leads out of its folder. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_$-][A-Za-z0-9_.$-]*");

    private final Path dir;

    /**
     * @param dir made when the first backup is
     */
    public Backups(Path dir) {
        this.dir = dir;
    }

    /** What a folder in the store is. */
    public enum State {
        GOOD,
        /** Its manifest or a file is missing or not what was written. */
        DAMAGED,
        /** Its writer is at work. */
        BEING_WRITTEN,
        /** Its writer is gone: it never became a backup. */
        UNFINISHED
    }

    /**
     * A folder in the store.
     *
     * @param reason what is wrong; null for a good one
     * @param backup null unless its manifest is sound
     */
    public record Entry(String id, Path folder, State state, String reason, Backup backup) {

        /** When it was begun. A manifest knows parts of a second, an id does not. */
        public Instant begun() {
            return backup == null
                    ? RunId.start(id).orElse(Instant.EPOCH)
                    : backup.manifest().startedAt();
        }
    }

    /**
     * Begins a backup.
     *
     * @param bytes what it will need at least
     * @throws BackupException if the folder cannot be written or its disk has less room
     */
    public Draft begin(String id, long bytes) {
        try {
            Private.createFolders(dir);
            long free = Files.getFileStore(dir).getUsableSpace();
            if (free < bytes) {
                throw new BackupException(
                        dir.toString(),
                        "has room for " + free + " bytes; the backup will need about " + bytes,
                        "make room, or name a folder on another disk with bactrian.backup.dir");
            }
        } catch (IOException e) {
            throw new BackupException(
                    dir.toString(),
                    "cannot be written: " + FileErrors.reason(e),
                    "name a folder that can be written with bactrian.backup.dir",
                    e);
        }
        return Draft.begin(dir.resolve(id));
    }

    /**
     * A finished backup whose manifest is what was written; its files are not looked at.
     *
     * @throws BackupException if there is none of this id
     */
    public Backup open(String id) {
        String hint = "`bactrian backup list` shows what there is";
        if (!ID.matcher(id).matches()) {
            throw new BackupException(id, "is not the id of a backup", hint);
        }
        if (Files.isDirectory(dir.resolve(id + UNFINISHED))) {
            throw new BackupException(id, "was never finished, and is no backup", hint);
        }
        if (!has(id)) {
            throw new BackupException(id, "there is no such backup in " + dir, hint);
        }
        return ManifestFile.readNamed(dir.resolve(id));
    }

    /** Whether a file of that name may be in a backup. */
    static boolean isFile(String name) {
        return FILE.matcher(name).matches();
    }

    /** Whether there is something of this id, good or not. */
    public boolean has(String id) {
        // a link would lead out of the folder of backups
        return ID.matcher(id).matches()
                && Files.isDirectory(dir.resolve(id), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether there may be a backup of this id somewhere. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** All that is in the store, newest first. Sizes are compared, contents are not. */
    public List<Entry> list() {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(dir)) {
            folders.map(f -> f.getFileName().toString()).sorted().forEach(names::add);
        } catch (IOException e) {
            throw new BackupException(
                    dir.toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
        return names.stream()
                .filter(Backups::isOurs)
                .map(this::entry)
                .sorted(Comparator.comparing(Entry::begun).reversed())
                .toList();
    }

    private static boolean isOurs(String name) {
        return ID.matcher(name).matches()
                || name.endsWith(UNFINISHED)
                        && ID.matcher(name.substring(0, name.length() - UNFINISHED.length()))
                                .matches();
    }

    private Entry entry(String name) {
        Path folder = dir.resolve(name);
        if (name.endsWith(UNFINISHED)) {
            String id = name.substring(0, name.length() - UNFINISHED.length());
            return isLocked(folder)
                    ? new Entry(id, folder, State.BEING_WRITTEN, "is being written", null)
                    : new Entry(id, folder, State.UNFINISHED, "was never finished", null);
        }
        try {
            Backup backup = ManifestFile.readNamed(folder);
            String reason = backup.missing();
            return new Entry(
                    name, folder, reason == null ? State.GOOD : State.DAMAGED, reason, backup);
        } catch (BackupException e) {
            return new Entry(name, folder, State.DAMAGED, e.object() + " " + e.getMessage(), null);
        }
    }

    private static boolean isLocked(Path folder) {
        if (Draft.isOpen(folder)) {
            return true;
        }
        try (FileChannel file =
                        FileChannel.open(folder.resolve(Draft.LOCK), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Bytes on the disk; 0 if somebody else has taken it away. */
    long size(Entry entry) {
        try {
            return Private.size(entry.folder());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new BackupException(
                    entry.folder().toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
    }

    /**
     * Takes a backup, or what is left of one, away: from the first moment on it is none, even if
     * that is cut off.
     */
    public void delete(Entry entry) {
        Path folder = dir.resolve(entry.id() + UNFINISHED);
        try {
            if (!entry.folder().equals(folder)) {
                Files.move(entry.folder(), folder, StandardCopyOption.ATOMIC_MOVE);
            }
            Private.delete(folder);
        } catch (NoSuchFileException e) {
            // another process prunes too
            return;
        } catch (IOException e) {
            throw new BackupException(
                    entry.folder().toString(),
                    "cannot be deleted: " + FileErrors.reason(e),
                    "see that the folder can be written",
                    e);
        }
    }
}
