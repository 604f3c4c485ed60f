package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.ReplicationException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that die, come back, or refuse what they are sent. */
class ServerLossIT {
    private static final int ROWS = 60_000;

    private static MySqlServer source;
    private static MySqlServer target;

    @TempDir Path dir;
    private Scene scene;

    @BeforeAll
    static void startServers() {
        source = MySqlServer.launch();
        target = MySqlServer.launch();
    }

    @AfterAll
    static void stopServers() {
        source.close();
        target.close();
    }

    @BeforeEach
    void makeSchemas() {
        source.start();
        target.start();
        scene =
                Scene.on(dir, source.address(), target.address())
                        .with("bactrian.chunk-bytes", "256K")
                        .with("bactrian.threads", "2");
    }

    private void makeTables() {
        scene.inSource(
                "CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200), KEY (t))",
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO a (t) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < "
                        + ROWS
                        + ") SELECT SHA2(i, 512) FROM n",
                "CREATE TABLE keyless (t CHAR(200))",
                "INSERT INTO keyless SELECT t FROM a WHERE id <= 5000",
                "CREATE TABLE z (id INT PRIMARY KEY)",
                "INSERT INTO z VALUES (1)",
                "ANALYZE TABLE a, keyless, z");
    }

    private void awaitSomeChunks() throws InterruptedException {
        Scene.await("a chunk is copied", this::someChunksAreCopied);
    }

    private boolean someChunksAreCopied() {
        try (var c = target.address().connect(scene.schema());
                var s = c.createStatement();
                var r =
                        s.executeQuery(
                                "SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'copy/chunk/a/%'")) {
            return r.next() && r.getInt(1) > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private MySqlServer server(String name) {
        return name.equals("from") ? source : target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void aServerThatDiesInTheMiddleFailsTheRunWhichMayGoOnLater(String name) throws Exception {
        makeTables();
        scene.with("bactrian.retry-attempts", "2");
        Cli cli;
        try (Child child = scene.start("replicate", "--on-failure", "keep", "--yes", "--json")) {
            awaitSomeChunks();
            server(name).kill();
            cli = child.end(60);
        }
        String shown = cli.err();
        JsonNode error = failure(new Cli(cli.code(), cli.out(), cli.err()), Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo(name);
        assertThat(error.path("hint").asText()).contains("--resume");
        assertThat(shown.lines().filter(l -> !l.matches("(error|hint): .*")))
                .as("besides: that it went on")
                .allMatch(l -> l.startsWith("warn: ") && l.contains("going on"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");

        server(name).start();
        Cli verified = scene.run("verify", "--json");
        assertThat(verified.code()).as("half a copy is not called good").isEqualTo(3);

        Cli resumed = scene.run("replicate", "--resume", "--yes", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        scene.requireEqual();
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM keyless")).isEqualTo("5000");
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nkeyless\nz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void aServerThatComesBackInTimeIsGoneOnWith(String name) throws Exception {
        makeTables();
        scene.with("bactrian.retry-attempts", "6").with("bactrian.retry-delay", "1s");
        try (Child child = scene.start("replicate", "--yes", "--json")) {
            awaitSomeChunks();
            server(name).kill();
            server(name).start();
            Cli cli = child.end(120);
            assertThat(cli.code()).as(cli.toString()).isZero();
            assertThat(cli.json().path("result").asText()).isEqualTo("ok");
        }
        scene.requireEqual();
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM a")).isEqualTo("" + ROWS);
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM keyless")).isEqualTo("5000");
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nkeyless\nz");
        assertThat(scene.fromTarget("SHOW INDEX FROM a WHERE key_name = 't'")).isNotEmpty();
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void aRowLargerThanMaxAllowedPacket(String name) throws Exception {
        scene.inSource(
                "CREATE TABLE big (id INT PRIMARY KEY, b LONGBLOB)",
                "INSERT INTO big VALUES (1, REPEAT('x', 3000000)), (2, '')");
        server(name).restartWith("--max-allowed-packet=1M");
        try {
            Cli cli = scene.run("replicate", "--on-failure", "keep", "--yes", "--json");
            if (cli.code() == 0) {
                // LOAD DATA has no such limit
                scene.requireEqual();
                assertThat(scene.fromTarget("SELECT LENGTH(b) FROM big WHERE id = 1"))
                        .isEqualTo("3000000");
                return;
            }
            JsonNode error = failure(cli, Kind.DATA);
            assertThat(error.path("object").asText()).isEqualTo("big");
            assertThat(error.path("message").asText()).contains("max_allowed_packet");
            assertThat(error.path("hint").asText()).contains("raise max_allowed_packet");
        } finally {
            server(name).restartWith();
        }
        Cli resumed = scene.run("replicate", "--resume", "--yes", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        scene.requireEqual();
    }

    @Test
    void aRowLargerThanMaxAllowedPacketWhereRowsGoByInsert() throws Exception {
        scene.inSource(
                "CREATE TABLE big (id INT PRIMARY KEY, b LONGBLOB)",
                "INSERT INTO big VALUES (1, REPEAT('x', 3000000)), (2, '')");
        target.restartWith("--max-allowed-packet=1M", "--local-infile=OFF");
        try {
            String[] keep = {"replicate", "--on-failure", "keep", "--yes", "--json"};
            JsonNode error = failure(scene.run(keep), Kind.DATA);
            assertThat(error.path("object").asText()).isEqualTo("big");
            assertThat(error.path("message").asText()).contains("max_allowed_packet");
            assertThat(error.path("hint").asText()).contains("raise max_allowed_packet");
            assertThat(scene.run("verify").code()).isEqualTo(3);
        } finally {
            target.restartWith();
        }
        Cli resumed = scene.run("replicate", "--resume", "--yes", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        scene.requireEqual();
    }

    @Test
    void aStructureThatTheTargetRefuses() throws Exception {
        scene.inSource(
                "CREATE TABLE good (id INT PRIMARY KEY)",
                "INSERT INTO good VALUES (1)",
                "CREATE TABLE refused (a INT) ENGINE=MyISAM");
        target.restartWith("--disabled-storage-engines=MyISAM");
        try {
            JsonNode error = failure(scene.run("replicate", "--yes", "--json"), Kind.STRUCTURE);
            assertThat(error.path("object").asText()).isEqualTo("refused");
            assertThat(error.path("message").asText()).contains("MyISAM");
        } finally {
            target.restartWith();
        }
        Cli again = scene.run("replicate", "--yes", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        scene.requireEqual();
    }

    @Test
    void aTableWithoutKeyThatTheTargetRefuses() throws Exception {
        scene.inSource("CREATE TABLE keyless (a INT)", "INSERT INTO keyless VALUES (1)");
        target.restartWith("--sql-require-primary-key=ON");
        try {
            JsonNode error = failure(scene.run("replicate", "--yes", "--json"), Kind.STRUCTURE);
            assertThat(error.path("object").asText()).isEqualTo("keyless");
            assertThat(error.path("hint").asText()).contains("sql_require_primary_key");
        } finally {
            target.restartWith();
        }
        Cli again = scene.run("replicate", "--yes", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        scene.requireEqual();
    }

    /** A source that is gone is no reason to leave the target half copied. */
    @Test
    void aSourceThatDiesInTheMiddleLeavesTheTargetAsItWas() throws Exception {
        makeTables();
        scene.with("bactrian.retry-attempts", "2");
        scene.inTarget(
                "CREATE TABLE a (id INT PRIMARY KEY, mine INT)",
                "INSERT INTO a VALUES (1, 7)",
                "CREATE TABLE extra (id INT PRIMARY KEY)");
        Cli cli;
        try (Child child = scene.start("replicate", "--yes", "--json")) {
            awaitSomeChunks();
            source.kill();
            cli = child.end(60);
        }

        assertThat(cli.json().path("error").path("kind").asText()).isEqualTo("CONNECTION");
        assertThat(cli.json().path("error").path("message").asText())
                .contains("put back as it was", "verified");
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a\nextra");
        assertThat(scene.fromTarget("SELECT id, mine FROM a")).isEqualTo("1\t7");
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
    }

    /** Nobody can put back what cannot be reached: what mends it is told, and works. */
    @Test
    void aTargetThatDiesInTheMiddleIsMendedByTheCommandThatIsTold() throws Exception {
        makeTables();
        scene.with("bactrian.retry-attempts", "2");
        scene.inTarget(
                "CREATE TABLE a (id INT PRIMARY KEY, mine INT)", "INSERT INTO a VALUES (1, 7)");
        Cli cli;
        try (Child child = scene.start("replicate", "--yes", "--json")) {
            awaitSomeChunks();
            target.kill();
            cli = child.end(60);
        }
        JsonNode error = cli.json().path("error");
        assertThat(error.path("message").asText()).contains("left half changed");
        Matcher told =
                Pattern.compile("`bactrian (restore \\S+ --into to --drop-extra)`")
                        .matcher(error.path("hint").asText());
        assertThat(told.find()).as(error.toString()).isTrue();

        target.start();
        JsonNode found = scene.run("check", "to", "--json").json();
        assertThat(found.toString()).contains("unfinished run", told.group(1));
        List<String> command = new ArrayList<>(List.of(told.group(1).split(" ")));
        command.add("--yes");
        Cli mended = scene.run(command.toArray(String[]::new));

        assertThat(mended.code()).as(mended.err()).isZero();
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a");
        assertThat(scene.fromTarget("SELECT id, mine FROM a")).isEqualTo("1\t7");
        assertThat(scene.run("check", "to", "--json").out()).doesNotContain("unfinished run");
    }

    @Test
    void aServerThatDiesWhileItIsSavedLeavesNoBackup() throws Exception {
        makeTables();
        scene.with("bactrian.retry-attempts", "2").with("bactrian.threads", "1");
        Path backups = dir.resolve("backups");
        Cli cli;
        try (Child child = scene.start("backup", "create", "from", "--json")) {
            Scene.await("a file is written", () -> isBegun(backups));
            source.kill();
            cli = child.end(60);
        }

        JsonNode error = failure(cli, Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo("from");
        assertThat(scene.run("backup", "list", "--json").json().path("backups")).isEmpty();
    }

    private static boolean isBegun(Path backups) {
        try (Stream<Path> files = Files.walk(backups)) {
            return files.anyMatch(f -> f.toString().endsWith(".sql.zst"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
