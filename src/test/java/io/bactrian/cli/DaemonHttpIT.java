package io.bactrian.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the daemon answers over HTTP. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DaemonHttpIT {
    @TempDir static Path dir;
    private Scene scene;
    private Living daemon;

    @BeforeAll
    void start() throws Exception {
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(30,10))");
        scene.inSource("INSERT INTO item VALUES (1, 'one', 1), (2, 'two', 2)");
        daemon = Living.start(dir, scene.with("nightly.verify", "true"));
    }

    @AfterAll
    void stop() {
        daemon.close();
        scene.close();
    }

    @Test
    void runsWhatIsAskedForAndKeepsItsDocument() throws Exception {
        String id = daemon.run("{\"pipeline\": \"replicate\", \"mode\": \"reconcile\"}");

        JsonNode run = daemon.ended(id);

        assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("ok");
        assertThat(run.path("command").asText()).isEqualTo("replicate");
        assertThat(run.path("report").path("verification").path("equal").asBoolean()).isTrue();
        assertThat(run.path("stages").findValuesAsText("stage"))
                .containsSubsequence("analyze", "verify");
        assertThat(daemon.json("/api/runs").path("runs").findValuesAsText("run_id")).contains(id);
        assertThat(Files.readString(scene.logs().resolve("audit.log")))
                .contains("\"run_id\":\"" + id + "\",\"door\":\"http\",\"who\":\"loopback\"");
        scene.requireEqual();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET    | /api/nothing                 |                                             | 404 | /api/nothing
                    GET    | /api/runs/20261122-080000-ab | | 404 | 20261122-080000-ab
                    GET    | /api/runs/..%2f..%2fpom      | | 404 | ../../pom
                    GET    | /api/runs?limit=0            | | 400 | limit
                    GET    | /api/tables/nobody           | | 404 | nobody
                    GET    | /api/conflicts/7             | | 404 | conflict 7
                    GET    | /api/conflicts/x             | | 404 | /api/conflicts/x
                    DELETE | /api/runs                    | | 405 | DELETE
                    POST   | /                            | | 405 | method
                    POST   | /observe/health              | | 405 | method
                    PUT    | /observe/metrics             | | 405 | method
                    POST   | /api/runs                    | {"pipeline": "verify"                       | 400 | body
                    POST   | /api/runs                    | {"pipeline": "verify", "pipeline": "verify"} | 400 | body
                    POST   | /api/runs                    | []                                          | 400 | request
                    POST   | /api/runs                    | {}                                          | 400 | pipeline
                    POST   | /api/runs                    | {"pipeline": "drop"}                        | 400 | pipeline
                    POST   | /api/runs                    | {"pipeline": "verify", "mode": "truncate"}  | 400 | mode
                    POST   | /api/runs                    | {"pipeline": "data", "mode": "half"}        | 400 | mode
                    POST   | /api/runs                    | {"pipeline": "data", "resume": "yes"}       | 400 | resume
                    POST   | /api/runs                    | {"pipeline": "verify", "source": "nobody"}  | 400 | nobody
                    POST   | /api/runs                    | {"pipeline": "verify", "target": "from"}    | 400 | target
                    POST   | /api/runs                    | {"pipeline": "verify", "rows": -1}          | 400 | rows
                    POST   | /api/runs                    | {"pipeline": "backup"}                      | 400 | database
                    POST   | /api/runs                    | {"pipeline": "restore", "backup_id": "../x", "into": "to"} | 400 | ../x
                    POST   | /api/conflicts/1/resolution  | {"keep": "mine"}                            | 400 | keep
                    POST   | /api/conflicts/1/resolution  | {}                                          | 400 | keep, with
                    """)
    void refusesWhatIsWrongInARequest(
            String method, String path, String body, int status, String object) throws Exception {
        HttpResponse<String> response =
                daemon.send(
                        daemon.to(path)
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body == null
                                                ? BodyPublishers.noBody()
                                                : BodyPublishers.ofString(body)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = Json.mapper().readTree(response.body()).path("error");
        assertThat(error.path("object").asText()).isEqualTo(object);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void refusesASecondRunOnThePairButAnswersMeanwhile() throws Exception {
        try (Connection writer = scene.target().connect(scene.schema());
                Statement hold = writer.createStatement()) {
            hold.execute("LOCK TABLES item WRITE");
            String first = daemon.run("{\"pipeline\": \"verify\"}");

            HttpResponse<String> second = daemon.post("/api/runs", "{\"pipeline\": \"sync\"}");

            assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
            assertThat(second.body()).contains(first);
            assertThat(daemon.json("/api/status").path("running").findValuesAsText("run_id"))
                    .containsExactly(first);
            hold.execute("UNLOCK TABLES");
            daemon.ended(first);
        }
    }

    @Test
    void refusesPagesOfOtherSites() throws Exception {
        for (String call : Contract.calls()) {
            assertThat(daemon.send(daemon.to(call, "{}").header("Origin", "http://evil.example")))
                    .as(call)
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(403);
        }
        assertThat(
                        daemon.send(
                                daemon.to("/api/runs")
                                        .header("Content-Type", "text/plain")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"pipeline\": \"verify\"}"))))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(415);
    }

    /** Vert.x would have taken it apart, and kept its files, before anybody asked who calls. */
    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
    void refusesForms(String type) throws Exception {
        HttpResponse<String> refused =
                daemon.send(
                        daemon.to("/api/runs")
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString("a=%zz")));
        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(Json.mapper().readTree(refused.body()).at("/error/object").asText())
                .isEqualTo("Content-Type");
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        byte[] latin = "{\"pipeline\": \"verify\", \"tables\": \"\u00fc\"}".getBytes(ISO_8859_1);
        HttpResponse<String> refused =
                daemon.send(
                        daemon.to("/api/runs")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(latin)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("is not UTF-8");
    }

    @Test
    void takesNoBodyWithoutEnd() throws Exception {
        HttpResponse<String> refused = daemon.post("/api/runs", "\"" + "x".repeat(17 << 20) + "\"");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(Json.mapper().readTree(refused.body()).at("/error/object").asText())
                .isEqualTo("body");
        assertThat(daemon.get("/api/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void givesOutNoFileButThoseOfTheDashboard() throws Exception {
        assertThat(daemon.get("/").body()).contains("<html");
        assertThat(daemon.get("/").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        for (String path :
                new String[] {
                    "/application.properties",
                    "/child.properties",
                    "/pom.xml",
                    "/../child.properties",
                    "/%2e%2e/child.properties",
                    "/io/bactrian/cli/Bactrian.class",
                    "/sql/create_tables.sql"
                }) {
            assertThat(daemon.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void tellsOfItsHealthAndCounts() throws Exception {
        daemon.ended(daemon.run("{\"pipeline\": \"verify\"}"));
        JsonNode health = daemon.json("/observe/health");

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("databases").findValuesAsText("status")).containsExactly("UP", "UP");
        assertThat(health.path("last_run").path("run_id").asText()).isNotEmpty();
        assertThat(health.path("sync").path("set_up").asBoolean(true)).isFalse();
        String metrics = daemon.get("/observe/metrics").body();
        assertThat(metrics)
                .contains("bactrian_run_seconds_count{command=\"verify\"")
                .contains("bactrian_database_up{database=\"to\"} 1.0")
                .contains("bactrian_backup_bytes ")
                .contains("bactrian_runs_active 0.0")
                .contains("camel_route_policy_seconds_count")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("SELECT");
    }

    @Test
    void describesItselfInOpenApi() throws Exception {
        JsonNode document = daemon.json("/api/openapi.json");

        assertThat(document.path("openapi").asText()).startsWith("3.");
        assertThat(document.path("paths").path("/api/runs").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("get", "post");
        assertThat(daemon.json("/openapi.json")).isEqualTo(document);
    }

    @Test
    void listsTheSchedule() throws Exception {
        JsonNode schedule = daemon.json("/api/schedule").path("schedule");

        assertThat(schedule.findValuesAsText("route_id"))
                .contains("automatic-sync", "nightly-replicate", "pruning");
        JsonNode drift = line(schedule, "drift-check");
        assertThat(drift.path("status").asText()).isEqualTo("Started");
        assertThat(drift.path("trigger").asText()).isEqualTo("0 0 4 * * ?");
        assertThat(line(schedule, "nightly-replicate").path("status").asText())
                .isEqualTo("Stopped");
        JsonNode pruning = schedule.get(schedule.findValuesAsText("route_id").indexOf("pruning"));
        assertThat(pruning.path("status").asText()).isEqualTo("Started");
        assertThat(pruning.path("next_at").asText()).isNotEmpty();
    }

    private static JsonNode line(JsonNode schedule, String route) {
        return schedule.get(schedule.findValuesAsText("route_id").indexOf(route));
    }

    @Test
    void everyLineOfTheLogHasItsRunsId() throws Exception {
        String first =
                daemon.ended(daemon.run("{\"pipeline\": \"verify\"}")).path("run_id").asText();
        String second =
                daemon.ended(daemon.run("{\"pipeline\": \"backup\", \"database\": \"to\"}"))
                        .path("run_id")
                        .asText();

        List<String> lines;
        try (Stream<Path> logs = Files.list(scene.logs())) {
            lines =
                    Files.readAllLines(
                            logs.filter(f -> f.getFileName().toString().startsWith("replicator_"))
                                    .findFirst()
                                    .orElseThrow());
        }
        assertThat(lines).filteredOn(l -> l.contains(" begins")).isNotEmpty();
        assertThat(lines)
                .filteredOn(l -> l.contains(" verify begins") && l.contains(first))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(l -> l.contains(" backup begins") && l.contains(second))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(l -> l.matches("\\d{4}-.*"))
                .allMatch(l -> l.matches(".* \\[\\d{8}-\\d{6}-[0-9a-f]{4}] .*"));
    }

    @Test
    void listsTablesOfADatabase() throws Exception {
        assertThat(daemon.json("/api/tables/from").path("tables").findValuesAsText("table"))
                .contains("item");
    }
}
