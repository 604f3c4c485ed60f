package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.backup.BackupStore;
import io.bactrian.backup.Backups;
import io.bactrian.error.BackupException;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ConnectionException;
import io.bactrian.route.BackupStep;
import io.bactrian.route.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are kept in other places too, and come back from there. */
@Timeout(120)
class BackupStoreIT {
    @TempDir Path folder;
    private Path store;
    private Twin twin;

    @BeforeEach
    void setUp() {
        store = folder.resolve("store");
        twin =
                Twin.of("backup_store")
                        .with("backup.dir", folder.resolve("backups"))
                        .with("log.dir", folder.resolve("logs"))
                        .with("retry-delay", "10ms")
                        .with("backup.to", "file:" + store);
        twin.onSource(
                "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), w VARCHAR(20) AS (UPPER(v)))",
                "INSERT INTO t (id, v) VALUES (1, 'Zoë'), (2, NULL)");
    }

    @AfterEach
    void clean() {
        twin.close();
    }

    private Backups backups() {
        return new Backups(folder.resolve("backups"));
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private String saveAndLose() {
        BackupStep.Report saved = twin.save();
        assertThat(saved.stores()).containsExactly("file:" + store);
        lose(saved.backupId());
        return saved.backupId();
    }

    private void lose(String id) {
        backups()
                .delete(
                        backups().list().stream()
                                .filter(e -> e.id().equals(id))
                                .findFirst()
                                .orElseThrow());
    }

    @Test
    void comesBackWhereTheFolderIsLost() throws Exception {
        String id = saveAndLose();
        assertThat(stored()).containsExactly(id + ".zip");

        assertThat(twin.restore(id).rows()).isEqualTo(2);

        twin.assertSameRows();
        assertThat(backups().list()).extracting(Backups.Entry::id).contains(id);
        assertThat(backups().list()).allMatch(e -> e.state() == Backups.State.GOOD);
        assertThat(stored()).contains(id + ".zip");
    }

    @Test
    void oneThatWasFetchedByHandIsTaken() throws Exception {
        String id = saveAndLose();
        Files.move(store.resolve(id + ".zip"), folder.resolve("backups").resolve(id + ".zip"));
        twin.with("backup.to", "");

        assertThat(twin.restore(id).rows()).isEqualTo(2);
    }

    @Test
    void unknownOneIsMissedByName() {
        saveAndLose();
        assertThatThrownBy(() -> twin.restore("20200101-000000-abcd"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no such backup");
    }

    @Test
    void halfOfOneIsNoBackup() throws Exception {
        String id = saveAndLose();
        Path archive = store.resolve(id + ".zip");
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> twin.restore(id)).isInstanceOf(BackupException.class);

        byte[] bent = whole.clone();
        // a letter of the structure, which no checksum of the zip need know of
        int at =
                new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .indexOf("CREATE TABLE");
        bent[at] = 'X';
        Files.write(archive, bent);
        assertThatThrownBy(() -> twin.restore(id)).isInstanceOf(BackupException.class);

        assertThat(backups().list()).isEmpty();
        assertThat(twin.tables(twin.target())).isEmpty();
    }

    /** Fails half way, for good or once. */
    private final class Shaky implements BackupStore {
        private final AtomicInteger failures;
        private final AtomicInteger calls = new AtomicInteger();

        private Shaky(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public String name() {
            return "shaky";
        }

        @Override
        public void put(String name, Path file) throws IOException {
            calls.incrementAndGet();
            if (failures.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public boolean get(String name, Path file) {
            return false;
        }
    }

    @Test
    void whatFailsOnceIsTriedAgain() {
        Shaky shaky = new Shaky(1);
        twin.having(shaky);
        assertThat(twin.save().stores()).containsExactly("shaky", "file:" + store);
        assertThat(shaky.calls.get()).isEqualTo(2);
    }

    @Test
    void runChangesNothingBeforeItsBackupIsInTheStore() throws Exception {
        Shaky shaky = new Shaky(100);
        twin.having(shaky);
        twin.onTarget("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (7)");

        assertThatThrownBy(() -> twin.replicate(twin.job().copying(Job.Mode.TRUNCATE, false)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("No space left on device");

        assertThat(shaky.calls.get()).isEqualTo(3);
        assertThat(twin.read(twin.target(), "SELECT id FROM t")).containsExactly("7");
        assertThat(Files.exists(store)).isFalse();
        assertThat(backups().list()).singleElement().matches(e -> e.state() == Backups.State.GOOD);
        assertThat(Files.readString(folder.resolve("logs/dead_letters.log")))
                .contains("backup-store", "No space left on device");
    }

    @Test
    void endpointThatNobodyKnowsIsNamedWithoutItsSecrets() {
        twin.with("backup.to", "smb:me@nas/x?password=hush");
        assertThatThrownBy(twin::save)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("smb:me@nas/x")
                .hasMessageNotContaining("hush");
    }
}
