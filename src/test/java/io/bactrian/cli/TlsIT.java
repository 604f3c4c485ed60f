package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.ReplicationException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers is who is meant: certificates of a CA of the test's own, and of another. */
class TlsIT {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir static Path keys;
    private static MySqlServer server;

    @TempDir Path dir;
    private Scene scene;

    @BeforeAll
    static void certify() throws Exception {
        for (String ca : List.of("right", "wrong")) {
            keytool("-genkeypair", "-alias", ca, "-dname", "CN=" + ca + " CA", "-ext", "bc:c");
            keytool("-exportcert", "-alias", ca, "-rfc", "-file", ca + ".pem");
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    ca,
                    "-file",
                    ca + ".pem",
                    "-keystore",
                    ca + ".p12");
        }
        keytool("-genkeypair", "-alias", "server", "-dname", "CN=db");
        keytool("-certreq", "-alias", "server", "-file", "server.csr");
        keytool(
                "-gencert",
                "-alias",
                "right",
                "-infile",
                "server.csr",
                "-rfc",
                "-outfile",
                "server.pem",
                "-ext",
                "san=dns:localhost");
        Files.writeString(keys.resolve("key.pem"), privateKey());
        server =
                MySqlServer.launch(
                        "--ssl-ca=" + keys.resolve("right.pem"),
                        "--ssl-cert=" + keys.resolve("server.pem"),
                        "--ssl-key=" + keys.resolve("key.pem"),
                        "--require-secure-transport=OFF");
    }

    private static String privateKey() throws Exception {
        var store =
                java.security.KeyStore.getInstance(
                        keys.resolve("all.p12").toFile(), "secret".toCharArray());
        byte[] key = store.getKey("server", "secret".toCharArray()).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(words));
        if (!command.contains("-keystore")) {
            command.addAll(List.of("-keystore", "all.p12"));
        }
        command.addAll(List.of("-storepass", "secret"));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048"));
        }
        Process process =
                new ProcessBuilder(command)
                        .directory(keys.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeSchemas() {
        scene = Scene.on(dir, MySqlPair.shared().source(), server.address());
        scene.inBoth("CREATE TABLE t (id INT PRIMARY KEY)");
        scene.inSource("INSERT INTO t VALUES (1)");
    }

    @AfterEach
    void clean() {
        System.clearProperty(STORE);
        System.clearProperty(PASSWORD);
        scene.close();
    }

    private Cli replicate(String tls, String ca, String host) throws IOException {
        System.setProperty(STORE, keys.resolve(ca + ".p12").toString());
        System.setProperty(PASSWORD, "secret");
        scene.with("bactrian.database.to.tls", tls).with("bactrian.database.to.host", host);
        return scene.run("replicate", "--yes", "--json");
    }

    @ParameterizedTest
    @CsvSource({
        "verify-ca,right,127.0.0.1",
        "verify-ca,right,localhost",
        "verify-identity,right,localhost",
        "required,wrong,127.0.0.1",
        "preferred,wrong,127.0.0.1",
        "disabled,wrong,127.0.0.1"
    })
    void whoIsMeantIsTakenFor(String tls, String ca, String host) throws IOException {
        Cli cli = replicate(tls, ca, host);

        assertThat(cli.code()).as(cli.toString()).isZero();
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "verify-ca,wrong,127.0.0.1",
        "verify-identity,wrong,localhost",
        "verify-identity,right,127.0.0.1"
    })
    void anotherIsRefusedAtOnce(String tls, String ca, String host) throws IOException {
        JsonNode error = failure(replicate(tls, ca, host), Kind.CONNECTION);

        assertThat(error.path("object").asText()).isEqualTo("to");
        assertThat(error.path("message").asText()).contains("certificate");
        assertThat(error.path("hint").asText())
                .contains("bactrian.database.to.tls", "javax.net.ssl.trustStore");
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM t")).isEqualTo("0");
    }

    @Test
    void theSessionIsEncrypted() throws IOException {
        server.address().execute("", "SET GLOBAL require_secure_transport = ON");
        try {
            assertThat(replicate("verify-identity", "right", "localhost").code()).isZero();
            JsonNode error = failure(replicate("disabled", "right", "localhost"), Kind.CONNECTION);
            assertThat(error.path("message").asText()).contains("require_secure_transport=ON");
            assertThat(error.path("hint").asText()).contains("bactrian.database.to.tls");
        } finally {
            // an account of the test's own would be refused now too
            try (var tls =
                            java.sql.DriverManager.getConnection(
                                    "jdbc:mysql://localhost:"
                                            + server.address().port()
                                            + "/?sslMode=REQUIRED&user=root");
                    var statement = tls.createStatement()) {
                statement.execute("SET GLOBAL require_secure_transport = OFF");
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
