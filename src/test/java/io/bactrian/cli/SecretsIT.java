package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Law O4: passwords and tokens that are unlike anything else are looked for in all that commands
 * and a daemon leave and show, at the most talkative level, those that fail too.
 */
@Timeout(300)
class SecretsIT {
    private static final String SOURCE = "kX7-source-pässword";
    private static final String TARGET = "kX7-target-'\"pass";
    private static final String WRONG = "kX7-not-right";
    private static final String TOKEN = "kX7-token-of-ops";

    /** What they have in common, whatever is escaped. */
    private static final String MARK = "kX7-";

    @TempDir Path dir;
    private final Map<String, String> shown = new LinkedHashMap<>();
    private Scene scene;

    @BeforeEach
    void prepare() {
        scene = Scene.shared(dir).with("bactrian.log-level", "TRACE");
        scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
        scene.inSource("INSERT INTO item VALUES (1, 'one'), (2, 'two')");
        account(scene.source(), SOURCE);
        account(scene.target(), TARGET);
        scene.database("from", scene.source(), "bi_marked", SOURCE)
                .database("to", scene.target(), "bi_marked", TARGET)
                .with("bactrian.http.token", "ops:" + TOKEN);
    }

    private static void account(Server server, String password) {
        server.execute(
                "",
                "DROP USER IF EXISTS bi_marked",
                "CREATE USER bi_marked IDENTIFIED BY '" + password.replace("'", "''") + "'",
                "GRANT ALL ON *.* TO bi_marked");
    }

    @AfterEach
    void clean() {
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute("", "DROP USER IF EXISTS bi_marked");
        }
        scene.close();
    }

    private void command(int code, String... words) throws IOException {
        Cli cli = scene.run(words);
        assertThat(cli.code()).as(cli.toString()).isEqualTo(code);
        shown.put(String.join(" ", words).replace(MARK, "") + shown.size(), cli.out() + cli.err());
    }

    private void look(Path file) {
        try {
            shown.put(
                    file.toString(),
                    new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings file itself holds them. */
    private void nothingTells() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().endsWith(".properties"))
                    .forEach(this::look);
        }
        assertThat(shown.keySet())
                .anyMatch(name -> name.endsWith("runs.log"))
                .anyMatch(name -> name.contains("replicator_"));
        shown.forEach((what, text) -> assertThat(text).as(what).doesNotContain(MARK));
    }

    @Test
    void commandsTellNone() throws Exception {
        command(0, "config");
        command(0, "config", "--json");
        command(0, "check", "--verbose");
        command(3, "verify", "--verbose");
        command(0, "replicate", "--yes", "--verbose");
        command(0, "sync", "setup", "--yes", "--json");
        command(0, "sync", "--yes", "--verbose");
        command(0, "runs", "--json");
        command(2, "verify", "--set", "bactrian.database.to.password=" + WRONG);
        command(2, "run", "--set", "bactrian.http.token=" + TOKEN);
        command(2, "verify", "--password=" + WRONG);
        scene.inTarget("ALTER TABLE item ADD extra INT");
        command(1, "data", "--yes", "--verbose");
        scene.with("bactrian.database.to.password", WRONG);
        command(1, "replicate", "--yes", "--verbose");
        command(1, "check", "--verbose");
        scene.with("bactrian.database.to.password", TARGET).with("bactrian.database.to.port", "1");
        command(1, "replicate", "--yes", "--verbose", "--json");
        command(1, "sync", "--yes", "--verbose");
        scene.with("bactrian.database.to.port", "none");
        command(2, "verify", "--verbose");
        nothingTells();
    }

    private HttpRequest.Builder asked(Living daemon, String path) {
        return daemon.to(path)
                .header("Authorization", "Bearer ops:" + TOKEN)
                .header("Content-Type", "application/json");
    }

    private String answer(Living daemon, HttpRequest.Builder request) throws Exception {
        var response = daemon.send(request);
        shown.put(
                request.build().uri() + " " + shown.size(),
                response.headers().map() + response.body());
        return response.body();
    }

    @Test
    void aDaemonTellsNone() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            for (String body :
                    List.of(
                            "{\"pipeline\": \"replicate\"}",
                            "{\"pipeline\": \"sync\"}",
                            "{\"pipeline\": \"data\"}")) {
                if (body.contains("data")) {
                    scene.inTarget("ALTER TABLE item ADD extra INT");
                }
                answer(daemon, asked(daemon, "/api/runs").POST(BodyPublishers.ofString(body)));
                Scene.await("it is over", () -> isIdle(daemon));
            }
            for (String path :
                    List.of(
                            "/",
                            "/api/status",
                            "/api/runs",
                            "/api/sync",
                            "/api/conflicts",
                            "/api/backups",
                            "/api/schedule",
                            "/api/tables/to",
                            "/api/dead-letters",
                            "/api/errors",
                            "/api/openapi.json",
                            "/observe/health",
                            "/observe/metrics",
                            "/nowhere")) {
                answer(daemon, asked(daemon, path));
                answer(daemon, daemon.to(path).header("Authorization", "Bearer x"));
            }
            long pid = daemon.child().process().pid();
            look(Path.of("/proc/" + pid + "/cmdline"));
            shown.put("jstack", tool("jstack", "-l", Long.toString(pid)));
            shown.put("jcmd", tool("jcmd", Long.toString(pid), "VM.system_properties"));
            shown.put("JMX", daemon.overJmx(SecretsIT::everyAttribute));
            assertThat(shown.get("jstack")).contains("platform-http");
            assertThat(shown.get("JMX")).contains("io.bactrian:type=Sync", "org.apache.camel");
            daemon.stop();
        }
        nothingTells();
    }

    private boolean isIdle(Living daemon) {
        try {
            return answer(daemon, asked(daemon, "/api/status")).contains("\"running\":[]");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String tool(String name, String... words) throws Exception {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", name)
                                                .toString()),
                                Stream.of(words))
                        .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** All attributes of all beans that can be read, as text. */
    private static String everyAttribute(MBeanServerConnection server) {
        StringBuilder all = new StringBuilder();
        try {
            for (ObjectName name : server.queryNames(null, null)) {
                for (MBeanAttributeInfo info : server.getMBeanInfo(name).getAttributes()) {
                    all.append(name).append(' ').append(info.getName()).append(' ');
                    all.append(value(server, name, info)).append('\n');
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return all.toString();
    }

    private static String value(
            MBeanServerConnection server, ObjectName name, MBeanAttributeInfo info) {
        try {
            Object value = server.getAttribute(name, info.getName());
            return value instanceof Object[] array ? List.of(array).toString() : "" + value;
        } catch (Exception e) {
            // not every attribute of the JVM can be read
            return String.valueOf(e.getMessage());
        }
    }
}
