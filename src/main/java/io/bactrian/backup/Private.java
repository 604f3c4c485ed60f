package io.bactrian.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that only their owner may read: a backup holds all the database does. */
final class Private {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Private() {}

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes a new file, empty; fails if there is one. */
    static Path create(Path file) throws IOException {
        return Files.createFile(file, mode("rw-------"));
    }

    /** Makes a new folder; fails if there is one. */
    static Path createFolder(Path folder) throws IOException {
        return Files.createDirectory(folder, mode("rwx------"));
    }

    /** Makes a folder and those above it where they are missing. */
    static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode("rwx------"));
        }
    }

    /** Makes the names in a folder last. */
    static void syncFolder(Path folder) throws IOException {
        // other systems cannot open a folder
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Bytes of all files in a folder. */
    static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : all(folder)) {
            size += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        }
        return size;
    }

    static void delete(Path folder) throws IOException {
        for (Path file : all(folder)) {
            Files.deleteIfExists(file);
        }
    }

    /** A folder and what is in it, itself last. */
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
