package io.bactrian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    @TempDir Path dir;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> commandLine = new HashMap<>();

    private LoadedSettings loaded() {
        return new SettingsLoader(dir, null, environment).load(null, commandLine);
    }

    private Settings settings() {
        return loaded().settings();
    }

    private void file(String text) throws IOException {
        Files.writeString(dir.resolve("application.properties"), text);
    }

    private String origin(String key) {
        return loaded().effective().stream()
                .filter(e -> e.key().equals(key))
                .findFirst()
                .orElseThrow()
                .origin();
    }

    @Test
    void nothingSetGivesTheDefaultsOfTheDesign() {
        Settings settings = settings();

        assertThat(settings.database("local").toString())
                .isEqualTo("local=root@localhost:3306/controlix_local");
        assertThat(settings.source()).isEqualTo("local");
        assertThat(settings.target()).isEqualTo("remote");
        assertThat(settings.copy()).isEqualTo(new CopySettings(1000, 32 << 20, 4));
        assertThat(settings.retry()).isEqualTo(new RetrySettings(3, Duration.ofSeconds(1)));
        assertThat(settings.connectionTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.sync().interval()).isZero();
        assertThat(settings.chunksUri()).isEqualTo("direct:chunk");
        assertThat(settings.database("local").tls()).isEqualTo(DatabaseSettings.Tls.PREFERRED);
    }

    @Test
    void theStrongerPlaceWins() throws IOException {
        assertThat(origin("bactrian.batch-size")).isEqualTo("default");

        file("bactrian.batch-size=1\nbactrian.threads=2\n");
        assertThat(settings().copy().batchSize()).isEqualTo(1);
        assertThat(origin("bactrian.batch-size")).endsWith("application.properties");

        environment.put("BACTRIAN_BATCH_SIZE", "2");
        assertThat(settings().copy().batchSize()).isEqualTo(2);
        assertThat(origin("bactrian.batch-size")).isEqualTo("environment BACTRIAN_BATCH_SIZE");

        commandLine.put("bactrian.batch-size", "3");
        assertThat(settings().copy()).isEqualTo(new CopySettings(3, 32 << 20, 2));
        assertThat(origin("bactrian.batch-size")).isEqualTo("command line");
    }

    @Test
    void mysqlVariablesWinOverTheFile() throws IOException {
        file("bactrian.database.remote.host=file\nbactrian.database.remote.port=1\n");
        environment.put("MYSQL_REMOTE_HOST", "variable");
        environment.put("MYSQL_REMOTE_USER", "u");
        environment.put("MYSQL_REMOTE_PASSWORD", "p");
        environment.put("MYSQL_REMOTE_DATABASE", "d");

        assertThat(settings().database("remote"))
                .isEqualTo(
                        new DatabaseSettings(
                                "remote",
                                "variable",
                                1,
                                "u",
                                "p",
                                "d",
                                DatabaseSettings.Tls.PREFERRED));
    }

    @Test
    void moreDatabasesComeFromFileAndEnvironment() throws IOException {
        file("bactrian.database.hq-2.host=h\nbactrian.database.hq-2.database=d\n");
        environment.put("BACTRIAN_DATABASE_HQ_2_PASSWORD", "secret");
        environment.put("BACTRIAN_DATABASE_EAST_HOST", "e");
        environment.put("BACTRIAN_DATABASE_EAST_DATABASE", "shop");

        assertThat(settings().databases()).containsOnlyKeys("local", "remote", "hq-2", "east");
        assertThat(settings().database("hq-2").password()).isEqualTo("secret");
        assertThat(settings().database("east").database()).isEqualTo("shop");
    }

    @Test
    void remoteWithoutHostIsAnErrorOnlyWhenItIsUsed() {
        Settings settings = settings();

        assertThatThrownBy(() -> settings.database("remote"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo("bactrian.database.remote.host");
                            assertThat(e.hint()).contains("MYSQL_REMOTE_HOST");
                        });
    }

    @Test
    void anUnknownDatabaseIsToldWithTheKnownOnes() {
        Settings settings = settings();

        assertThatThrownBy(() -> settings.database("hq"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("local, remote");
    }

    @Test
    void sourceAndTargetMustBeTwo() {
        commandLine.put("bactrian.target", "local");

        assertThatThrownBy(this::settings)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'local'");
    }

    @ParameterizedTest
    @CsvSource({
        "bactrian.bach-size, bactrian.batch-size",
        "bactrian.source.name, ",
        "bactrian.database.hq.pasword, bactrian.database.hq.password",
        "bactrian.sync.strategie, bactrian.sync.strategy",
        "bactrian.sync.table..strategy, ",
    })
    void anUnknownKeyIsRefusedWithWhatWasMeant(String key, String meant) throws IOException {
        file(key + "=hunter2\n");

        assertThatThrownBy(this::settings)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo(key);
                            assertThat(e.getMessage() + e.hint()).doesNotContain("hunter2");
                            if (meant != null) {
                                assertThat(e.hint()).isEqualTo("did you mean " + meant + "?");
                            }
                        });
    }

    @Test
    void anUnknownVariableIsRefusedToo() {
        environment.put("BACTRIAN_BACH_SIZE", "1");

        assertThatThrownBy(this::settings)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.hint()).contains("BACTRIAN_BATCH_SIZE"));
    }

    @Test
    void variablesOfLauncherAndTestsAreNoSettings() {
        environment.put("BACTRIAN_CACHE", "x");
        environment.put("BACTRIAN_JAVA_OPTS", "x");
        environment.put("BACTRIAN_TEST_SOURCE", "x");

        assertThat(settings().source()).isEqualTo("local");
    }

    @Test
    void keysOfOthersAreLeftAlone() throws IOException {
        file("camel.main.name=x\n");

        assertThat(loaded().effective()).noneMatch(e -> e.key().startsWith("camel"));
    }

    @ParameterizedTest
    @CsvSource({
        "bactrian.batch-size, 0",
        "bactrian.batch-size, many",
        "bactrian.batch-size, 99999999999",
        "bactrian.chunk-bytes, 32X",
        "bactrian.chunk-bytes, 9999999999G",
        "bactrian.chunk-bytes, -1",
        "bactrian.threads, 65",
        "bactrian.retry-delay, 1 fortnight",
        "bactrian.connection-timeout, 0s",
        "bactrian.sync.interval, 30s",
        "bactrian.sync.strategy, COIN_TOSS",
        "bactrian.backup.compression, rar",
        "bactrian.log-level, LOUD",
        "bactrian.tables, 'a,,b'",
        "bactrian.tables, !",
        "bactrian.source, ''",
        "bactrian.database.local.port, 65536",
        "bactrian.database.local.tls, perhaps",
    })
    void anImpossibleValueIsToldWithKeyValueAndWhatWasWanted(String key, String value) {
        commandLine.put(key, value);

        assertThatThrownBy(this::settings)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo(key);
                            assertThat(e.getMessage())
                                    .contains("'" + value + "'")
                                    .contains("command line")
                                    .contains("wanted ");
                        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1K, 1024", "32m, 33554432", "1 G, 1073741824"})
    void sizesHaveUnits(String text, long bytes) {
        commandLine.put("bactrian.chunk-bytes", text);

        assertThat(settings().copy().chunkBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2, 2000", "30s, 30000", "2m, 120000", "0s, 0"})
    void durationsHaveUnits(String text, long millis) {
        commandLine.put("bactrian.retry-delay", text);

        assertThat(settings().retry().delay()).hasMillis(millis);
    }

    @Test
    void namesOfChoicesMayBeWrittenInAnyCase() {
        commandLine.put("bactrian.sync.strategy", "newest-wins");
        commandLine.put("bactrian.database.local.tls", "Verify-CA");

        assertThat(settings().sync().strategy()).isEqualTo(SyncSettings.Strategy.NEWEST_WINS);
        assertThat(settings().database("local").tls()).isEqualTo(DatabaseSettings.Tls.VERIFY_CA);
    }

    @Test
    void theLongestGlobDecidesTheStrategyOfATable() throws IOException {
        file(
                "bactrian.sync.table.*.strategy=MERGE\n"
                        + "bactrian.sync.table.order*.strategy=MANUAL\n");

        assertThat(settings().sync().strategyFor("orders")).isEqualTo(SyncSettings.Strategy.MANUAL);
        assertThat(settings().sync().strategyFor("stock")).isEqualTo(SyncSettings.Strategy.MERGE);
    }

    @Test
    void aPasswordFileIsReadWithoutItsLineBreak() throws IOException {
        Files.writeString(dir.resolve("secret"), " hunter2 \n");
        environment.put("MYSQL_LOCAL_PASSWORD_FILE", dir.resolve("secret").toString());

        assertThat(settings().database("local").password()).isEqualTo(" hunter2 ");
    }

    @Test
    void aPasswordFileOfAStrongerPlaceWinsOverAPassword() throws IOException {
        Files.writeString(dir.resolve("secret"), "hunter2\n");
        file("bactrian.database.local.password=old\n");
        environment.put("MYSQL_LOCAL_PASSWORD_FILE", dir.resolve("secret").toString());

        assertThat(settings().database("local").password()).isEqualTo("hunter2");
    }

    @Test
    void aPasswordAndItsFileAtTheSamePlaceAreRefused() {
        environment.put("MYSQL_LOCAL_PASSWORD", "hunter2");
        environment.put("MYSQL_LOCAL_PASSWORD_FILE", "x");

        assertThatThrownBy(this::settings)
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamed() {
        environment.put("MYSQL_LOCAL_PASSWORD_FILE", dir.resolve("nowhere").toString());

        assertThatThrownBy(this::settings)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("no such file");
    }

    @Test
    void noSecretIsShownByWhatIsLoaded() {
        environment.put("MYSQL_LOCAL_PASSWORD", "hunter2");
        environment.put("BACTRIAN_HTTP_TOKEN", "hunter3");

        assertThat(loaded().toString()).doesNotContain("hunter").contains("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "db.example.com", "::"})
    void othersThanLoopbackNeedAToken(String host) {
        commandLine.put("bactrian.http.host", host);

        assertThatThrownBy(this::settings).isInstanceOf(ConfigException.class);
        environment.put("BACTRIAN_HTTP_TOKEN", "t");
        assertThat(settings().http().host()).isEqualTo(host);
    }

    @Test
    void theFileBesideTheLauncherIsReadWhereTheWorkingDirectoryHasNone() throws IOException {
        Path home = Files.createDirectory(dir.resolve("home"));
        Path work = Files.createDirectory(dir.resolve("work"));
        Files.writeString(home.resolve("application.properties"), "bactrian.threads=7\n");
        SettingsLoader loader = new SettingsLoader(work, home, environment);
        assertThat(loader.load(null, commandLine).settings().copy().threads()).isEqualTo(7);

        Files.writeString(work.resolve("application.properties"), "bactrian.threads=8\n");
        assertThat(loader.load(null, commandLine).settings().copy().threads()).isEqualTo(8);

        Path named = Files.writeString(dir.resolve("site"), "bactrian.threads=9\n");
        assertThat(loader.load(named, commandLine).settings().copy().threads()).isEqualTo(9);
    }

    @Test
    void aNamedFileThatIsNotThereIsAnError() {
        SettingsLoader loader = new SettingsLoader(dir, null, environment);

        assertThatThrownBy(() -> loader.load(dir.resolve("nowhere"), commandLine))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no such file");
    }
}
