package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.BackupHistory.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandIT {
    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void makeSchemas() {
        scene = Scene.shared(dir);
        scene.inSource(
                "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO a VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE b (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO b VALUES (1, 'one')");
    }

    @AfterEach
    void dropSchemas() {
        scene.close();
    }

    private Path store() {
        return dir.resolve("backups");
    }

    private Cli create(String... more) throws IOException {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"backup", "create", "from", "--json"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return scene.run(args);
    }

    private JsonNode created(String... more) throws IOException {
        Cli cli = create(more);
        assertThat(cli.code()).as(cli.err()).isZero();
        return cli.json();
    }

    private JsonNode listed() throws IOException {
        return scene.run("backup", "list", "--json").json().path("backups");
    }

    private List<BackupHistory.Line> history() {
        return new BackupHistory(scene.logs()).events();
    }

    @Test
    void whatIsCreatedIsToldListedAndSound() throws IOException {
        JsonNode made = created();
        String id = made.path("backup_id").asText();

        assertThat(made.path("command").asText()).isEqualTo("backup create");
        assertThat(made.path("database").asText()).isEqualTo(scene.schema());
        assertThat(made.path("tables").asInt()).isEqualTo(2);
        assertThat(made.path("rows").asInt()).isEqualTo(3);
        assertThat(made.path("bytes").asLong()).isPositive();
        assertThat(Path.of(made.path("path").asText())).isDirectory().hasFileName(id);
        assertThat(made.path("snapshot").asText()).contains("moment");

        JsonNode entry = listed().get(0);
        assertThat(entry.path("backup_id").asText()).isEqualTo(id);
        assertThat(entry.path("name").asText()).isEqualTo("from");
        assertThat(entry.path("whole").asBoolean()).isTrue();
        assertThat(entry.path("state").asText()).isEqualTo("GOOD");
        assertThat(entry.path("bytes")).isEqualTo(made.path("bytes"));
        assertThat(scene.run("backup", "verify", id).code()).isZero();

        JsonNode run = scene.lastRun();
        assertThat(run.path("command").asText()).isEqualTo("backup verify");
        assertThat(history())
                .extracting(BackupHistory.Line::event)
                .containsExactly(Event.CREATED, Event.VERIFIED);
        assertThat(history()).extracting(BackupHistory.Line::backupId).containsExactly(id, id);
        assertThat(history().get(0).database()).isEqualTo("from");
        assertThat(history().get(0).rows()).isEqualTo(3);
    }

    @Test
    void aRunThatSavesReadsTheOneAndWritesNone() throws IOException {
        created();

        assertThat(scene.lastRun().path("source").asText()).isEqualTo("from");
        assertThat(scene.lastRun().path("target").isNull()).isTrue();
        assertThat(scene.fromSource("SHOW TABLES")).isEqualTo("a\nb");
    }

    @Test
    void someTablesAreAPart() throws IOException {
        assertThat(created("--tables", "b").path("rows").asInt()).isEqualTo(1);
        assertThat(listed().get(0).path("whole").asBoolean()).isFalse();
        assertThat(scene.run("backup", "list").out()).contains("good, a part");
        JsonNode error = failure(create("--tables", "c"), Kind.CONFIGURATION);
        assertThat(error.path("message").asText()).contains("c matches no table");
    }

    @Test
    void oldOnesArePrunedAfterANewOne() throws IOException {
        scene.with("bactrian.backup.max-backups", "2");
        String first = created().path("backup_id").asText();
        created();
        created();

        assertThat(listed()).hasSize(2);
        assertThat(listed().findValuesAsText("backup_id")).doesNotContain(first);
        assertThat(history())
                .extracting(BackupHistory.Line::event)
                .containsExactly(Event.CREATED, Event.CREATED, Event.CREATED, Event.PRUNED);
    }

    @Test
    void anUnknownNameIsAnErrorOfConfiguration() throws IOException {
        JsonNode error =
                failure(scene.run("backup", "create", "nowhere", "--json"), Kind.CONFIGURATION);

        assertThat(error.path("object").asText()).isEqualTo("nowhere");
        assertThat(error.path("message").asText()).contains("from", "to");
        assertThat(store()).doesNotExist();
        assertThat(history()).extracting(BackupHistory.Line::event).containsExactly(Event.FAILED);
    }

    @Test
    void aServerThatDoesNotAnswerIsInTheHistory() throws IOException {
        scene.with("bactrian.database.from.port", "1");
        failure(create(), Kind.CONNECTION);

        assertThat(history()).extracting(BackupHistory.Line::event).containsExactly(Event.FAILED);
        assertThat(history().get(0).reason()).startsWith("from: ");
        assertThat(listed()).isEmpty();
    }

    @Test
    void oneThatIsKilledHalfWayIsNeverABackup() throws Exception {
        scene.with("bactrian.threads", "1").with("bactrian.chunk-bytes", "32k");
        scene.inSource(
                "CREATE TABLE c (id INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200))",
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO c (t) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                        + " SELECT REPEAT(SHA2(i, 256), 3) FROM n",
                "ANALYZE TABLE c");
        try (Child child = scene.start("backup", "create", "from")) {
            Scene.await("a part is written", this::somePartIsWritten);
            assertThat(listed().findValuesAsText("state")).containsExactly("BEING_WRITTEN");
            assertThat(scene.run("backup", "prune", "--json").json().path("pruned")).isEmpty();
            child.signal("KILL");
            assertThat(child.end(30).code()).isEqualTo(137);
        }
        assertThat(listed().findValuesAsText("state")).containsExactly("UNFINISHED");
        String id = listed().get(0).path("backup_id").asText();
        for (String[] verb :
                new String[][] {
                    {"backup", "verify", id, "--json"},
                    {"restore", id, "--into", "to", "--yes", "--json"}
                }) {
            JsonNode error = failure(scene.run(verb), Kind.BACKUP);
            assertThat(error.path("message").asText()).contains("was never finished");
        }
        assertThat(scene.run("backup", "prune", "--json").json().path("pruned")).hasSize(1);
        assertThat(store()).isEmptyDirectory();
    }

    private boolean somePartIsWritten() {
        try (Stream<Path> all = Files.exists(store()) ? Files.walk(store()) : Stream.empty()) {
            return all.anyMatch(f -> f.getFileName().toString().contains(".c.00001.sql"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Root may write everywhere, but not a folder where there is a file. */
    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(store(), "a file");
        JsonNode error = failure(create(), Kind.BACKUP);

        assertThat(error.path("object").asText()).isEqualTo(store().toString());
        assertThat(error.path("message").asText()).contains("is a file and no folder");
        assertThat(error.path("hint").asText()).contains("bactrian.backup.dir");
        assertThat(scene.run("backup", "list").out()).startsWith("no backups in ");
    }
}
