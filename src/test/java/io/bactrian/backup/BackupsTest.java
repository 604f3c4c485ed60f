package io.bactrian.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final String ID = "20261122-080000-ab12";

    @TempDir Path dir;

    /** Checksums that fit do not make a manifest one that may name any file of the machine. */
    @Test
    void rowsAreReadFromFilesOfTheBackupOnly() throws IOException {
        Path folder = SampleBackup.write(dir, ID, "shop", true).folder();
        Path manifest = folder.resolve(Backups.MANIFEST);
        String before = Backup.sha256(manifest);
        String text = Files.readString(manifest);
        int parts = text.indexOf("\"parts\"");
        Files.writeString(
                manifest,
                text.substring(0, parts)
                        + text.substring(parts)
                                .replaceFirst(
                                        "\"file\" : \"[^\"]*\"", "\"file\" : \"../rows.sql\""));
        Path sums = folder.resolve(Backups.SUMS);
        Files.writeString(sums, Files.readString(sums).replace(before, Backup.sha256(manifest)));

        assertThatThrownBy(() -> new Backups(dir).open(ID))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("names a file that no backup has");
    }
}
