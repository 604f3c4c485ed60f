package io.bactrian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that want more than a setting may: another server, options of the driver, memory. */
class HostileSettingsTest {
    private static final String HOST = "bactrian.database.local.host";

    @TempDir Path dir;

    private Settings load(Path file, String key, String value) {
        return new SettingsLoader(dir, null, Map.of()).load(file, Map.of(key, value)).settings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db?allowLoadLocalInfileInPath=/",
                "db/other?sslMode=DISABLED",
                "db,elsewhere",
                "(host=db)",
                "address=(host=db)(port=1)",
                "key=value",
                "user:password@db",
                "db#",
                "db:3307",
                "2:x",
                "db&a=b",
                "db%2Celsewhere",
                "two words",
                "db\nelsewhere",
                "[db]",
                "[::1]:3307",
                "[::1",
                "[::1],db",
                "fe80::1%a/b",
                "${env:HOME}"
            })
    void aHostThatSaysMoreThanAHostIsRefused(String host) {
        assertThatThrownBy(() -> load(null, HOST, host))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo(HOST);
                            assertThat(e.getMessage()).contains("wanted a host name or address");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                "db-1.example.com",
                "my_db.",
                "größe.example",
                "10.0.0.1",
                "::1",
                "[::1]",
                "2001:db8::7",
                "fe80::1%eth0.7",
                "::ffff:10.0.0.1"
            })
    void aHostIsTakenAsItIs(String host) {
        assertThat(load(null, HOST, host).database("local").host()).isEqualTo(host);
    }

    @Test
    @Timeout(20)
    void aFileWithoutAnEndIsNoPassword() {
        assertThatThrownBy(() -> load(null, "bactrian.database.local.password-file", "/dev/zero"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/dev/zero")
                .hasMessageContaining("more than 4096 bytes");
    }

    @Test
    @Timeout(20)
    void aFileWithoutAnEndHoldsNoSettings() {
        assertThatThrownBy(() -> load(Path.of("/dev/zero"), "bactrian.threads", "2"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.object()).isEqualTo("/dev/zero"))
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void aPasswordThatComesThroughAPipeIsRead() throws Exception {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Thread writer =
                new Thread(
                        () -> {
                            try {
                                Files.writeString(pipe, "hunter2\n");
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        writer.start();
        Settings settings = load(null, "bactrian.database.local.password-file", pipe.toString());
        writer.join(Duration.ofSeconds(10).toMillis());
        assertThat(settings.database("local").password()).isEqualTo("hunter2");
    }
}
