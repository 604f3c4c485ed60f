package io.bactrian.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.bactrian.backup.Manifest.SavedFile;
import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import io.bactrian.state.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code manifest.json} and {@code SHA256SUMS}. Whoever can write to the folder can make both
 * fit, so that neither is trusted to be of the form, of the size or about the files it should be.
 */
final class ManifestFile {
    private ManifestFile() {}

    /** What stands in {@code SHA256SUMS}, for {@code sha256sum -c}. */
    static String sums(Collection<SavedFile> files) {
        return files.stream()
                .sorted(Comparator.comparing(SavedFile::file))
                .map(f -> f.sha256() + "  " + f.file() + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The backup in a folder that has its id as name.
     *
     * @throws BackupException if its manifest is not what was written
     */
    static Backup readNamed(Path folder) {
        Backup backup = read(folder);
        if (!folder.endsWith(backup.id())) {
            throw damaged(folder.resolve(Backups.MANIFEST), "is of backup " + backup.id(), null);
        }
        return backup;
    }

    /** The backup in a folder, whatever the folder is called. */
    static Backup read(Path folder) {
        Path file = folder.resolve(Backups.MANIFEST);
        Path sums = folder.resolve(Backups.SUMS);
        try {
            requirePlain(folder, file, sums);
            String sum = Backup.sha256(file);
            String written = Files.readString(sums, StandardCharsets.ISO_8859_1);
            if (!written.lines().toList().contains(sum + "  " + Backups.MANIFEST)) {
                throw damaged(
                        file,
                        "is not what was written: its SHA-256 is not that in " + Backups.SUMS,
                        null);
            }
            Manifest manifest = Json.mapper().readValue(file.toFile(), Manifest.class);
            if (manifest == null || manifest.format() != Manifest.FORMAT) {
                throw damaged(file, "is of a format this version does not know", null);
            }
            if (!namesOnlyItsFiles(manifest)) {
                throw damaged(file, "names a file that no backup has", null);
            }
            List<SavedFile> all = new ArrayList<>(manifest.files());
            all.add(new SavedFile(Backups.MANIFEST, Files.size(file), sum));
            if (!written.equals(sums(all))) {
                throw damaged(sums, "is not what was written: it has other checksums", null);
            }
            return new Backup(folder, manifest);
        } catch (JsonMappingException e) {
            throw damaged(file, "cannot be understood at " + place(e), e);
        } catch (JsonProcessingException e) {
            throw damaged(file, "cannot be understood: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw damaged(Path.of(e.getFile()), "is missing", e);
        } catch (IOException e) {
            throw damaged(file, "cannot be read: " + FileErrors.reason(e), e);
        }
    }

    /** A link leads elsewhere, a pipe never ends, and a writer held both in memory as a whole. */
    private static void requirePlain(Path folder, Path... files) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw damaged(folder, "is a link to another folder", null);
        }
        for (Path file : files) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw damaged(file, "is no file", null);
            }
            if (Files.size(file) > Runtime.getRuntime().maxMemory() / 4) {
                throw damaged(file, "is larger than any that was written", null);
            }
        }
    }

    /** Rows are read from files that are checked, and from no others. */
    private static boolean namesOnlyItsFiles(Manifest manifest) {
        Set<String> files =
                manifest.files().stream().map(SavedFile::file).collect(Collectors.toSet());
        return files.stream().allMatch(Backups::isFile)
                && manifest.tables().stream()
                        .flatMap(t -> t.parts().stream())
                        .allMatch(p -> files.contains(p.file()));
    }

    /** Where in the document it is, such as {@code tables[0].create}. */
    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            place.append(
                    step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : "." + step.getFieldName());
        }
        // what a record names that misses a part
        if (e.getCause() instanceof NullPointerException missing && missing.getMessage() != null) {
            place.append('.').append(missing.getMessage()).append(", which is missing");
        }
        return place.isEmpty() ? "its beginning" : place.substring(1);
    }

    private static BackupException damaged(Path file, String reason, IOException cause) {
        return new BackupException(
                file.toString(), reason, "use another one: `bactrian backup list`", cause);
    }
}
