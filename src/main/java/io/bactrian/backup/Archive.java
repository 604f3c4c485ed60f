package io.bactrian.backup;

import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A backup as one file, a zip of its folder: how it travels to a {@link BackupStore} and back. */
public final class Archive {
    private Archive() {}

    /** What the archive of a backup is called. */
    public static String name(String id) {
        return id + ".zip";
    }

    /** Writes the archive of a backup into a draft, and gives its file. */
    public static Path pack(Backup backup, Draft draft) {
        String name = name(backup.id());
        write(
                draft,
                name,
                out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    // its files are packed already
                    zip.setLevel(Deflater.NO_COMPRESSION);
                    for (Path file : files(backup.folder())) {
                        zip.putNextEntry(new ZipEntry(backup.id() + "/" + file.getFileName()));
                        Files.copy(file, zip);
                    }
                    zip.finish();
                    return null;
                });
        return draft.file(name);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /**
     * Makes an archive a backup again, which it is only once all of it is proven to be what was
     * written.
     *
     * @throws BackupException if it is not
     */
    public static Backup unpack(Path archive, Draft draft) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            // nothing in it was packed again: what unpacks to more is not ours
            long left = Files.size(archive);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (!entry.getName().equals(draft.id() + "/" + name) || !Backups.isFile(name)) {
                    throw new BackupException(
                            archive.getFileName().toString(),
                            "is not the archive of backup " + draft.id(),
                            "use another one");
                }
                long most = left;
                left -= write(draft, name, out -> copy(zip, entry, most, archive, out));
            }
        } catch (IOException e) {
            throw new BackupException(
                    archive.getFileName().toString(),
                    "cannot be unpacked: " + FileErrors.reason(e),
                    "use another one",
                    e);
        }
        return draft.adopt();
    }

    private static long copy(ZipFile zip, ZipEntry entry, long most, Path archive, OutputStream out)
            throws IOException {
        try (InputStream in =
                new Bounded(zip.getInputStream(entry), most, archive.getFileName().toString())) {
            return in.transferTo(out);
        }
    }

    private static <T> T write(Draft draft, String name, Draft.Content<T> content) {
        try {
            return draft.write(name, Compression.NONE, content);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
