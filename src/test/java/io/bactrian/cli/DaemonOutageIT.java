package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlServer;
import io.bactrian.state.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose database is away for a while. */
@Timeout(180)
class DaemonOutageIT {
    private static final Pattern ROUNDS =
            Pattern.compile("camel_exchanges_total\\{[^}]*routeId=\"automatic-sync\"[^}]*} (\\S+)");

    private static final String WAITING =
            "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'";

    /** A session of a server that refuses it at once would be waited for 3 s by a pool. */
    private static final Duration NO_WAIT = Duration.ofSeconds(2);

    /** Retries at the default connection timeout would take 90 s. */
    private static final Duration A_MOMENT = Duration.ofSeconds(20);

    @TempDir Path dir;

    @Test
    void waitsForAServerThatIsAwayWithOneWarningAndGoesOnByItself() throws Exception {
        try (MySqlServer local = MySqlServer.launch();
                MySqlServer remote = MySqlServer.launch()) {
            local.start();
            remote.start();
            Scene scene =
                    Scene.on(dir, local.address(), remote.address())
                            .with("bactrian.retry-delay", "1s")
                            .with("bactrian.connection-timeout", "30s");
            scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            try (Living daemon = Living.start(dir, scene, "bactrian.sync.interval=3")) {
                scene.inSource("INSERT INTO item VALUES (1, 'before')");
                Scene.await("it syncs", () -> scene.fromTarget("TABLE item").contains("before"));
                Scene.await("the round ends", () -> runs(daemon).contains("sync"));
                Instant away;
                try (Connection writer = remote.address().connect(scene.schema());
                        Statement hold = writer.createStatement()) {
                    hold.execute("LOCK TABLES item WRITE");
                    scene.inSource("INSERT INTO item VALUES (2, 'meanwhile')");
                    Scene.await(
                            "a round is in hand",
                            () -> Scene.ask(remote.address(), "", WAITING).equals("1"));
                    remote.kill();
                    away = Instant.now();
                }
                Scene.await("a warning", () -> daemon.err().contains("waits since"));
                assertThat(Duration.between(away, Instant.now())).isLessThan(A_MOMENT);
                double before = rounds(daemon);
                LongAccumulator slowest = new LongAccumulator(Long::max, 0);
                Scene.await(
                        "more rounds",
                        () -> {
                            long asked = System.nanoTime();
                            double now = rounds(daemon);
                            slowest.accumulate(System.nanoTime() - asked);
                            return now >= before + 5;
                        });
                assertThat(Duration.ofNanos(slowest.get())).isLessThan(NO_WAIT);

                JsonNode health = Json.mapper().readTree(daemon.get("/observe/health").body());
                assertThat(daemon.get("/observe/health").statusCode()).isEqualTo(503);
                assertThat(health.path("databases").findValuesAsText("status"))
                        .containsExactly("UP", "DOWN");
                assertThat(daemon.get("/observe/health/live").statusCode()).isEqualTo(200);
                for (String path :
                        List.of(
                                "/api/sync",
                                "/api/conflicts",
                                "/api/conflicts/1",
                                "/api/dead-letters")) {
                    assertThat(daemon.get(path).statusCode()).as(path).isEqualTo(503);
                }
                assertThat(daemon.get("/observe/metrics").body())
                        .contains("bactrian_database_up{database=\"to\"} 0.0");
                assertThat(daemon.err().lines()).as(daemon.err()).hasSize(1);
                assertThat(scene.logs().resolve("dead_letters.log")).doesNotExist();
                assertThat(Files.readString(scene.logs().resolve("error_summary.log")).lines())
                        .hasSize(1);

                remote.start();

                Scene.await(
                        "the row of meanwhile",
                        () -> scene.fromTarget("TABLE item").contains("meanwhile"));
                Scene.await("it says so", () -> daemon.err().contains("goes on after"));
                assertThat(daemon.err().lines()).as(daemon.err()).hasSize(2);
                Scene.await("health", () -> status(daemon) == 200);
                assertThat(daemon.json("/api/runs").path("runs").findValuesAsText("result"))
                        .containsOnlyOnce("failed");
            }
        }
    }

    private static int status(Living daemon) {
        try {
            return daemon.get("/observe/health").statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> runs(Living daemon) {
        try {
            return daemon.json("/api/runs").path("runs").findValuesAsText("command");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static double rounds(Living daemon) {
        try {
            Matcher found = ROUNDS.matcher(daemon.get("/observe/metrics").body());
            return found.find() ? Double.parseDouble(found.group(1)) : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
