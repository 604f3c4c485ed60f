package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.TestServers;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sync where a server, or the program's logs, have no room. */
@Timeout(300)
class SyncDiskFullIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY AUTO_INCREMENT, n INT NOT NULL DEFAULT 0, t CHAR(200) NOT NULL DEFAULT '')";
    private static final String DEEP = "SET SESSION cte_max_recursion_depth = 100000";
    private static final String WAITING =
            "SELECT IFNULL(SUM(sync_status = 'PENDING') > 0, 0), IFNULL(SUM(sync_status = 'ERROR'), 0) FROM sync_log";

    @TempDir Path dir;
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(dir);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private static String rows(int count) {
        return "INSERT INTO item (t) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < "
                + count
                + ") SELECT REPEAT(SHA2(i, 256), 3) FROM n";
    }

    private void convergesNow(Scene scene) throws Exception {
        Cli next = scene.run("sync", "--yes", "--json");
        assertThat(next.code()).as(next.toString()).isZero();
        assertThat(next.json().path("converged").asBoolean()).as(next.toString()).isTrue();
        assertThat(next.json().path("conflicts").asInt()).isZero();
        scene.requireEqual();
    }

    @Test
    void aSideWithoutRoomIsToldAndTakesTheRestOnceThereIs() throws Exception {
        // with its binary log on the same disk the server itself would wait for room, for ever
        try (MySqlServer remote = TestServers.launchIn(disk.path(), "--skip-log-bin");
                Scene scene = Scene.on(dir, MySqlPair.shared().source(), remote.address())) {
            scene.inBoth(ITEM);
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            scene.inSource(DEEP, rows(40_000));
            Path ballast = disk.fill(8 << 20);

            Cli full = scene.run("sync", "--yes", "--json");

            assertThat(full.code()).as(full.toString()).isEqualTo(1);
            // some servers die of it
            assertThat(full.out() + full.err())
                    .containsAnyOf("make room on the disk of to", "\"CONNECTION\"");
            // no row was refused: all of them wait
            assertThat(scene.fromSource(WAITING)).isEqualTo("1\t0");
            Files.delete(ballast);
            // one that dies may still answer
            remote.restart();
            convergesNow(scene);
        }
    }

    /** MySQL does that by itself, and leaves no such error to a trigger's handler. */
    @Test
    void aWriteThatTheLogHasNoRoomForIsRefusedAndNoChangeIsMissed() throws Exception {
        try (MySqlServer local = TestServers.launchIn(disk.path(), "--skip-log-bin");
                Scene scene = Scene.on(dir, local.address(), MySqlPair.shared().target())) {
            scene.inBoth(ITEM);
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            scene.inSource(DEEP, rows(20_000));
            assertThat(scene.run("sync", "--yes").code()).isZero();
            Path ballast = disk.fill(0);
            // in place: the rows need no more room, the log does; some servers die of it
            assertThatThrownBy(() -> scene.inSource("UPDATE item SET n = n + 1"))
                    .message()
                    .containsAnyOf("The table 'sync_log' is full", "Communications link failure");
            Files.delete(ballast);
            // one that dies may still answer
            local.restart();
            assertThat(scene.fromSource("SELECT COUNT(*) FROM item WHERE n = 1")).isEqualTo("0");
            scene.inSource("UPDATE item SET n = n + 1 WHERE id <= 1000");

            convergesNow(scene);
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM item WHERE n = 1")).isEqualTo("1000");
        }
    }

    /** Both servers leave that error to a trigger's handler. */
    @Test
    void aDeleteWhoseCascadeThereIsNoRoomToReadIsRefused() throws Exception {
        Path innodb = Files.createDirectory(disk.path().resolve("innodb"));
        String[] temporaryOnDisk = {
            "--tmpdir=" + disk.path(),
            "--loose-innodb-temp-tablespaces-dir=" + innodb,
            "--tmp-table-size=1M",
            // which would have no room either
            "--skip-log-bin"
        };
        Path data = Path.of(System.getProperty("java.io.tmpdir"));
        try (MySqlServer local = TestServers.launchIn(data, temporaryOnDisk);
                Scene scene = Scene.on(dir, local.address(), MySqlPair.shared().target())) {
            scene.inBoth(
                    "CREATE TABLE node (id VARCHAR(200) PRIMARY KEY, parent VARCHAR(200),"
                            + " FOREIGN KEY (parent) REFERENCES node (id) ON DELETE CASCADE)");
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            scene.inSource(
                    DEEP,
                    "INSERT INTO node VALUES ('top', NULL)",
                    "INSERT INTO node WITH RECURSIVE n AS (SELECT 2 i UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                            + " SELECT LPAD(i, 200, 'x'), 'top' FROM n");
            assertThat(scene.run("sync", "--yes").code()).isZero();
            Path ballast = disk.fill(0);
            String delete = "DELETE FROM node WHERE id = 'top'";

            assertThatThrownBy(() -> scene.inSource(delete)).hasMessageContaining("full");

            Files.delete(ballast);
            assertThat(scene.fromSource("SELECT COUNT(*) FROM node")).isEqualTo("10000");
            scene.inSource(delete);
            convergesNow(scene);
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM node")).isEqualTo("0");
        }
    }

    @Test
    void aFullDiskUnderTheLogsIsToldBeforeARowIsCarried() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            scene.inSource(rows(10));
            Path ballast = disk.fill(0);
            String logs = dir.resolve("logs").toString();
            scene.with("bactrian.log.dir", disk.path().resolve("logs").toString());

            JsonNode error =
                    Scene.failure(scene.run("sync", "--yes", "--json"), Kind.CONFIGURATION);

            assertThat(error.path("object").asText()).isEqualTo("bactrian.log.dir");
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM item")).isEqualTo("0");
            scene.with("bactrian.log.dir", logs);
            Files.delete(ballast);
            convergesNow(scene);
        }
    }
}
