package io.bactrian.demo;

import static io.bactrian.demo.MySqlPairIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySqlServerIT {

    @Test
    void keepsCommittedRowsThroughKillAndRestart() {
        try (MySqlServer server = MySqlServer.launch()) {
            Server address = server.address();
            address.execute(
                    "",
                    "CREATE SCHEMA fx",
                    "CREATE TABLE fx.t (a INT)",
                    "INSERT INTO fx.t VALUES (7)");

            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(() -> address.connect("fx"))
                    .isInstanceOfSatisfying(
                            ConnectionException.class,
                            e ->
                                    assertThat(e.object())
                                            .isEqualTo("root@127.0.0.1:" + address.port()));

            server.start();
            assertThat(query(address, "fx", "SELECT a FROM t")).isEqualTo("7");

            server.restart();
            assertThat(query(address, "fx", "SELECT a FROM t")).isEqualTo("7");
        }
    }

    @Test
    void takesArgumentsOfItsOwnAndOthersAtARestart() {
        try (MySqlServer server = MySqlServer.launch("--local-infile=OFF")) {
            assertThat(query(server.address(), "", "SELECT @@local_infile")).isEqualTo("0");

            server.restartWith("--max-allowed-packet=1M");
            assertThat(
                            query(
                                    server.address(),
                                    "",
                                    "SELECT CONCAT_WS(' ', @@local_infile, @@max_allowed_packet)"))
                    .isEqualTo("1 1048576");
        }
    }

    @Test
    void leavesNoFileBehind(@TempDir Path folder) {
        try (MySqlServer server = MySqlServer.launchIn(folder)) {
            assertThat(server.data()).startsWith(folder).isDirectoryContaining("glob:**/mysql.ibd");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhyAServerDoesNotStart(@TempDir Path folder) {
        assertThatThrownBy(() -> MySqlServer.launchIn(folder, "--no-such-option"))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("unknown option '--no-such-option'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endsAServerWhoseOwnerIsGoneAndRemovesItsFolder(@TempDir Path folder) throws Exception {
        Process owner = new ProcessBuilder("true").start();
        owner.waitFor();
        Path stale = Files.createDirectory(folder.resolve("bactrian-mysql-" + owner.pid() + "-1"));
        Path own = Leftovers.newFolder(folder);
        Path other = Files.createDirectory(folder.resolve("bactrian-mysql-notes"));
        Process server = likeAServerIn(stale);
        Process ownServer = likeAServerIn(own);

        Leftovers.remove(folder);

        assertThat(stale).doesNotExist();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(own).exists();
        assertThat(other).exists();
        assertThat(ownServer.isAlive()).isTrue();
        ownServer.destroy();
    }

    /** A process that waits for input and has the command line of a server. */
    private static Process likeAServerIn(Path folder) throws IOException {
        return new ProcessBuilder(
                        "sh", "-c", "read line", "mysqld", "--datadir=" + folder + "/data")
                .start();
    }
}
