package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a daemon needs that lives for months. {@code -Dbactrian.reach.rounds} says how many rounds
 * are run; 5,000 are a day of changes, a second apart while a shop is open.
 */
@Timeout(900)
class DaemonReachIT {
    private static final int ROUNDS = Integer.getInteger("bactrian.reach.rounds", 600);
    private static final int CALLS = 10_000;
    private static final String WITHOUT_PAUSE =
            """
            - route:
                id: without-pause
                from:
                  uri: timer:without-pause
                  parameters: { period: 1, fixedRate: false, delay: 0 }
                  steps:
                    - setBody: { constant: '{"pipeline": "sync"}' }
                    - to: direct:run
            """;

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

    @Test
    void answersTenThousandCalls() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            daemon.ended(daemon.run("{\"pipeline\": \"verify\"}"));
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> response = daemon.get("/api/runs");
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            }
        }
    }

    @Test
    void needsLittleWhereThereIsNothingToDo() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            daemon.ended(daemon.run("{\"pipeline\": \"replicate\"}"));
            long pid = daemon.child().process().pid();
            Scene.await(
                    "a pause in which it takes less than a hundredth of a core",
                    () -> share(pid, Duration.ofSeconds(5)) < 0.01);
            assertThat(megabytes(pid)).isLessThan(220);
        }
    }

    @Test
    void keepsNothingOfItsRounds() throws Exception {
        assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Files.writeString(routes.resolve("without-pause.camel.yaml"), WITHOUT_PAUSE);
        try (Living daemon = Living.start(dir, scene)) {
            awaitRounds(daemon, ROUNDS / 3);
            double heap = heap(daemon);
            int sessions = sessions();
            for (int i = 0; i < 10; i++) {
                scene.inSource("INSERT INTO item VALUES (" + i + ", 'mine')");
                int across = i + 1;
                Scene.await(
                        "the row is across",
                        () ->
                                scene.fromTarget("SELECT COUNT(*) FROM item")
                                        .equals(Integer.toString(across)));
            }
            awaitRounds(daemon, ROUNDS);

            assertThat(heap(daemon) - heap).as("MB more than " + heap).isLessThan(3);
            assertThat(sessions()).isLessThanOrEqualTo(sessions + 1);
            assertThat(daemon.get("/observe/metrics").body())
                    .contains("hikaricp_connections_active{pool=\"from\"}")
                    .contains("hikaricp_connections_active{pool=\"to\"}");
            assertThat(daemon.err()).isEmpty();
        }
    }

    private static void awaitRounds(Living daemon, int rounds) throws Exception {
        double last = -1;
        for (double now = 0; now < rounds; now = rounds(daemon)) {
            assertThat(now).as("rounds go on").isGreaterThan(last);
            last = now;
            double before = now;
            Scene.await("ten rounds more", () -> rounds(daemon) >= Math.min(rounds, before + 10));
        }
    }

    private static double rounds(Living daemon) {
        return metric(daemon, "camel_exchanges_total\\{[^}]*routeId=\"sync\"[^}]*}");
    }

    /** Megabytes of heap in use once garbage is gone. */
    private static double heap(Living daemon) throws Exception {
        String pid = Long.toString(daemon.child().process().pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, pid, "GC.run").start().waitFor();
        return metric(daemon, "jvm_memory_used_bytes\\{area=\"heap\",id=\"Tenured Gen\"}") / 1e6;
    }

    private static double metric(Living daemon, String name) {
        try {
            Matcher found =
                    Pattern.compile(name + " (\\S+)")
                            .matcher(daemon.get("/observe/metrics").body());
            return found.find() ? Double.parseDouble(found.group(1)) : 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int sessions() {
        return Integer.parseInt(
                Scene.ask(
                        scene.source(),
                        "",
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '"
                                + scene.schema()
                                + "'"));
    }

    /** The part of a core that a process takes during a pause. */
    private static double share(long pid, Duration pause) {
        try {
            long before = ticks(pid);
            // what is measured is the time itself
            Thread.sleep(pause.toMillis());
            return (ticks(pid) - before) / 100.0 / pause.toSeconds();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Hundredths of a second of processor time so far, as Linux counts. */
    private static long ticks(long pid) throws IOException {
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ");
        return Long.parseLong(stat[13]) + Long.parseLong(stat[14]);
    }

    private static long megabytes(long pid) throws IOException {
        Matcher resident =
                Pattern.compile("VmRSS:\\s+(\\d+) kB")
                        .matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1)) / 1000;
    }
}
