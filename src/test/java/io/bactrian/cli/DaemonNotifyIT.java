package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.bactrian.state.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The webhook of {@code routes/notify.camel.yaml}: whom it tells what, and when nothing. */
@Timeout(180)
class DaemonNotifyIT {
    private final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();

    @TempDir Path dir;
    private Scene scene;
    private HttpServer hook;

    @BeforeEach
    void prepare() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext(
                "/",
                call -> {
                    JsonNode body = Json.mapper().readTree(call.getRequestBody());
                    assertThat(call.getRequestMethod()).isEqualTo("POST");
                    assertThat(call.getRequestHeaders().getFirst("Content-Type"))
                            .isEqualTo("application/json");
                    heard.add(body);
                    call.sendResponseHeaders(204, -1);
                    call.close();
                });
        hook.start();
        scene = Scene.shared(dir);
        scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
        scene.with("notify.url", "http://127.0.0.1:" + hook.getAddress().getPort() + "/");
    }

    @AfterEach
    void clean() {
        hook.stop(0);
        scene.close();
    }

    private List<JsonNode> heard(String result) {
        return heard.stream().filter(b -> b.path("result").asText().equals(result)).toList();
    }

    /** A run that fails. */
    private String fails(Living daemon) throws Exception {
        scene.inTarget("ALTER TABLE item ADD extra INT");
        String id = daemon.run("{\"pipeline\": \"data\"}");
        assertThat(daemon.ended(id).path("result").asText()).isEqualTo("failed");
        return id;
    }

    @Test
    void isOffByDefault() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            fails(daemon);
            // what was to be told is told before it ends
            daemon.stop();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void tellsOfARunThatFailed() throws Exception {
        scene.with("notify.enabled", "true");
        try (Living daemon = Living.start(dir, scene)) {
            String id = fails(daemon);

            Scene.await("the hook hears of the run", () -> !heard("failed").isEmpty());
            assertThat(heard("failed")).hasSize(1);
            JsonNode told = heard("failed").get(0);
            assertThat(told.path("run_id").asText()).isEqualTo(id);
            assertThat(told.path("command").asText()).isEqualTo("data");
            assertThat(told.at("/error/object").asText()).contains("item");
            assertThat(told.at("/error/hint").asText()).isNotBlank();
        }
    }

    @Test
    void tellsOnceOfConflictsThatWait() throws Exception {
        scene.inBoth("INSERT INTO item VALUES (1, 'one')");
        assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
        scene.with("notify.enabled", "true").with("bactrian.sync.strategy", "MANUAL");
        scene.inSource("UPDATE item SET name = 'mine'");
        scene.inTarget("UPDATE item SET name = 'theirs'");
        try (Living daemon = Living.start(dir, scene, "bactrian.sync.interval=1")) {
            Scene.await("the hook hears of the conflict", () -> !heard("different").isEmpty());

            scene.inSource("INSERT INTO item VALUES (2, 'a later round')");
            Scene.await(
                    "a later round",
                    () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("2"));
            daemon.stop();
            assertThat(heard).hasSize(1);
            JsonNode told = heard("different").get(0);
            assertThat(told.path("command").asText()).isEqualTo("sync");
            assertThat(told.path("door").asText()).isEqualTo("schedule");
        }
    }

    @Test
    void aHookThatIsAwayStopsNothing() throws Exception {
        scene.with("notify.enabled", "true");
        hook.stop(0);
        try (Living daemon = Living.start(dir, scene)) {
            fails(daemon);
            scene.inTarget("ALTER TABLE item DROP extra");
            JsonNode run = daemon.ended(daemon.run("{\"pipeline\": \"data\"}"));
            assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("ok");
            Cli end = daemon.stop();
            assertThat(end.code()).isEqualTo(143);
            assertThat(end.err()).doesNotContain("\tat ");
        }
    }
}
