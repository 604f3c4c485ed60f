package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and SIGTERM in the middle of a run. */
class InterruptIT {
    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void makeSchemas() {
        scene =
                Scene.shared(dir)
                        .with("bactrian.chunk-bytes", "256K")
                        .with("bactrian.threads", "2");
        scene.inSource(
                "CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200), KEY (t))",
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO a (t) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                        + " SELECT SHA2(i, 512) FROM n",
                "CREATE TABLE keyless (t CHAR(200))",
                "INSERT INTO keyless SELECT t FROM a WHERE id <= 20000",
                "ANALYZE TABLE a, keyless");
    }

    @AfterEach
    void dropSchemas() {
        scene.close();
    }

    private boolean someChunksAreCopied() {
        return scene.fromTarget(
                                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'sync_metadata'")
                        .equals("1")
                && !scene.fromTarget(
                                "SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'copy/chunk/a/%'")
                        .equals("0");
    }

    private String sessions() {
        String query =
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '"
                        + scene.schema()
                        + "'";
        return Scene.ask(scene.source(), "", query) + " " + Scene.ask(scene.target(), "", query);
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void endsACopyInOrderSoThatItCanGoOn(String signal, int code) throws Exception {
        try (Child child = scene.start("replicate", "--yes", "--json")) {
            Scene.await("a chunk is copied", this::someChunksAreCopied);
            Instant told = Instant.now();
            child.signal(signal);
            Cli cli = child.end(20);

            assertThat(cli.code()).as(cli.toString()).isEqualTo(code);
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(sessions()).as("nothing goes on at the servers").isEqualTo("0 0");
            assertThat(cli.err().lines())
                    .containsExactly(
                            "error: data: replicate: was interrupted before it was done",
                            "hint: the same command with --resume goes on where it stopped");
            JsonNode document = cli.json();
            assertThat(document.path("result").asText()).isEqualTo("failed");
            assertThat(document.path("error").path("kind").asText()).isEqualTo(Kind.DATA.name());
        }
        JsonNode run = scene.lastRun();
        assertThat(run.path("result").asText()).isEqualTo("interrupted");
        assertThat(run.path("error").path("hint").asText()).contains("--resume");

        Cli resumed = scene.run("replicate", "--resume", "--yes", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM keyless")).isEqualTo("20000");
        scene.requireEqual();
    }

    @Test
    void aFreshRunMayFollowToo() throws Exception {
        try (Child child = scene.start("replicate", "--yes")) {
            Scene.await("a chunk is copied", this::someChunksAreCopied);
            child.signal("INT");
            child.end(20);
        }
        Cli again = scene.run("replicate", "--yes", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().path("rows").asLong()).isEqualTo(80_000);
        scene.requireEqual();
    }

    @Test
    void stopsAStatementThatTheServerWouldCarryOnWith() throws Exception {
        scene.inTarget("CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200), KEY (t))");
        try (var other = scene.target().connect(scene.schema());
                var reader = other.createStatement()) {
            other.setAutoCommit(false);
            reader.execute("SELECT * FROM a");
            try (Child child = scene.start("structure", "--tables", "a", "--yes", "--drop-extra")) {
                child.end(60);
            }
            scene.inSource("ALTER TABLE a ADD COLUMN c INT");
            try (Child child = scene.start("structure", "--tables", "a", "--yes")) {
                Scene.await("the ALTER waits", () -> waiting().equals("1"));
                child.signal("INT");
                Cli cli = child.end(20);
                assertThat(cli.err().lines())
                        .containsExactly(
                                "error: data: structure: was interrupted before it was done",
                                "hint: run it again");
                assertThat(cli.out()).isEmpty();
            }
            assertThat(waiting()).isEqualTo("0");
        }
        Cli again = scene.run("structure", "--tables", "a", "--yes");
        assertThat(again.code()).as(again.err()).isZero();
    }

    private String waiting() {
        return Scene.ask(
                scene.target(),
                "",
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '"
                        + scene.schema()
                        + "' AND state LIKE '%metadata lock%'");
    }
}
