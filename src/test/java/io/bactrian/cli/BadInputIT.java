package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ReplicationException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong before or beside the work: each ends with one clear error and changes nothing.
 */
class BadInputIT {
    private static final String[] REPLICATE = {"replicate", "--yes", "--json"};

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void makeSchemas() {
        scene = Scene.shared(dir);
        scene.inSource(
                "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO a VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE b (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO b VALUES (1, 'one')");
        scene.inTarget(
                "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(20))",
                "INSERT INTO a VALUES (7, 'old')");
    }

    @AfterEach
    void dropSchemas() {
        for (Server server : new Server[] {scene.source(), scene.target()}) {
            server.execute("", "DROP USER IF EXISTS bi_some");
        }
        scene.close();
    }

    private void targetIsUnchanged() {
        assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a");
        assertThat(scene.fromTarget("SELECT * FROM a")).isEqualTo("7\told");
    }

    /** The run failed as listed, changed nothing; once mended it goes through. */
    private void isListedAndPasses(String error) throws IOException {
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
        assertThat(scene.lastRun().path("error").path("kind").asText()).isEqualTo(error);
        scene.database("from", scene.source(), scene.source().user(), scene.source().password());
        scene.database("to", scene.target(), scene.target().user(), scene.target().password());
        Cli again = scene.run(REPLICATE);
        assertThat(again.code()).as(again.err()).isZero();
        scene.requireEqual();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,1", "no-such-host.invalid,3306"})
    void aHostThatDoesNotAnswer(String host, String port) throws IOException {
        scene.with("bactrian.database.to.host", host).with("bactrian.database.to.port", port);
        JsonNode error = failure(scene.run(REPLICATE), Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo("to");
        assertThat(error.path("hint").asText()).contains("bactrian check to");
        targetIsUnchanged();
        isListedAndPasses("CONNECTION");
    }

    @Test
    void aWrongPassword() throws IOException {
        scene.source().execute("", "CREATE USER bi_some IDENTIFIED BY 'right one'");
        scene.database("from", scene.source(), "bi_some", "hunter2 wrong");
        Cli cli = scene.run(REPLICATE);
        JsonNode error = failure(cli, Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo("from");
        assertThat(error.path("message").asText()).contains("Access denied", "bi_some");
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
        targetIsUnchanged();
        isListedAndPasses("CONNECTION");
    }

    @Test
    void aDatabaseThatIsNotThere() throws IOException {
        scene.with("bactrian.database.to.database", "bi_nowhere");
        JsonNode error = failure(scene.run(REPLICATE), Kind.CONNECTION);
        assertThat(error.path("message").asText()).contains("bi_nowhere");
        assertThat(error.path("hint").asText()).contains("create the database");
        isListedAndPasses("CONNECTION");
    }

    @Test
    void anAccountThatMayNotWriteTheTarget() throws IOException {
        scene.target()
                .execute(
                        "",
                        "CREATE USER bi_some IDENTIFIED BY 'some'",
                        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON "
                                + scene.schema()
                                + ".* TO bi_some",
                        "GRANT SHOW_ROUTINE ON *.* TO bi_some");
        scene.database("to", scene.target(), "bi_some", "some");
        for (String verb : new String[] {"replicate", "data", "verify"}) {
            Cli cli =
                    verb.equals("verify")
                            ? scene.run("verify", "--repair", "--tables", "a", "--yes", "--json")
                            : scene.run(verb, "--tables", "a", "--yes", "--json");
            JsonNode error = failure(cli, Kind.CONNECTION);
            assertThat(error.path("message").asText()).contains("denied", "bi_some");
            assertThat(error.path("hint").asText()).contains("bactrian check to", "GRANT");
        }
        targetIsUnchanged();
        isListedAndPasses("CONNECTION");
    }

    @Test
    void anAccountThatMayNotCreateTablesInTheTarget() throws IOException {
        scene.target()
                .execute(
                        "",
                        "CREATE USER bi_some IDENTIFIED BY 'some'",
                        "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER, EVENT ON "
                                + scene.schema()
                                + ".* TO bi_some",
                        "GRANT SHOW_ROUTINE ON *.* TO bi_some");
        scene.database("to", scene.target(), "bi_some", "some");
        JsonNode error = failure(scene.run(REPLICATE), Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo("to");
        assertThat(error.path("message").asText()).contains("CREATE command denied");
        assertThat(error.path("hint").asText()).contains("bactrian check");
        targetIsUnchanged();
        isListedAndPasses("CONNECTION");
    }

    @ParameterizedTest
    @CsvSource({"INSERT,CONNECTION", "SELECT (id),CONNECTION"})
    void anAccountThatMayNotReadOneTableOfTheSource(String privilege, Kind kind)
            throws IOException {
        scene.source()
                .execute(
                        "",
                        "CREATE USER bi_some IDENTIFIED BY 'some'",
                        "GRANT SHOW_ROUTINE ON *.* TO bi_some",
                        "GRANT TRIGGER, EVENT ON " + scene.schema() + ".* TO bi_some",
                        "GRANT SELECT ON " + scene.schema() + ".a TO bi_some",
                        "GRANT " + privilege + " ON " + scene.schema() + ".b TO bi_some");
        scene.database("from", scene.source(), "bi_some", "some");
        JsonNode error = failure(scene.run(REPLICATE), kind);
        assertThat(error.path("object").asText()).endsWith("b");
        assertThat(error.path("message").asText()).contains("denied");
        assertThat(error.path("hint").asText()).contains("bactrian check");
        targetIsUnchanged();
        isListedAndPasses(kind.name());
    }

    @Test
    void tablesThatNobodyHas() throws IOException {
        JsonNode error =
                failure(
                        scene.run("replicate", "--tables", "a,ordres*", "--yes", "--json"),
                        Kind.CONFIGURATION);
        assertThat(error.path("message").asText() + error.path("object").asText())
                .contains("ordres*");
        targetIsUnchanged();
        isListedAndPasses("CONFIGURATION");
    }

    @Test
    void aDatabaseOfNoName() throws IOException {
        JsonNode error =
                failure(
                        scene.run("replicate", "--target", "too", "--yes", "--json"),
                        Kind.CONFIGURATION);
        assertThat(error.toString()).contains("too");
        targetIsUnchanged();
    }

    @Test
    void sourceAndTargetThatAreOneSchema() throws IOException {
        Server same = scene.source();
        scene.database("to", same, same.user(), same.password());
        for (String host : new String[] {"127.0.0.1", "localhost"}) {
            scene.with("bactrian.database.to.host", host);
            for (String verb : new String[] {"structure", "data", "replicate", "verify"}) {
                JsonNode error = failure(scene.run(verb, "--yes", "--json"), Kind.CONFIGURATION);
                assertThat(error.path("message").asText()).contains("same schema", scene.schema());
            }
        }
        assertThat(scene.fromSource("SELECT * FROM a")).isEqualTo("1\tone\n2\ttwo");
    }

    @Test
    void anotherSchemaOfTheSameServerIsFine() throws IOException {
        Server same = scene.source();
        scene.database("to", same, same.user(), same.password())
                .with("bactrian.database.to.database", scene.schema() + "_copy");
        same.execute("", "CREATE SCHEMA " + scene.schema() + "_copy");
        try {
            Cli cli = scene.run(REPLICATE);
            assertThat(cli.code()).as(cli.err()).isZero();
            assertThat(Scene.ask(same, scene.schema() + "_copy", "SELECT * FROM a"))
                    .isEqualTo("1\tone\n2\ttwo");
        } finally {
            same.execute("", "DROP SCHEMA " + scene.schema() + "_copy");
        }
    }

    @Test
    void aTargetThatAnotherRunWorksOn() throws Exception {
        try (Connection other = scene.target().connect(scene.schema());
                var lock = other.createStatement()) {
            lock.execute("SELECT GET_LOCK('bactrian." + scene.schema() + "', 0)");
            for (String verb : new String[] {"structure", "data", "replicate"}) {
                JsonNode error = failure(scene.run(verb, "--yes", "--json"), Kind.DATA);
                assertThat(error.path("object").asText()).isEqualTo("to");
                assertThat(error.path("message").asText()).contains("another run");
            }
            Cli looks = scene.run("analyze", "--json");
            assertThat(looks.code()).as("who only looks waits for nobody").isEqualTo(3);
            targetIsUnchanged();
        }
        isListedAndPasses("DATA");
    }

    @Test
    void aTableThatChangesWhileItIsCopied() throws Exception {
        scene.inTarget("CREATE TABLE b LIKE a");
        try (Connection other = scene.target().connect(scene.schema());
                var reader = other.createStatement()) {
            other.setAutoCommit(false);
            reader.execute("SELECT * FROM a");
            CompletableFuture<Cli> copy = later("data", "--yes", "--json");
            Scene.await(
                    "the copy waits to empty a",
                    () ->
                            scene.fromTarget(
                                            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE '%metadata lock%'")
                                    .equals("1"));
            scene.inSource("ALTER TABLE b ADD COLUMN c INT");
            other.rollback();
            JsonNode error = failure(copy.get(), Kind.DATA);
            assertThat(error.path("object").asText()).isEqualTo("b");
            assertThat(error.path("message").asText()).contains("1412");
        }
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
        Cli resumed = scene.run("data", "--resume", "--yes", "--json");
        failure(resumed, Kind.STRUCTURE);
        isListedAndPasses("STRUCTURE");
    }

    private CompletableFuture<Cli> later(String... args) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return scene.run(args);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bactrian.batch-size=0",
                "bactrian.threads=-1",
                "bactrian.threads=many",
                "bactrian.chunk-bytes=1X",
                "bactrian.retry-delay=soon",
                "bactrian.connection-timeout=-5s",
                "bactrian.log-level=LOUD",
                "bactrian.database.to.port=70000",
                "bactrian.database.to.tls=maybe",
                "bactrian.threads=1\nerror: forged",
                "bactrian.thread=4",
                "bactrian.batch-size",
                "no.such=1",
                "bactrian.database.to.password=hunter2"
            })
    void settingsThatCannotBe(String setting) throws IOException {
        Cli cli = scene.run("replicate", "--set", setting, "--yes", "--json");
        JsonNode error = failure(cli, Kind.CONFIGURATION);
        assertThat(error.path("object").asText()).containsAnyOf(setting.split("=")[0], "--set");
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
        targetIsUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bactrian.batch-sise=3", "bactrian.threads=\\u12", "bactrian.source="})
    void aSettingsFileThatIsBroken(String line) throws IOException {
        Path file = Files.writeString(dir.resolve("application.properties"), line + "\n");
        JsonNode error =
                failure(
                        Cli.plain("replicate", "--config", file.toString(), "--yes", "--json"),
                        Kind.CONFIGURATION);
        assertThat(error.path("object").asText())
                .containsAnyOf(line.split("=")[0], file.getFileName().toString());
    }

    @Test
    void aSettingsFileThatIsNotThereOrNoFile() throws IOException {
        for (Path path : new Path[] {dir.resolve("missing"), dir}) {
            failure(
                    Cli.plain("replicate", "--config", path.toString(), "--yes", "--json"),
                    Kind.CONFIGURATION);
        }
    }

    @Test
    void aFolderForLogsThatIsAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        JsonNode error =
                failure(
                        scene.with("bactrian.log.dir", file.toString()).run(REPLICATE),
                        Kind.CONFIGURATION);
        assertThat(error.path("object").asText()).isEqualTo("bactrian.log.dir");
        targetIsUnchanged();
    }

    @Test
    void withoutATerminalNothingIsChangedUnlessYesIsSaid() throws IOException {
        for (String verb : new String[] {"structure", "data", "replicate"}) {
            JsonNode error = failure(scene.run(verb, "--json"), Kind.CONFIGURATION);
            assertThat(error.path("hint").asText()).contains("--yes");
        }
        targetIsUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "--mode=wild", "stray"})
    void wordsThatMeanNothing(String word) throws IOException {
        failure(scene.run("replicate", word, "--yes", "--json"), Kind.CONFIGURATION);
        targetIsUnchanged();
    }

    @Test
    void onlyVerboseShowsWhereAnErrorComesFrom() throws IOException {
        scene.with("bactrian.database.to.database", "bi_nowhere");
        assertThat(scene.run("replicate", "--yes").err()).doesNotContain("\tat ");
        assertThat(scene.run("replicate", "--yes", "--verbose").err())
                .contains("\tat io.bactrian.")
                .contains("error: connection: to: ");
    }
}
