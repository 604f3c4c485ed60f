package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySqlClientIT {

    private final MySqlPair pair = MySqlPair.shared();

    @Test
    void asksEachServer() {
        for (Server server : new Server[] {pair.source(), pair.target()}) {
            Run run = Run.of(MySqlClient.on(server, "-N", "-e", "SELECT 1"));

            assertThat(run).isEqualTo(new Run(0, "1\n"));
        }
    }

    @Test
    void runsAScriptInASchema(@TempDir Path folder) throws Exception {
        String schema = pair.createSchema("fx_client");
        Path script = folder.resolve("script.sql");
        Files.writeString(script, "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (1),\n(2);\n");

        Run run = Run.of(MySqlClient.on(pair.target(), schema).redirectInput(script.toFile()));

        assertThat(run).isEqualTo(new Run(0, ""));
        assertThat(MySqlPairIT.query(pair.target(), schema, "SELECT SUM(a) FROM t")).isEqualTo("3");
    }

    @Test
    void showsThePasswordInNoArgument() {
        ProcessBuilder client = MySqlClient.on(new Server("db", 3306, "root", "s3cret"), "shop");

        assertThat(client.command()).noneMatch(argument -> argument.contains("s3cret"));
        assertThat(client.environment()).containsEntry("MYSQL_PWD", "s3cret");
    }
}
