package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon does at night, at times that a site wrote into its routes. */
@Timeout(180)
class DaemonScheduleIT {
    private static final String EVERY_TWO_SECONDS = "0/2 * * * * ?";

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void prepare() throws IOException {
        scene = Scene.shared(dir);
        scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
        scene.inSource("INSERT INTO item VALUES (1, 'one')");
        String text = Files.readString(Path.of("routes/schedule.camel.yaml"));
        for (int hour = 2; hour <= 5; hour++) {
            String night = "0 0 " + hour + " * * ?";
            assertThat(text).contains(night);
            text = text.replace(night, EVERY_TWO_SECONDS);
        }
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Files.writeString(routes.resolve("schedule.camel.yaml"), text);
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> listed(Living daemon, String field) {
        try {
            return daemon.json("/api/runs?limit=1000").path("runs").findValuesAsText(field);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void savesAndPrunes() throws Exception {
        Files.createDirectories(scene.logs());
        Path old = Files.writeString(scene.logs().resolve("replicator_20200101_000000.log"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Path audit = scene.logs().resolve("audit.log");
        Files.writeString(audit, "{\"at\":\"2020-01-01T00:00:00Z\",\"who\":\"long ago\"}\n");
        scene.with("nightly.backup", "true").with("bactrian.backup.max-backups", "1");
        try (Living daemon = Living.start(dir, scene)) {
            Path history = scene.logs().resolve("backup_history.log");
            Scene.await("more backups than are kept", () -> holds(history, "\"pruned\""));
            Scene.await("old lines are pruned", () -> !holds(audit, "long ago"));
            assertThat(old).doesNotExist();
            Scene.await("its list", () -> listed(daemon, "command").contains("backup prune"));
            assertThat(listed(daemon, "command")).contains("backup create");
            assertThat(Files.readString(audit))
                    .contains("\"door\":\"schedule\",\"who\":\"pruning\"");
            JsonNode backups = daemon.json("/api/backups").path("backups");
            assertThat(backups.findValuesAsText("state")).contains("GOOD");
            assertThat(backups.size()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void replicatesAndLooksForDrift() throws Exception {
        scene.with("nightly.replicate", "true");
        try (Living daemon = Living.start(dir, scene)) {
            Scene.await(
                    "the row is across",
                    () -> scene.fromTarget("SELECT name FROM item").equals("one"));
            assertThat(listed(daemon, "door")).containsOnly("schedule");
            assertThat(Files.readString(scene.logs().resolve("audit.log")))
                    .contains("\"door\":\"schedule\",\"who\":\"nightly-replicate\"");
        }
        scene.with("nightly.replicate", "false").with("nightly.verify", "true");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inTarget("UPDATE item SET name = 'drifted'");
            Scene.await("drift is found", () -> listed(daemon, "result").contains("different"));
        }
    }

    @Test
    void cutsOffWhatDoesNotEndInTime() throws Exception {
        String id;
        try (var writer = scene.target().connect(scene.schema());
                var hold = writer.createStatement();
                Living daemon = Living.start(dir, scene, "bactrian.shutdown-timeout=2s")) {
            hold.execute("LOCK TABLES item WRITE");
            id = daemon.run("{\"pipeline\": \"verify\"}");
            Scene.await(
                    "it waits for the lock",
                    () ->
                            scene.fromTarget(
                                            "SELECT COUNT(*) FROM information_schema.processlist"
                                                    + " WHERE state LIKE 'Waiting for table%'")
                                    .equals("1"));
            Instant told = Instant.now();

            Cli end = daemon.stop();

            assertThat(end.code()).as(end.toString()).isEqualTo(143);
            assertThat(end.err()).contains("cuts off what did not end within 2 s");
            assertThat(Instant.now()).isBefore(told.plusSeconds(20));
        }
        Cli shown = scene.run("runs", id);
        assertThat(shown.out()).contains("interrupted").contains("bactrian verify --source from");
    }
}
