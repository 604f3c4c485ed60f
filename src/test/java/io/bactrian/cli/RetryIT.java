package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law O1: locks that pass are waited out, those that do not end in the dead letters. */
class RetryIT {
    private static final int LOCK_WAIT = 1205;
    private static final int DEADLOCK = 1213;

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
        scene = Scene.on(dir, MySqlPair.shared().source(), target.address());
        scene.inBoth("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
        scene.inSource("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)");
        scene.inTarget("CREATE TABLE ballast (a INT)");
    }

    @AfterEach
    void dropSchemas() {
        scene.close();
    }

    private CompletableFuture<Cli> copyLater() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return scene.run("data", "--yes", "--json");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private List<JsonNode> deadLetters() throws IOException {
        Path file = scene.logs().resolve("dead_letters.log");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var letters =
                Json.mapper()
                        .readerFor(JsonNode.class)
                        .<JsonNode>readValues(Files.readString(file))) {
            return letters.readAll();
        }
    }

    @Test
    void aLockThatIsFreedInTimeIsNoError() throws Exception {
        scene.with("bactrian.retry-attempts", "30");
        long before = Scene.raised(scene.target(), LOCK_WAIT);
        try (Connection other = scene.target().connect(scene.schema());
                Statement s = other.createStatement()) {
            other.setAutoCommit(false);
            s.execute("INSERT INTO t VALUES (4, 0)");
            CompletableFuture<Cli> copy = copyLater();
            Scene.await(
                    "the first attempt fails",
                    () -> Scene.raised(scene.target(), LOCK_WAIT) > before);
            assertThat(copy).isNotDone();
            other.rollback();
            assertThat(copy.get().code()).as(copy.get().err()).isZero();
        }
        scene.requireEqual();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aDeadlockIsTriedAgain() throws Exception {
        long before = Scene.raised(scene.target(), DEADLOCK);
        try (Connection other = scene.target().connect(scene.schema());
                Statement s = other.createStatement()) {
            s.execute("SET SESSION innodb_lock_wait_timeout = 50");
            other.setAutoCommit(false);
            // the victim is who has written less
            s.execute(
                    "INSERT INTO ballast WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i FROM n");
            s.execute("INSERT INTO t VALUES (4, 0)");
            long waits = waits();
            CompletableFuture<Cli> copy = copyLater();
            Scene.await("the chunk waits for row 4", () -> waits() > waits);
            s.execute("INSERT INTO t VALUES (1, 0)");
            other.rollback();
            assertThat(copy.get().code()).as(copy.get().err()).isZero();
        }
        assertThat(Scene.raised(scene.target(), DEADLOCK)).isGreaterThan(before);
        scene.requireEqual();
        assertThat(deadLetters()).isEmpty();
    }

    private long waits() {
        return Long.parseLong(
                scene.fromTarget("SELECT COUNT(*) FROM performance_schema.data_lock_waits"));
    }

    @Test
    void aLockThatStaysEndsInTheDeadLettersWithWhatWouldRunItAgain() throws Exception {
        scene.with("bactrian.retry-attempts", "2");
        long before = Scene.raised(scene.target(), LOCK_WAIT);
        try (Connection other = scene.target().connect(scene.schema());
                Statement s = other.createStatement()) {
            other.setAutoCommit(false);
            s.execute("INSERT INTO t VALUES (4, 0)");
            JsonNode error = failure(copyLater().get(), Kind.DATA);
            assertThat(error.path("object").asText()).isEqualTo("t");
            assertThat(error.path("message").asText()).contains("1205");
            assertThat(Scene.raised(scene.target(), LOCK_WAIT)).isEqualTo(before + 2);
            other.rollback();
        }
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
        JsonNode letter = deadLetters().get(0);
        assertThat(deadLetters()).hasSize(1);
        assertThat(letter.path("route").asText()).isEqualTo("chunk");
        assertThat(letter.path("error").path("message").asText()).contains("1205");
        JsonNode message = letter.path("message");
        assertThat(message.path("table").asText()).isEqualTo("t");
        assertThat(message.path("chunk").path("number").asInt()).isZero();

        Cli resumed = scene.run("data", "--resume", "--yes", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        scene.requireEqual();
    }

    @Test
    void whatDoesNotPassIsNotTriedAgain() throws Exception {
        scene.inTarget("DROP TABLE t", "CREATE TABLE t (id INT PRIMARY KEY, a INT, CHECK (a < 5))");
        JsonNode error = failure(scene.run("data", "--yes", "--json"), Kind.DATA);
        assertThat(error.path("object").asText()).isEqualTo("t");
        assertThat(deadLetters()).hasSize(1);
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM t")).isEqualTo("0");

        Cli again = scene.run("replicate", "--yes", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        scene.requireEqual();
    }
}
