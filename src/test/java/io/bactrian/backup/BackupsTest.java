package io.bactrian.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final String ID = "20261122-080000-ab12";

    @TempDir Path dir;

    private void refused(String message) {
        assertThatThrownBy(() -> new Backups(dir).open(ID))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(message);
        assertThat(new Backups(dir).list())
                .first()
                .matches(e -> e.state() == Backups.State.DAMAGED);
    }

    /** Writes the manifest anew, and checksums that fit it. */
    private static void forge(Path folder, UnaryOperator<String> change) throws IOException {
        Path manifest = folder.resolve(Backups.MANIFEST);
        String before = Backup.sha256(manifest);
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
        Path sums = folder.resolve(Backups.SUMS);
        Files.writeString(sums, Files.readString(sums).replace(before, Backup.sha256(manifest)));
    }

    @Test
    void aManifestThatLacksAPartIsRefusedWithItsPlace() throws IOException {
        Path folder = SampleBackup.write(dir, ID, "shop", true).folder();
        forge(folder, m -> m.replaceFirst("\"range\" : \\{[^}]*}", "\"range\" : null"));
        refused("cannot be understood at tables[0].parts[0].range, which is missing");
    }

    @Test
    void anObjectThatNoStatementMakesIsRefusedWithItsPlace() throws IOException {
        Path folder = SampleBackup.write(dir, ID, "shop", true).folder();
        forge(
                folder,
                m ->
                        m.replaceFirst(
                                "\"objects\" : \\[ ?]",
                                "\"objects\" : [{\"type\": \"VIEW\", \"name\": \"v\", \"create\": \"xx\"}]"));
        refused("cannot be understood at objects[0]");
    }

    @Test
    void aManifestThatIsNullIsRefused() throws IOException {
        forge(SampleBackup.write(dir, ID, "shop", true).folder(), m -> "null");
        refused("is of a format this version does not know");
    }

    @Test
    void aFolderThatWasRenamedIsOfAnotherBackup() throws IOException {
        Path folder = SampleBackup.write(dir, "20261122-080000-cd34", "shop", true).folder();
        Files.move(folder, dir.resolve(ID));
        refused("is of backup 20261122-080000-cd34");
    }

    @Test
    void checksumsThatWereChangedAreTold() throws IOException {
        Path folder = SampleBackup.write(dir, ID, "shop", true).folder();
        Path sums = folder.resolve(Backups.SUMS);
        Files.writeString(sums, Files.readString(sums) + "00  more.sql\n");
        refused("it has other checksums");
    }

    @Test
    void aFileThatIsALinkIsNone() throws IOException {
        Backup backup = SampleBackup.write(dir, ID, "shop", true);
        Path rows = backup.folder().resolve(SampleBackup.ROWS);
        Files.move(rows, dir.resolve("elsewhere"));
        Files.createSymbolicLink(rows, dir.resolve("elsewhere"));
        assertThat(backup.check(bytes -> {}))
                .containsExactly(new Backup.Fault(SampleBackup.ROWS, "is no file"));
    }

    @Test
    void anArchiveThatUnpacksToMoreThanItselfIsRefused() throws IOException {
        Path zip = dir.resolve(Archive.name(ID));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(ID + "/" + SampleBackup.ROWS));
            out.write(new byte[1 << 20]);
        }
        try (Draft draft = SampleBackup.begin(dir, ID)) {
            assertThatThrownBy(() -> Archive.unpack(zip, draft))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("holds more than the " + Files.size(zip) + " bytes");
        }
    }

    /** Checksums that fit do not make a manifest one that may name any file of the machine. */
    @Test
    void rowsAreReadFromFilesOfTheBackupOnly() throws IOException {
        Path folder = SampleBackup.write(dir, ID, "shop", true).folder();
        forge(
                folder,
                text -> {
                    int parts = text.indexOf("\"parts\"");
                    return text.substring(0, parts)
                            + text.substring(parts)
                                    .replaceFirst(
                                            "\"file\" : \"[^\"]*\"", "\"file\" : \"../rows.sql\"");
                });
        refused("names a file that no backup has");
    }
}
