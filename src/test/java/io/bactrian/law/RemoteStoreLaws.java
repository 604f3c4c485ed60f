package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.backup.Backups;
import io.bactrian.error.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for backups kept on another machine, whatever carries them there. */
@Timeout(120)
abstract class RemoteStoreLaws {
    @TempDir Path folder;
    private Path disk;
    Twin twin;

    /** Starts a server that keeps its files in `disk`; gives the endpoint of its folder `mysql`. */
    abstract String start(Path disk) throws Exception;

    abstract void stop() throws Exception;

    @BeforeEach
    void setUp() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        twin =
                Twin.of("remote_store")
                        .with("backup.dir", folder.resolve("backups"))
                        .with("log.dir", folder.resolve("logs"))
                        .with("retry-delay", "10ms")
                        .with("backup.to", start(disk));
        twin.onSource(
                "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO t VALUES (1, 'Zoë'), (2, NULL)");
    }

    @AfterEach
    void clean() throws Exception {
        twin.close();
        stop();
    }

    final List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.filter(Files::isRegularFile)
                    .map(disk::relativize)
                    .map(Path::toString)
                    .toList();
        }
    }

    @Test
    void comesBackWhereTheFolderIsLost() throws Exception {
        String id = twin.save().backupId();
        assertThat(stored()).containsExactly("mysql/" + id + ".zip");
        Backups backups = new Backups(folder.resolve("backups"));
        backups.list().forEach(backups::delete);

        assertThat(twin.restore(id).rows()).isEqualTo(2);

        twin.assertSameRows();
        assertThat(backups.list()).allMatch(e -> e.state() == Backups.State.GOOD);
        assertThat(stored()).contains("mysql/" + id + ".zip");
    }

    @Test
    void whatIsNotThereIsMissedAtOnce() throws Exception {
        twin.save();
        assertThatThrownBy(() -> twin.restore("20200101-000000-abcd"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no such backup");
    }
}
