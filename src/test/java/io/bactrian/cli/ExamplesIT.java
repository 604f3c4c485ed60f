package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.bactrian.state.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples in {@code routes/examples}, copied into a site's {@code routes/} as they stand. */
@Timeout(180)
class ExamplesIT {
    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void setUp() throws Exception {
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE stock (id INT PRIMARY KEY, pieces INT UNSIGNED, place VARCHAR(40))",
                "INSERT INTO stock VALUES (1, 100, 'shelf'), (2, 5, 'shelf')");
        assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private void example(String name) throws Exception {
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Files.copy(Path.of("routes/examples", name), routes.resolve(name));
    }

    private JsonNode round(Living daemon) throws Exception {
        return daemon.ended(daemon.run("{\"pipeline\": \"sync\"}"));
    }

    @Test
    void stockCountersAreAddedUp() throws Exception {
        example("StockCounters.java");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET pieces = pieces - 7 WHERE id = 1");
            scene.inTarget("UPDATE stock SET pieces = pieces - 20, place = 'cellar' WHERE id = 1");

            JsonNode round = round(daemon);

            assertThat(round.path("report").path("converged").asBoolean())
                    .as(round.toString())
                    .isTrue();
            assertThat(scene.fromSource("SELECT * FROM stock WHERE id = 1"))
                    .isEqualTo(scene.fromTarget("SELECT * FROM stock WHERE id = 1"))
                    .contains("73", "cellar");
            JsonNode conflict = daemon.json("/api/conflicts").path("conflicts").get(0);
            assertThat(conflict.path("resolution").asText()).isEqualTo("MERGED");
            assertThat(conflict.path("resolution_strategy").asText()).isEqualTo("RESOLVER");
            assertThat(conflict.path("local_data").path("pieces").asInt()).isEqualTo(93);
            assertThat(conflict.path("remote_data").path("pieces").asInt()).isEqualTo(80);
        }
    }

    /** More was sold than there is: an unsigned column does not take the sum. */
    @Test
    void sumThatDoesNotFitIsAnErrorAndNothingIsWritten() throws Exception {
        example("StockCounters.java");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET pieces = 1 WHERE id = 2");
            scene.inTarget("UPDATE stock SET pieces = 0 WHERE id = 2");

            JsonNode round = round(daemon);

            assertThat(round.path("result").asText()).as(round.toString()).isEqualTo("failed");
            assertThat(round.path("report").path("errors").asInt()).isPositive();
            assertThat(scene.fromSource("SELECT pieces FROM stock WHERE id = 2")).contains("1");
            assertThat(scene.fromTarget("SELECT pieces FROM stock WHERE id = 2")).contains("0");
        }
    }

    /** A program that has Bactrian in it. */
    static final class Shop {
        public static void main(String[] args) {
            new BactrianMain()
                    .bind("note", "what the shop keeps")
                    .routes(
                            new RouteBuilder() {
                                @Override
                                public void configure() {
                                    from("direct:after-sync")
                                            .routeId("shop-note")
                                            .setBody(
                                                    e ->
                                                            e.getContext()
                                                                    .getRegistry()
                                                                    .lookupByName("note"))
                                            .to("file:.?fileName=note.txt");
                                }
                            })
                    .exit(args);
        }
    }

    @Test
    void livesInAProgramOfTheIntegrators() throws Exception {
        scene.main(Shop.class);
        try (Living daemon = Living.start(dir, scene)) {
            assertThat(round(daemon).path("result").asText()).isEqualTo("ok");
            assertThat(dir.resolve("note.txt")).hasContent("what the shop keeps");
        }
    }

    @Test
    void eachConflictIsSentOn() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer books =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        books.createContext(
                "/",
                e -> {
                    heard.add(new String(e.getRequestBody().readAllBytes()));
                    e.sendResponseHeaders(204, -1);
                    e.close();
                });
        books.start();
        example("AuditConflicts.java");
        scene.with("audit.uri", "http://127.0.0.1:" + books.getAddress().getPort() + "/");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET place = 'mine'");
            scene.inTarget("UPDATE stock SET place = 'theirs'");

            assertThat(round(daemon).path("report").path("conflicts").asInt()).isEqualTo(2);
            assertThat(round(daemon).path("report").path("conflicts").asInt()).isZero();

            assertThat(heard).hasSize(2);
            JsonNode first = Json.mapper().readTree(heard.get(0));
            assertThat(first.toString()).contains("stock").contains("mine").contains("theirs");
        } finally {
            books.stop(0);
        }
    }
}
