package io.bactrian.backup;

import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedFile;
import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import io.bactrian.sql.Database;
import io.bactrian.sql.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A finished backup. */
public record Backup(Path folder, Manifest manifest) {
    private static final int BUFFER = 1 << 16;

    /** Its rows, on their way into a target. */
    public RowSource rows(Database target) {
        return new SavedRows(folder, manifest, target);
    }

    /** Whether it is a table, and not a view. */
    public boolean isTable(String name) {
        return manifest.table(name).isPresent();
    }

    /** Whether all rows of a table are saved. */
    public boolean hasRowsOf(String table) {
        return manifest.table(table).filter(t -> t.rowsOf() == RowsOf.ALL).isPresent();
    }

    /** A file that is not what was written. */
    public record Fault(String file, String reason) {}

    public String id() {
        return manifest.id();
    }

    /**
     * Reads every file and names those that are not what was written; empty if all is well.
     *
     * @param read is told the bytes of each file that was read
     */
    public List<Fault> check(Progress read) {
        List<Fault> faults = new ArrayList<>();
        for (SavedFile file : manifest.files()) {
            String reason = fault(file);
            if (reason != null) {
                faults.add(new Fault(file.file(), reason));
            }
            read.add(file.bytes());
        }
        return faults;
    }

    /** Is told what was read. */
    @FunctionalInterface
    public interface Progress {
        void add(long bytes);
    }

    /**
     * Reads every file.
     *
     * @throws BackupException naming the first file that is not what was written, and how many
     */
    public void requireSound(Progress read) {
        List<Fault> faults = check(read);
        if (!faults.isEmpty()) {
            throw damaged(faults);
        }
    }

    /** The error of faults that were found, of which there is one at least. */
    public BackupException damaged(List<Fault> faults) {
        Fault first = faults.get(0);
        String more =
                switch (faults.size()) {
                    case 1 -> "";
                    case 2 -> ", and one more file is damaged";
                    default -> ", and " + (faults.size() - 1) + " more files are damaged";
                };
        return new BackupException(
                folder.resolve(first.file()).toString(),
                first.reason() + more,
                "use another one: `bactrian backup list`");
    }

    /** The first file that is missing or of another size, in words; null if there is none. */
    String missing() {
        for (SavedFile file : manifest.files()) {
            try {
                String reason = sizeFault(file);
                if (reason != null) {
                    return file.file() + " " + reason;
                }
            } catch (IOException e) {
                return file.file() + " cannot be read: " + FileErrors.reason(e);
            }
        }
        return null;
    }

    private String sizeFault(SavedFile file) throws IOException {
        Path path = folder.resolve(file.file());
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "is no file" : "is missing";
        }
        long size = Files.size(path);
        return size == file.bytes()
                ? null
                : "has " + size + " bytes and should have " + file.bytes();
    }

    private String fault(SavedFile file) {
        Path path = folder.resolve(file.file());
        try {
            String reason = sizeFault(file);
            if (reason != null) {
                return reason;
            }
            return sha256(path).equals(file.sha256())
                    ? null
                    : "is not what was written: its SHA-256 differs";
        } catch (IOException e) {
            return "cannot be read: " + FileErrors.reason(e);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = Packing.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
