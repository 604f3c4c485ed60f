package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.BackupHistory.Event;
import io.bactrian.state.Run.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup of one database is put into another, which has a table of its own by that name. */
class RestoreCommandIT {
    @TempDir Path dir;
    private Scene scene;
    private String backup;

    @BeforeEach
    void save() throws IOException {
        scene = Scene.shared(dir);
        scene.inSource(
                "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO a VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE b (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO b VALUES (1, 'one')");
        scene.inTarget(
                "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO a VALUES (7, 'old')");
        Cli cli = scene.run("backup", "create", "from", "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        backup = cli.json().path("backup_id").asText();
    }

    @AfterEach
    void dropSchemas() {
        scene.close();
    }

    private Cli restore(String id, String... more) throws IOException {
        List<String> args =
                new ArrayList<>(List.of("restore", id, "--into", "to", "--yes", "--json"));
        args.addAll(List.of(more));
        return scene.run(args.toArray(String[]::new));
    }

    private JsonNode restored(String id, String... more) throws IOException {
        Cli cli = restore(id, more);
        assertThat(cli.code()).as(cli.err()).isZero();
        return cli.json();
    }

    private void targetIsUnchanged() {
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a");
        assertThat(scene.fromTarget("SELECT * FROM a")).isEqualTo("7\told");
    }

    private Path file(String part) throws IOException {
        try (var files = Files.list(dir.resolve("backups").resolve(backup))) {
            return files.filter(f -> f.getFileName().toString().contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private BackupHistory.Line lastEvent() {
        List<BackupHistory.Line> events = new BackupHistory(scene.logs()).events();
        return events.get(events.size() - 1);
    }

    @Test
    void replacesWhatIsThereAndTellsWhatItDid() throws IOException {
        JsonNode done = restored(backup);

        assertThat(done.path("backup_id").asText()).isEqualTo(backup);
        assertThat(done.path("database").asText()).isEqualTo(scene.schema());
        assertThat(done.path("tables").findValuesAsText("table")).containsExactly("a", "b");
        assertThat(done.path("rows").asInt()).isEqualTo(3);
        assertThat(done.path("ddl").toString()).contains("CREATE TABLE `b`");
        assertThat(done.path("verified").asText()).isEqualTo("counts");
        assertThat(done.path("losses").isArray()).isTrue();
        assertThat(done.path("notes").isArray()).isTrue();
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nb");
        scene.requireEqual();
        assertThat(lastEvent().event()).isEqualTo(Event.RESTORED);
        assertThat(lastEvent().result()).isEqualTo(Result.OK);
        assertThat(lastEvent().database()).isEqualTo("to");
    }

    @Test
    void whatItReplacesIsSavedAndCanBePutBack() throws IOException {
        String before = restored(backup, "--verify").path("saved_as").asText();
        JsonNode back = restored(before, "--verify", "--no-backup");

        assertThat(back.path("verified").asText()).isEqualTo("checksums");
        assertThat(back.path("saved_as").isNull()).isTrue();
        assertThat(scene.fromTarget("SELECT * FROM a")).isEqualTo("7\told");
    }

    @Test
    void whatTheBackupDoesNotHaveStaysUnlessItIsToGo() throws IOException {
        scene.inTarget("CREATE TABLE c (id INT PRIMARY KEY)");
        restored(backup);
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nb\nc");

        String before = restored(backup, "--drop-extra").path("saved_as").asText();
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nb");
        restored(before);
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nb\nc");
    }

    @Test
    void whatIsLostWithoutABackupIsWarnedOf() throws IOException {
        scene.inTarget("CREATE TABLE c (id INT PRIMARY KEY)");
        restored(backup, "--drop-extra", "--no-backup");

        // in one file with those of the backup, if it is of the same second
        try (Stream<Path> logs = Files.list(scene.logs())) {
            assertThat(logs.filter(l -> l.toString().contains("replicator_")))
                    .anySatisfy(
                            log ->
                                    assertThat(log)
                                            .content()
                                            .containsPattern("WARN.* loses data: c: "));
        }
    }

    @Test
    void aTableMayBeRestoredAlone() throws IOException {
        JsonNode done = restored(backup, "--tables", "b");

        assertThat(done.path("tables").findValuesAsText("table")).containsExactly("b");
        assertThat(scene.fromTarget("SELECT * FROM b")).isEqualTo("1\tone");
        assertThat(scene.fromTarget("SELECT * FROM a")).isEqualTo("7\told");
    }

    @Test
    void aGlobWithoutTableIsAnErrorOfConfiguration() throws IOException {
        failure(restore(backup, "--tables", "c*"), Kind.CONFIGURATION);
        failure(
                restore(backup, "--tables", "c*", "--drop-extra", "--no-backup"),
                Kind.CONFIGURATION);
        targetIsUnchanged();
    }

    @Test
    void theQuestionNamesWhatWillBeReplaced() throws IOException {
        scene.inTarget("CREATE TABLE c (id INT PRIMARY KEY)");
        Cli cli = scene.run("restore", backup, "--into", "to");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("--yes", "restore 2 tables", "replace a?");
        Cli part = scene.run("restore", backup, "--into", "to", "--tables", "b");
        assertThat(part.err()).contains("restore 1 tables").doesNotContain("replace");
        Cli all = scene.run("restore", backup, "--into", "to", "--drop-extra");
        assertThat(all.err()).contains("replace a, drop c?");
        scene.inTarget("DROP TABLE c");
        targetIsUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20991122-080000-ab12", "../backups/%s", "/%s", "%s/.", "%s.unfinished"})
    void anUnknownIdTouchesNothing(String pattern) throws IOException {
        String id = String.format(pattern, backup);
        JsonNode error = failure(restore(id), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(id);
        assertThat(error.path("hint").asText()).contains("bactrian backup list");
        targetIsUnchanged();
        assertThat(lastEvent().result()).isEqualTo(Result.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {".b.00000.sql", ".a-schema.sql", "manifest.json"})
    void aFlippedByteIsNamedBeforeAnythingIsTouched(String part) throws IOException {
        Path file = file(part);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        JsonNode error = failure(restore(backup), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(file.toString());
        assertThat(error.path("message").asText()).contains("SHA-256");
        targetIsUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {".b.00000.sql", ".a-schema.sql", "manifest.json", "SHA256SUMS"})
    void aMissingFileIsNamedBeforeAnythingIsTouched(String part) throws IOException {
        Path file = file(part);
        Files.delete(file);
        JsonNode error = failure(restore(backup), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(file.toString());
        assertThat(error.path("message").asText()).contains("is missing");
        targetIsUnchanged();
    }

    @Test
    void aDatabaseWithoutANameIsAnErrorOfConfiguration() throws IOException {
        failure(
                scene.run("restore", backup, "--into", "nowhere", "--yes", "--json"),
                Kind.CONFIGURATION);
        JsonNode usage = failure(scene.run("restore", backup, "--json"), Kind.CONFIGURATION);
        assertThat(usage.path("message").asText()).contains("--into");
        targetIsUnchanged();
    }

    @Test
    void thereMustBeSomethingToResume() throws IOException {
        JsonNode error = failure(restore(backup, "--resume"), Kind.DATA);

        assertThat(error.path("message").asText()).contains("no restore of " + backup);
        targetIsUnchanged();
    }
}
