package io.bactrian.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bactrian.backup.Backups.Entry;
import io.bactrian.backup.Backups.State;
import io.bactrian.config.BackupSettings;
import io.bactrian.config.BackupSettings.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning of folders that are there. */
class PruneTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String FIRST = "20261119-080000-0001";
    private static final String SECOND = "20261120-080000-0002";
    private static final String THIRD = "20261121-080000-0003";

    private final List<Retention.Pruned> gone = new ArrayList<>();

    @TempDir Path dir;

    @BeforeEach
    void write() {
        for (String id : List.of(FIRST, SECOND, THIRD)) {
            SampleBackup.write(dir, id);
        }
    }

    private Retention.Result prune(int max) {
        return Retention.apply(
                new Backups(dir),
                new BackupSettings(dir, 0, max, Compression.NONE, ""),
                NOW,
                gone::add);
    }

    private List<String> left() {
        return new Backups(dir)
                .list().stream().filter(e -> e.state() == State.GOOD).map(Entry::id).toList();
    }

    @Test
    void takesTheOldestAwayAndTellsWhatThatFrees() throws IOException {
        long size = 0;
        for (Path file : Files.list(dir.resolve(FIRST)).toList()) {
            size += Files.size(file);
        }
        Retention.Result result = prune(2);

        assertThat(result.pruned()).extracting(p -> p.entry().id()).containsExactly(FIRST);
        assertThat(gone).isEqualTo(result.pruned());
        assertThat(gone.get(0).database()).isEqualTo("local");
        assertThat(result.kept()).isEqualTo(2);
        assertThat(result.bytes()).isEqualTo(size);
        assertThat(dir.resolve(FIRST)).doesNotExist();
        assertThat(left()).containsExactly(THIRD, SECOND);
    }

    @Test
    void lookingTakesNothingAway() {
        BackupSettings settings = new BackupSettings(dir, 0, 1, Compression.NONE, "");

        assertThat(Retention.look(new Backups(dir), settings, NOW).pruned()).hasSize(2);
        assertThat(left()).hasSize(3);
    }

    @Test
    void oneFlippedByteOfTheNewestSavesTheOneBefore() throws IOException {
        Path rows = dir.resolve(THIRD).resolve(SampleBackup.ROWS);
        byte[] bytes = Files.readAllBytes(rows);
        bytes[20] ^= 1;
        Files.write(rows, bytes);
        prune(1);

        assertThat(left()).contains(SECOND);
        assertThat(dir.resolve(FIRST)).doesNotExist();
    }

    @Test
    void aDraftAtWorkStaysAndWhatAKilledOneLeftGoes() throws IOException {
        Path left = Files.createDirectory(dir.resolve("20261101-080000-0004.unfinished"));
        Files.createFile(left.resolve("lock"));
        try (Draft draft = SampleBackup.begin(dir, "20261102-080000-0005")) {
            draft.text("shop-schema-create.sql", "CREATE DATABASE shop;\n");

            assertThat(prune(9).pruned())
                    .extracting(p -> p.entry().id(), Retention.Pruned::reason)
                    .containsExactly(tuple("20261101-080000-0004", "was never finished"));
            assertThat(dir.resolve("20261102-080000-0005.unfinished")).exists();
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void whatAnotherProcessHasTakenAwayIsNoError() {
        Backups store = new Backups(dir);
        Entry entry = store.list().get(0);
        store.delete(entry);
        store.delete(entry);

        assertThat(store.size(entry)).isZero();
        assertThat(left()).containsExactly(SECOND, FIRST);
    }
}
