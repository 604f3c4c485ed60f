package io.bactrian.demo;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Folders that are made once per machine and kept between runs. */
final class MachineCache {

    private final Path root;

    MachineCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /**
     * The folder {@code BACTRIAN_CACHE} names, else {@code bactrian} in the user's cache folder.
     */
    static MachineCache ofUser() {
        String named = System.getenv("BACTRIAN_CACHE");
        if (named != null && !named.isBlank()) {
            return new MachineCache(Path.of(named));
        }
        String home = System.getenv("XDG_CACHE_HOME");
        Path caches =
                home != null && !home.isBlank()
                        ? Path.of(home)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return new MachineCache(caches.resolve("bactrian"));
    }

    /** Fills an empty folder. */
    interface Maker {
        void fill(Path folder) throws IOException;
    }

    /**
     * The folder of that name. If it is not there yet, {@code maker} fills one beside it that is
     * renamed when it is whole; whoever wants it at the same time, in this process or another,
     * waits for that.
     */
    Path folder(String name, Maker maker) {
        Path wanted = root.resolve(name);
        if (Files.exists(wanted)) {
            return wanted;
        }
        // a file lock holds against other processes only
        synchronized (MachineCache.class) {
            try {
                Files.createDirectories(root);
                makeLocked(wanted, maker);
            } catch (IOException e) {
                throw new ConnectionException(
                        wanted.toString(),
                        "the cache folder cannot be made: " + e,
                        "name a folder that can be written, with 1 GB free, in BACTRIAN_CACHE",
                        false,
                        e);
            }
        }
        return wanted;
    }

    private static void makeLocked(Path wanted, Maker maker) throws IOException {
        Path lockFile = wanted.resolveSibling(wanted.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (Files.exists(wanted)) {
                return;
            }
            Path part = wanted.resolveSibling(wanted.getFileName() + ".part");
            Folders.delete(part);
            try {
                maker.fill(Files.createDirectory(part));
                Files.move(part, wanted, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(part);
            }
        }
    }
}
