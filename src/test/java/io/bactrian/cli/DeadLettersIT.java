package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.state.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Messages of runs that failed for good: shown and run again by command, HTTP and dashboard. */
@Timeout(180)
class DeadLettersIT {
    private static MySqlServer target;

    @TempDir Path dir;
    private Scene scene;

    @BeforeAll
    static void startTarget() {
        target = MySqlServer.launch("--innodb-lock-wait-timeout=1");
    }

    @AfterAll
    static void stopTarget() {
        target.close();
    }

    @BeforeEach
    void makeSchemas() {
        scene =
                Scene.on(dir, MySqlPair.shared().source(), target.address())
                        .with("bactrian.retry-attempts", "1");
        scene.inBoth("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
        scene.inSource("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)");
    }

    @AfterEach
    void dropSchemas() {
        scene.close();
    }

    /** A chunk that another session's row keeps waiting for too long. */
    private String failing(Living daemon, String request) throws Exception {
        try (Connection other = scene.target().connect(scene.schema());
                Statement s = other.createStatement()) {
            other.setAutoCommit(false);
            s.execute("INSERT INTO t VALUES (4, 0)");
            JsonNode run = daemon.ended(daemon.run(request));
            other.rollback();
            assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("failed");
            return run.path("run_id").asText();
        }
    }

    /** What is listed of runs that failed. */
    private static JsonNode messages(Living daemon) throws Exception {
        return daemon.json("/api/dead-letters").path("messages");
    }

    @Test
    void aChunkIsRunAgainOverHttp() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            String failed = failing(daemon, "{\"pipeline\": \"data\", \"tables\": \"t\"}");
            JsonNode letter = messages(daemon).get(0);
            assertThat(messages(daemon)).hasSize(1);
            assertThat(letter.path("route").asText()).isEqualTo("chunk");
            assertThat(letter.path("run_id").asText()).isEqualTo(failed);
            assertThat(letter.path("message").path("table").asText()).isEqualTo("t");

            var response =
                    daemon.post("/api/dead-letters/retry", "{\"run_id\": \"" + failed + "\"}");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            JsonNode again =
                    daemon.ended(Json.mapper().readTree(response.body()).path("run_id").asText());
            assertThat(again.path("result").asText()).as(again.toString()).isEqualTo("ok");
            scene.requireEqual();
            assertThat(messages(daemon)).isEmpty();
        }
    }

    @Test
    void whatCannotBeRunAgainIsRefused() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            String done = daemon.run("{\"pipeline\": \"verify\"}");
            daemon.ended(done);
            for (String body :
                    new String[] {
                        "{\"run_id\": \"20261122-080000-ab12\"}",
                        "{\"run_id\": \"" + done + "\"}",
                        "{\"run\": \"" + done + "\"}"
                    }) {
                assertThat(daemon.post("/api/dead-letters/retry", body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void aReplicationIsRunAgainByCommand() throws Exception {
        String failed;
        try (Living daemon = Living.start(dir, scene)) {
            failed = failing(daemon, "{\"pipeline\": \"replicate\", \"drop_extra\": true}");
        }
        Cli list = scene.run("dead-letters", "list");
        assertThat(list.out()).contains("run " + failed).contains("dead-letters retry");

        Cli retry = scene.run("dead-letters", "retry", failed, "--yes");

        assertThat(retry.code()).as(retry.toString()).isZero();
        assertThat(retry.out()).contains("run " + failed + " is done again");
        scene.requireEqual();
        assertThat(scene.run("dead-letters", "list").out()).isEqualTo("no dead letters\n");
    }

    @Test
    void aRunThatDoesTheSameAndEndsWellSettlesThem() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            failing(daemon, "{\"pipeline\": \"data\"}");
            daemon.ended(daemon.run("{\"pipeline\": \"data\", \"tables\": \"t*\"}"));
            assertThat(messages(daemon)).as("of all tables").hasSize(1);

            daemon.ended(daemon.run("{\"pipeline\": \"data\", \"resume\": true}"));

            assertThat(messages(daemon)).isEmpty();
        }
    }

    @Test
    void aRunIsRunAgainInTheDashboard() throws Exception {
        try (Browser browser = Browser.open();
                Living daemon = Living.start(dir, scene)) {
            String failed = failing(daemon, "{\"pipeline\": \"data\"}");
            browser.show(daemon, "errors");
            browser.awaitText("Messages of runs");
            browser.click("Run again…");
            browser.find("dialog #confirm").click();

            browser.awaitText("Run " + failed + " is done again, in run ");
            browser.await(
                    "no message", () -> browser.text().contains("Messages of runs") ? null : true);
            assertThat(browser.driver().findElements(By.xpath("//button[.='Run again…']")))
                    .isEmpty();
        }
        scene.requireEqual();
    }
}
