package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.law.Twin;
import io.bactrian.proof.Served.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are broken: each gets a JSON error with a status of 4xx, none starts a run, and the
 * daemon stays well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFuzzIT {
    private static final String JSON = "application/json";
    private static final List<String> PIPELINES =
            List.of("analyze", "structure", "data", "verify", "replicate", "sync");

    @TempDir static Path folder;
    private Twin twin;
    private Served daemon;

    @BeforeAll
    void start() {
        twin = Twin.of("requests");
        twin.onBoth("CREATE TABLE item (id INT PRIMARY KEY)");
        daemon = Served.start(new Act.Stage(twin, folder));
    }

    @AfterAll
    void stop() {
        daemon.close();
        twin.close();
    }

    private static String any(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    @Test
    void brokenBodiesStartNothing() throws IOException {
        Random random = Proof.random("bodies");
        int times = Proof.times(120, 3000);
        for (int i = 0; i < times; i++) {
            byte[] body = body(random, i % 9);
            String path = any(random, "/api/runs", "/api/runs", "/api/conflicts/7/resolution");
            refused(shown(body), daemon.post(path, JSON, body));
        }
        requireWell();
        new Page("inputs").row("HTTP, bodies", times, times);
    }

    private static byte[] body(Random random, int kind) {
        String pipeline = PIPELINES.get(random.nextInt(PIPELINES.size()));
        String head = "{\"pipeline\": \"" + pipeline + "\"";
        byte[] whole = (head + ", \"source\": \"one\"}").getBytes(StandardCharsets.UTF_8);
        return switch (kind) {
            case 0 -> utf8(head + ", " + wrongOption(random) + "}");
            case 1 -> utf8(head + ", " + Values.quoted("x" + Values.text(random)) + ": 1}");
            case 2 -> {
                int deep = 1 << random.nextInt(18);
                yield utf8("{\"pipeline\": " + any(random, "[", "{\"a\":").repeat(deep));
            }
            case 3 -> {
                int deep = 1 + random.nextInt(5000);
                yield utf8(head + ", \"tables\": " + "[".repeat(deep) + "]".repeat(deep) + "}");
            }
            case 4 -> utf8(head + ", \"pipeline\": \"" + pipeline + "\"}");
            case 5 -> {
                byte[] bad = {(byte) any(random, "\u00c0", "\u00ff", "\u0080", "\u00ed").charAt(0)};
                int at = 2 + random.nextInt(8);
                byte[] all = new byte[whole.length + 1];
                System.arraycopy(whole, 0, all, 0, at);
                all[at] = bad[0];
                System.arraycopy(whole, at, all, at + 1, whole.length - at);
                yield all;
            }
            case 6 -> Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
            case 7 -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                yield noise;
            }
            default -> utf8(Values.json(random, Path.of("/etc/passwd")) + any(random, "", "{}"));
        };
    }

    private static String wrongOption(Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                    "\""
                            + any(random, "source", "target")
                            + "\": "
                            + any(random, "1", "true", "[]", "{}", "\"\"", "\"nobody\"", "1e999");
            case 1 ->
                    "\"tables\": "
                            + any(
                                    random, "5", "{}", "[1]", "\"\"", "\",,\"", "\"!\"", "[[]]",
                                    "[]");
            case 2 ->
                    "\""
                            + any(random, "resume", "drop_extra", "dry_run", "repair")
                            + "\": "
                            + any(random, "\"yes\"", "1", "[]", "{}", "\"true\"", "-0");
            default ->
                    "\""
                            + any(random, "mode", "strategy", "direction", "on_failure", "rows")
                            + "\": "
                            + any(
                                    random,
                                    "-1",
                                    "1e999999999",
                                    "\"nope\"",
                                    "[]",
                                    "{\"a\": null}",
                                    "9".repeat(2000));
        };
    }

    @Test
    void oddPathsMethodsAndTypesAreAnsweredInJson() throws IOException {
        Random random = Proof.random("paths");
        int times = Proof.times(120, 3000);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            String method = any(random, "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "TRACE");
            String path = path(random);
            String headers =
                    any(
                            random,
                            "",
                            "Content-Type: text/plain\r\n",
                            "Content-Type: application/x-www-form-urlencoded\r\n",
                            "Content-Type: multipart/form-data; boundary=x\r\n",
                            "Content-Type: application/json; charset=nonsense\r\n",
                            "CamelHttpUri: /api/runs\r\nCamelHttpMethod: POST\r\n",
                            "Accept-Encoding: bogus\r\nExpect: nonsense\r\n");
            byte[] body = utf8(any(random, "", "a=%zz&b", "{", "--x\r\n"));
            Reply reply = daemon.send(Served.request(method, path, headers, body));
            String what = method + " " + path + " " + headers + shown(body);
            assertThat(reply.text()).as(what).doesNotContain("bactrian.database", "root:x:");
            // 414: Vert.x reads no further than 4 KB of a path, and closes without a word
            if (reply.status() == 414) {
                refused++;
            } else if (reply.status() != 200) {
                refused(what, reply);
                refused++;
            }
        }
        requireWell();
        new Page("inputs").row("HTTP, paths", times, refused);
    }

    private static String path(Random random) {
        String begin =
                any(
                        random,
                        "/",
                        "/api",
                        "/api/runs/",
                        "/api/conflicts/",
                        "/api/tables/",
                        "/api/backups/",
                        "/api/runs?limit=",
                        "/api/conflicts?waiting=",
                        "/observe/health/",
                        "/nothing/");
        String end =
                switch (random.nextInt(4)) {
                    case 0 -> "x".repeat(1 << random.nextInt(14));
                    case 1 ->
                            java.net.URLEncoder.encode(Values.text(random), StandardCharsets.UTF_8);
                    default ->
                            any(
                                    random,
                                    "../../pom.xml",
                                    "%2e%2e/%2e%2e/application.properties",
                                    "..%2f..%2fetc%2fpasswd",
                                    "..%5c..%5cpom.xml",
                                    "%00",
                                    "%ff%fe",
                                    "%",
                                    "%zz",
                                    "%u2603",
                                    "-1",
                                    "99999999999999999999",
                                    "NaN",
                                    "//",
                                    "?limit=-1",
                                    "?limit=1&limit=%zz",
                                    "#x",
                                    ";jsessionid=1");
                };
        return begin + end;
    }

    private static void refused(String what, Reply reply) {
        assertThat(reply.status()).as("%s: %s", what, reply.text()).isBetween(400, 499);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("message").asText()).as("%s: %s", what, reply.text()).isNotBlank();
        assertThat(reply.text())
                .as(what)
                .doesNotContain("unexpected ", "Exception", "io.bactrian", "\tat ");
    }

    private void requireWell() throws IOException {
        assertThat(daemon.child().isAlive()).isTrue();
        assertThat(daemon.get("/observe/health").status()).isEqualTo(200);
        assertThat(daemon.get("/api/runs").json().path("runs")).isEmpty();
        assertThat(daemon.child().said()).doesNotContain("Exception", "\tat ");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] body) {
        return Values.shown(new String(body, StandardCharsets.UTF_8));
    }
}
