package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sync in the daemon, over HTTP. */
@Timeout(180)
class DaemonSyncIT {
    private static final String ROWS = "SELECT * FROM item ORDER BY id";

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void setUp() throws Exception {
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(40,20))",
                "INSERT INTO item VALUES (1, 'one', 12345678901234567890.12345678901234567890)");
        Cli setup = scene.run("sync", "setup", "--yes");
        assertThat(setup.code()).as(setup.toString()).isZero();
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private long conflict(Living daemon) throws Exception {
        scene.inSource("UPDATE item SET name = 'mine' WHERE id = 1");
        scene.inTarget("UPDATE item SET name = 'theirs' WHERE id = 1");
        JsonNode round =
                daemon.ended(daemon.run("{\"pipeline\": \"sync\", \"strategy\": \"manual\"}"));
        assertThat(round.path("result").asText()).as(round.toString()).isEqualTo("different");
        JsonNode conflicts = daemon.json("/api/conflicts?waiting=true").path("conflicts");
        assertThat(conflicts).hasSize(1);
        assertThat(conflicts.get(0).path("local_data").path("name").asText()).isEqualTo("mine");
        assertThat(conflicts.get(0).path("remote_data").path("name").asText()).isEqualTo("theirs");
        return conflicts.get(0).path("id").asLong();
    }

    @Test
    void decidesAConflictOverHttp() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            long id = conflict(daemon);

            var response =
                    daemon.post("/api/conflicts/" + id + "/resolution", "{\"keep\": \"local\"}");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode document = Json.mapper().readTree(response.body());
            assertThat(document.path("resolution").asText()).isEqualTo("LOCAL");
            assertThat(document.path("sync").path("converged").asBoolean()).isTrue();
            assertThat(scene.fromTarget(ROWS)).isEqualTo(scene.fromSource(ROWS)).contains("mine");
            assertThat(daemon.json("/api/conflicts/" + id).path("resolved_by").asText())
                    .isEqualTo("loopback");
            assertThat(
                            daemon.post(
                                    "/api/conflicts/" + id + "7/resolution",
                                    "{\"keep\": \"local\"}"))
                    .extracting(r -> r.statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsEveryDigitOfAnEditedRow() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            long id = conflict(daemon);

            var response =
                    daemon.post(
                            "/api/conflicts/" + id + "/resolution",
                            "{\"with\": {\"price\": 99999999999999999999.00000000000000000001}}");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(scene.fromTarget("SELECT price FROM item"))
                    .isEqualTo(scene.fromSource("SELECT price FROM item"))
                    .isEqualTo("99999999999999999999.00000000000000000001");
        }
    }

    @Test
    void healthTellsHowMuchWaitsAndHowLong() throws Exception {
        scene.inSource(
                "INSERT INTO item VALUES (2, 'two', 2)",
                "UPDATE sync_log SET changed_at = NOW(6) - INTERVAL 90 SECOND");
        try (Living daemon = Living.start(dir, scene)) {
            JsonNode sync = daemon.json("/observe/health").path("sync");

            assertThat(sync.path("set_up").asBoolean()).isTrue();
            assertThat(sync.path("pending").asLong()).isEqualTo(1);
            assertThat(sync.path("oldest_seconds").asDouble()).isBetween(90.0, 150.0);
            assertThat(sync.path("conflicts_waiting").asLong()).isZero();
            assertThat(daemon.json("/api/sync").path("tables").findValuesAsText("pending_local"))
                    .containsExactly("1");
            assertThat(daemon.get("/observe/metrics").body())
                    .contains("bactrian_sync_pending 1.0")
                    .containsPattern("bactrian_sync_oldest_seconds (9|1[0-4])\\d");
        }
    }

    @Test
    void triesRefusedRowsAgain() throws Exception {
        scene.inTarget(
                "CREATE TRIGGER no BEFORE INSERT ON item FOR EACH ROW SIGNAL SQLSTATE '45000'");
        scene.inSource("INSERT INTO item VALUES (2, 'two', 2)");
        try (Living daemon = Living.start(dir, scene)) {
            JsonNode round = daemon.ended(daemon.run("{\"pipeline\": \"sync\"}"));
            assertThat(round.path("result").asText()).as(round.toString()).isEqualTo("failed");
            assertThat(daemon.json("/api/dead-letters").path("rows").findValuesAsText("table"))
                    .containsExactly("item");
            assertThat(daemon.json("/api/errors").path("errors").findValuesAsText("command"))
                    .contains("sync");
            scene.inTarget("DROP TRIGGER no");

            var response = daemon.post("/api/dead-letters/retry", "{}");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            JsonNode run =
                    daemon.ended(Json.mapper().readTree(response.body()).path("run_id").asText());
            assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("ok");
            assertThat(scene.fromTarget(ROWS)).isEqualTo(scene.fromSource(ROWS)).contains("two");
        }
    }
}
