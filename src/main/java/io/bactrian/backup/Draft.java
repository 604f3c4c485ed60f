package io.bactrian.backup;

import io.bactrian.backup.Manifest.SavedFile;
import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import io.bactrian.state.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A backup being written. Its folder's name tells that it is not finished until all of it is on the
 * disk; closed before, it leaves nothing. Thread-safe: files may be written at once.
 */
public final class Draft implements AutoCloseable {
    /** Name of a file that is locked as long as the writer lives. */
    static final String LOCK = "lock";

    /** A process does not see its own locks, and would end them by looking. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path finished;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final Map<String, SavedFile> files = new ConcurrentSkipListMap<>();
    private boolean done;

    private Draft(Path folder, Path finished, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.finished = finished;
        this.lockFile = lockFile;
        this.lock = lock;
        OPEN.add(folder);
    }

    /** Whether this process is writing it. */
    static boolean isOpen(Path folder) {
        return OPEN.contains(folder);
    }

    /**
     * Makes the folder.
     *
     * @param finished what it will be called
     */
    static Draft begin(Path finished) {
        Path folder = finished.resolveSibling(finished.getFileName() + Backups.UNFINISHED);
        try {
            Private.createFolder(folder);
            FileChannel file =
                    FileChannel.open(
                            Private.create(folder.resolve(LOCK)), StandardOpenOption.WRITE);
            return new Draft(folder, finished, file, file.lock());
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** What the backup will be called. */
    String id() {
        return finished.getFileName().toString();
    }

    /** A file of it. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** What fills a file. */
    @FunctionalInterface
    public interface Content<T> {
        T write(OutputStream out) throws IOException, SQLException;
    }

    /** Writes a file of text. */
    public void text(String name, String text) {
        try {
            write(
                    name,
                    Compression.NONE,
                    out -> {
                        out.write(text.getBytes(StandardCharsets.UTF_8));
                        return null;
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes a file, and returns when it is on the disk. A file of that name that a failed attempt
     * has left is written anew.
     */
    public <T> T write(String name, Compression compression, Content<T> content)
            throws SQLException {
        Path file = folder.resolve(name);
        try {
            Files.deleteIfExists(file);
            Private.create(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                CheckedOutput checked = new CheckedOutput(channel);
                T result;
                try (OutputStream out = Packing.pack(checked, compression)) {
                    result = content.write(out);
                }
                channel.force(true);
                files.put(name, new SavedFile(name, checked.bytes(), checked.sha256()));
                return result;
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Takes a file away again. */
    void discard(String name) {
        try {
            Files.delete(folder.resolve(name));
            files.remove(name);
        } catch (IOException e) {
            throw cannotWrite(folder.resolve(name), e);
        }
    }

    /**
     * Writes the manifest and the checksums, and gives the backup its name: from here on it is one.
     *
     * @param manifest without files
     */
    public Backup finish(Manifest manifest) {
        Manifest complete = manifest.with(List.copyOf(files.values()));
        text(Backups.MANIFEST, Json.pretty(complete) + "\n");
        text(Backups.SUMS, ManifestFile.sums(files.values()));
        return publish(complete);
    }

    /**
     * Makes files that come from elsewhere the backup they were, once each is proven to be what was
     * written.
     *
     * @throws BackupException if one is not, or the manifest is of another backup
     */
    Backup adopt() {
        Backup came = ManifestFile.read(folder);
        if (!came.id().equals(id())) {
            throw new BackupException(
                    id(), "is not what came, which is backup " + came.id(), "use another one");
        }
        came.requireSound(bytes -> {});
        return publish(came.manifest());
    }

    private Backup publish(Manifest complete) {
        try {
            Private.syncFolder(folder);
            // locked till then: who prunes takes an unlocked one for what a killed writer left
            Files.move(folder, finished, StandardCopyOption.ATOMIC_MOVE);
            release();
            Private.syncFolder(finished.getParent());
        } catch (IOException e) {
            throw cannotWrite(finished, e);
        }
        done = true;
        OPEN.remove(folder);
        return new Backup(finished, complete);
    }

    private void release() throws IOException {
        lock.release();
        lockFile.close();
        Files.delete(finished.resolve(LOCK));
    }

    private static BackupException cannotWrite(Path file, IOException e) {
        return new BackupException(
                file.toString(),
                "cannot be written: " + FileErrors.reason(e),
                "see that the folder can be written and its disk has room, or name another with bactrian.backup.dir",
                e);
    }

    /** Takes an unfinished backup away. */
    @Override
    public void close() {
        if (done) {
            return;
        }
        OPEN.remove(folder);
        try {
            lockFile.close();
            Private.delete(folder);
        } catch (IOException e) {
            // what is left says by its name that it is no backup, and prune takes it away
            return;
        }
    }
}
