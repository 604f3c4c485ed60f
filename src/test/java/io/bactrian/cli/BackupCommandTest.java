package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Draft;
import io.bactrian.backup.SampleBackup;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.BackupHistory.Event;
import io.bactrian.state.Run;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that look after backups; they need no server. */
class BackupCommandTest {
    private static final String OLD = "20261120-080000-0001";
    private static final String NEW = "20261121-080000-0002";

    @TempDir Path dir;

    private Path store;

    @BeforeEach
    void write() {
        store = dir.resolve("backups");
        SampleBackup.write(store, OLD);
        SampleBackup.write(store, NEW, "shop", false);
    }

    private Cli run(String... args) throws IOException {
        Map<String, String> settings =
                Map.of(
                        "bactrian.log.dir", dir.resolve("logs").toString(),
                        "bactrian.backup.dir", store.toString(),
                        "bactrian.backup.retention-days", "0");
        return Cli.run(dir, settings, args);
    }

    private List<BackupHistory.Line> history() {
        return new BackupHistory(dir.resolve("logs")).events();
    }

    private void flipAByte(String id) throws IOException {
        Path rows = store.resolve(id).resolve(SampleBackup.ROWS);
        byte[] bytes = Files.readAllBytes(rows);
        bytes[10] ^= 1;
        Files.write(rows, bytes);
    }

    @Test
    void listTellsWhatEachBackupHolds() throws IOException {
        JsonNode backups = run("backup", "list", "--json").json().path("backups");

        assertThat(backups.findValuesAsText("backup_id")).containsExactly(NEW, OLD);
        JsonNode old = backups.get(1);
        assertThat(old.path("database").asText()).isEqualTo("shop");
        assertThat(old.path("name").asText()).isEqualTo("local");
        assertThat(old.path("created_at").asText()).isEqualTo("2026-11-22T08:00:01Z");
        assertThat(old.path("tables").asInt()).isEqualTo(1);
        assertThat(old.path("rows").asInt()).isEqualTo(2);
        assertThat(old.path("bytes").asLong()).isPositive();
        assertThat(old.path("path").asText()).isEqualTo(store.resolve(OLD).toString());
        assertThat(old.path("whole").asBoolean()).isTrue();
        assertThat(old.path("reason").asText()).isEqualTo("REQUEST");
        assertThat(old.path("state").asText()).isEqualTo("GOOD");
        assertThat(old.path("fault").isNull()).isTrue();
        assertThat(run("backup", "list").out()).contains(NEW, "local/shop", "good, a part");
        assertThat(dir.resolve("logs")).doesNotExist();
    }

    @Test
    void listSaysWhatIsNoBackup() throws IOException {
        Files.delete(store.resolve(OLD).resolve(SampleBackup.ROWS));
        Files.delete(store.resolve(NEW).resolve("manifest.json"));
        Files.createDirectory(store.resolve("20261119-080000-0003.unfinished"));
        try (Draft draft = SampleBackup.begin(store, "20261122-080000-0004")) {
            JsonNode backups = run("backup", "list", "--json").json().path("backups");

            assertThat(backups.findValuesAsText("state"))
                    .containsExactly("BEING_WRITTEN", "DAMAGED", "DAMAGED", "UNFINISHED");
            assertThat(backups.get(1).path("fault").asText()).contains("manifest.json");
            assertThat(backups.get(1).path("rows").isNull()).isTrue();
            assertThat(backups.get(2).path("fault").asText())
                    .isEqualTo(SampleBackup.ROWS + " is missing");
            assertThat(run("backup", "list").out())
                    .contains("being written", "unfinished", "damaged: " + SampleBackup.ROWS);
        }
    }

    @Test
    void anEmptyStoreIsNoError() throws IOException {
        store = dir.resolve("none");

        assertThat(run("backup", "list").out()).isEqualTo("no backups in " + store + "\n");
        assertThat(run("backup", "prune").out()).isEqualTo("nothing to prune, 0 kept\n");
        assertThat(store).doesNotExist();
    }

    @Test
    void verifyProvesASoundBackup() throws IOException {
        Cli cli = run("backup", "verify", OLD, "--json");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().path("sound").asBoolean()).isTrue();
        assertThat(cli.json().path("files").asInt()).isEqualTo(1);
        assertThat(cli.json().path("bytes").asLong()).isPositive();
        assertThat(cli.json().path("faults")).isEmpty();
        assertThat(history())
                .extracting(BackupHistory.Line::event, BackupHistory.Line::result)
                .containsExactly(tuple(Event.VERIFIED, Result.OK));
        Run run = new RunLog(dir.resolve("logs")).runs().get(0);
        assertThat(run.command()).isEqualTo("backup verify");
        assertThat(run.source()).isNull();
        assertThat(run("backup", "verify", OLD).out()).contains("1 files", "are what was written");
    }

    @Test
    void verifyNamesTheFileOfAFlippedByte() throws IOException {
        flipAByte(OLD);
        Cli cli = run("backup", "verify", OLD, "--json");

        JsonNode error = failure(cli, Kind.BACKUP);
        assertThat(error.path("object").asText())
                .isEqualTo(store.resolve(OLD).resolve(SampleBackup.ROWS).toString());
        assertThat(cli.json().path("sound").asBoolean()).isFalse();
        assertThat(cli.json().path("faults").findValuesAsText("file"))
                .containsExactly(SampleBackup.ROWS);
        assertThat(cli.json().path("faults").get(0).path("reason").asText()).contains("SHA-256");
        assertThat(history().get(0).result()).isEqualTo(Result.FAILED);
        assertThat(history().get(0).reason()).contains(SampleBackup.ROWS);
        Run run = new RunLog(dir.resolve("logs")).runs().get(0);
        assertThat(run.result()).isEqualTo(Result.FAILED);
        assertThat(run.error().kind()).isEqualTo(Kind.BACKUP);
    }

    @Test
    void verifyNamesAManifestThatWasChanged() throws IOException {
        Path manifest = store.resolve(OLD).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"shop\"", "\"ship\""));
        JsonNode error = failure(run("backup", "verify", OLD, "--json"), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(manifest.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20991122-080000-ab12",
                "../backups/" + OLD,
                "/etc",
                ".",
                OLD + "/../" + NEW,
                OLD + ".unfinished"
            })
    void verifyKnowsNoOtherIdAndFollowsNoPath(String id) throws IOException {
        JsonNode error = failure(run("backup", "verify", id, "--json"), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(id);
        assertThat(error.path("hint").asText()).contains("bactrian backup list");
    }

    @Test
    void pruneTakesAwayWhatIsTooMuchAndTellsIt() throws IOException {
        SampleBackup.write(store, "20261122-080000-0003");
        String few = "bactrian.backup.max-backups=1";
        JsonNode dry = run("backup", "prune", "--dry-run", "--json", "--set", few).json();

        assertThat(dry.path("pruned")).hasSize(2);
        assertThat(new Backups(store).list()).hasSize(3);
        assertThat(history()).isEmpty();

        JsonNode done = run("backup", "prune", "--json", "--set", few).json();
        assertThat(done.path("pruned")).isEqualTo(dry.path("pruned"));
        assertThat(done.path("kept").asInt()).isEqualTo(1);
        assertThat(done.path("freed_bytes").asLong()).isPositive();
        assertThat(new Backups(store).list())
                .extracting(Backups.Entry::id)
                .containsExactly("20261122-080000-0003");
        assertThat(history())
                .extracting(
                        BackupHistory.Line::event,
                        BackupHistory.Line::backupId,
                        BackupHistory.Line::reason)
                .containsExactly(
                        tuple(Event.PRUNED, OLD, "there is a newer one"),
                        tuple(Event.PRUNED, NEW, "there is a newer one"));
    }

    @Test
    void pruneKeepsTheOneThatCanStillBeRestored() throws IOException {
        flipAByte(NEW);
        Cli cli = run("backup", "prune", "--set", "bactrian.backup.max-backups=1");

        assertThat(cli.code()).isZero();
        assertThat(new Backups(store).list()).extracting(Backups.Entry::id).contains(OLD);
    }
}
