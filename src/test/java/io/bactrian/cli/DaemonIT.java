package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of the daemon: routes of a site, rounds by themselves, ends and kills. */
@Timeout(180)
class DaemonIT {
    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void prepare() {
        scene = Scene.shared(dir);
        scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private void setUp() throws Exception {
        Cli setup = scene.run("sync", "setup", "--yes");
        assertThat(setup.code()).as(setup.toString()).isZero();
    }

    private boolean isAcross(String query) {
        return scene.fromSource(query).equals(scene.fromTarget(query));
    }

    private List<JsonNode> lines(String file) throws Exception {
        Path log = scene.logs().resolve(file);
        if (!Files.exists(log)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(DaemonIT::json).toList();
        }
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void syncsByItselfAndListsOnlyRoundsThatDidSomething() throws Exception {
        setUp();
        try (Living daemon = Living.start(dir, scene, "bactrian.sync.interval=1")) {
            scene.inSource("INSERT INTO item VALUES (1, 'mine')");
            scene.inTarget("INSERT INTO item VALUES (2, 'theirs')");
            Scene.await(
                    "both rows on both sides",
                    () -> scene.fromSource("SELECT COUNT(*) FROM item").equals("2"));
            Scene.await("the same", () -> isAcross("SELECT * FROM item ORDER BY id"));
            JsonNode first = daemon.json("/api/schedule").path("schedule").get(0).path("last_at");
            Scene.await(
                    "rounds with nothing to do",
                    () -> {
                        try {
                            JsonNode now =
                                    daemon.json("/api/schedule")
                                            .path("schedule")
                                            .get(0)
                                            .path("last_at");
                            return now.asText().compareTo(first.asText()) > 0
                                    && java.time.Instant.parse(now.asText())
                                            .isAfter(
                                                    java.time.Instant.parse(first.asText())
                                                            .plusSeconds(3));
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });

            JsonNode runs = daemon.json("/api/runs").path("runs");

            assertThat(runs.findValuesAsText("command")).contains("sync", "sync setup");
            assertThat(runs.size()).as(runs.toString()).isBetween(2, 3);
            assertThat(runs.get(0).path("result").asText()).isEqualTo("ok");
            assertThat(lines("audit.log"))
                    .extracting(l -> l.path("door").asText() + " " + l.path("who").asText())
                    .contains("schedule automatic-sync");
            assertThat(daemon.stop().code()).isEqualTo(143);
            assertThat(daemon.err()).isEmpty();
        }
        try (Stream<Path> logs = Files.list(scene.logs())) {
            Path log =
                    logs.filter(f -> f.getFileName().toString().startsWith("replicator_"))
                            .max(Path::compareTo)
                            .orElseThrow();
            assertThat(Files.readString(log))
                    .containsSubsequence(
                            "daemon listens on http://127.0.0.1:",
                            "daemon stops",
                            "daemon has stopped");
        }
    }

    @Test
    void letsTheBatchInHandFinishAndGoesOnLater() throws Exception {
        scene.inSource(
                "CREATE TABLE big (id INT PRIMARY KEY, filler VARCHAR(2000))",
                "INSERT INTO big WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
                        + " SELECT i, REPEAT('x', 2000) FROM n",
                "INSERT INTO big SELECT id + 1000, filler FROM big",
                "INSERT INTO big SELECT id + 2000, filler FROM big",
                "INSERT INTO big SELECT id + 4000, filler FROM big",
                "INSERT INTO big SELECT id + 8000, filler FROM big",
                "INSERT INTO big SELECT id + 16000, filler FROM big",
                "INSERT INTO big SELECT id + 32000, filler FROM big",
                "ANALYZE TABLE big");
        String id;
        try (Living daemon =
                Living.start(dir, scene, "bactrian.chunk-bytes=64K", "bactrian.threads=1")) {
            id = daemon.run("{\"pipeline\": \"replicate\"}");
            Scene.await(
                    "some chunks are over",
                    () -> {
                        try {
                            JsonNode stages = daemon.json("/api/runs/" + id).path("stages");
                            JsonNode last = stages.path(stages.size() - 1);
                            return last.path("stage").isTextual()
                                    && last.path("stage").asText().equals("copy")
                                    && last.path("rows").asInt() > 100;
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
            Cli end = daemon.stop();
            assertThat(end.code()).as(end.toString()).isEqualTo(143);
        }
        try (Living daemon = Living.start(dir, scene)) {
            JsonNode run = daemon.json("/api/runs/" + id);
            assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("interrupted");
            assertThat(run.path("resume_with").asText())
                    .contains("bactrian replicate")
                    .contains("--resume");

            JsonNode again =
                    daemon.ended(daemon.run("{\"pipeline\": \"replicate\", \"resume\": true}"));

            assertThat(again.path("result").asText()).as(again.toString()).isEqualTo("ok");
            assertThat(again.path("report").path("rows").asInt()).isBetween(1, 57_599);
        }
        scene.requireEqual();
    }

    @Test
    void showsARunThatWasKilledAsInterrupted() throws Exception {
        scene.target().execute(scene.schema(), "INSERT INTO item VALUES (1, 'there')");
        String id;
        try (var writer = scene.target().connect(scene.schema());
                var hold = writer.createStatement();
                Living daemon = Living.start(dir, scene)) {
            hold.execute("LOCK TABLES item WRITE");
            id = daemon.run("{\"pipeline\": \"verify\"}");
            daemon.child().signal("KILL");
            daemon.child().process().waitFor();
        }
        try (Living daemon = Living.start(dir, scene)) {
            assertThat(daemon.json("/api/runs/" + id).path("result").asText())
                    .isEqualTo("interrupted");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    uri: quartz:pruning      | uri: quarz:pruning       | routes/schedule.camel.yaml:
                    fixedRate: false         | fixdRate: false          | routes/schedule.camel.yaml:
                    description: Save        | descriptio: Save         | routes/schedule.camel.yaml:
                    steps:                   | step:                    | routes/schedule.camel.yaml:
                    '- route:'               | '-route:'                | routes/schedule.camel.yaml:
                    0 0 4 * * ?              | 0 0 77 * * ?             | routes/schedule.camel.yaml:
                    {{bactrian.sync.period}} | {{bactrian.sync.perio}}  | routes/schedule.camel.yaml:
                    """)
    void tellsFileAndLineOfAMistakeInARoute(String right, String wrong, String place)
            throws Exception {
        String text = Files.readString(Path.of("routes/schedule.camel.yaml"));
        assertThat(text).contains(right);
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Files.writeString(routes.resolve("schedule.camel.yaml"), text.replace(right, wrong));

        try (Child child = scene.start("run", "--set", "bactrian.http.port=0")) {
            Cli cli = child.end(60);

            assertThat(cli.code()).as(cli.toString()).isEqualTo(2);
            assertThat(cli.err())
                    .containsPattern("error: configuration: " + place + "\\d+: \\S")
                    .doesNotContain("\tat ");
            assertThat(cli.out()).isEmpty();
        }
    }

    @Test
    void startsARouteBuilderThatIsDroppedIn() throws Exception {
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Path said = dir.resolve("said.json");
        Files.writeString(
                routes.resolve("AfterStart.java"),
                """
                import org.apache.camel.builder.RouteBuilder;

                public class AfterStart extends RouteBuilder {
                    @Override
                    public void configure() {
                        from("timer:once?repeatCount=1&delay=0").routeId("once")
                            .setBody(constant("{\\"pipeline\\": \\"verify\\"}"))
                            .to("direct:run")
                            .setBody(simple("${body[command]} ${body[equal]}"))
                            .to("file:%s?fileName=said.json");
                    }
                }
                """
                        .formatted(dir));
        try (Living daemon = Living.start(dir, scene)) {
            Scene.await("it has said so", () -> Files.exists(said));
            assertThat(Files.readString(said)).isEqualTo("verify true");
            assertThat(daemon.json("/api/schedule").findValuesAsText("route_id")).contains("once");
        }
    }

    @Test
    void asksForTheTokenAndKeepsItSecret() throws Exception {
        String token = "nagios:f3b1-secret-9";
        scene.with("bactrian.http.token", token);
        try (Living daemon = Living.start(dir, scene)) {
            for (String path : List.of("/api/runs", "/api/status", "/observe/metrics")) {
                HttpResponse<String> without = daemon.get(path);
                assertThat(without.statusCode()).as(path).isEqualTo(401);
                assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                assertThat(
                                daemon.send(
                                                daemon.to(path)
                                                        .header(
                                                                "Authorization",
                                                                "Bearer " + token + "x"))
                                        .statusCode())
                        .isEqualTo(401);
                assertThat(
                                daemon.send(
                                                daemon.to(path)
                                                        .header("Authorization", "Bearer " + token))
                                        .statusCode())
                        .isEqualTo(200);
            }
            for (String call : Contract.calls()) {
                assertThat(daemon.send(daemon.to(call, "{}")).statusCode()).as(call).isEqualTo(401);
            }
            assertThat(json(daemon.get("/observe/health").body()).fieldNames())
                    .toIterable()
                    .containsExactly("status");
            HttpResponse<String> started =
                    daemon.send(
                            daemon.to("/api/runs")
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                                    "{\"pipeline\": \"verify\", \"repair\": true}")));
            assertThat(started.statusCode()).isEqualTo(202);
            Scene.await(
                    "it is over",
                    () -> {
                        try {
                            return daemon.send(
                                            daemon.to("/api/status")
                                                    .header("Authorization", "Bearer " + token))
                                    .body()
                                    .contains("\"running\":[]");
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
            daemon.stop();
        }
        assertThat(lines("audit.log")).extracting(l -> l.path("who").asText()).contains("nagios");
        try (Stream<Path> files = Files.walk(scene.logs())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("f3b1");
            }
        }
    }

    @Test
    void refusesToBeReachedFromElsewhereWithoutAToken() throws Exception {
        try (Child child = scene.start("run", "--set", "bactrian.http.host=0.0.0.0")) {
            Cli cli = child.end(60);

            assertThat(cli.code()).isEqualTo(2);
            assertThat(cli.err()).contains("bactrian.http.host").contains("BACTRIAN_HTTP_TOKEN");
            assertThat(cli.out()).isEmpty();
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (Living daemon = Living.start(dir, scene);
                Child second =
                        scene.start(
                                "run",
                                "--set",
                                "bactrian.http.port=" + daemon.address().getPort())) {
            Cli cli = second.end(60);

            assertThat(cli.code()).as(cli.toString()).isEqualTo(2);
            assertThat(cli.err()).contains("bactrian.http.port").contains("in use");
        }
    }
}
