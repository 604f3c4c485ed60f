package io.bactrian.cli;

import static io.bactrian.cli.Scene.failure;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

/**
 * A target, or a folder for backups or logs, without room; on a small file system where one may be
 * mounted.
 */
class DiskFullIT {
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

    private static final String[] LARGE = {
        "CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200), KEY (t))",
        "SET SESSION cte_max_recursion_depth = 100000",
        "INSERT INTO a (t) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 80000)"
                + " SELECT REPEAT(SHA2(i, 256), 3) FROM n",
        "ANALYZE TABLE a"
    };

    /** With its binary log on the same disk the server itself would wait for room, for ever. */
    private MySqlServer targetOnDisk() {
        return TestServers.launchIn(disk.path(), "--skip-log-bin");
    }

    private Scene to(MySqlServer target) {
        return Scene.on(dir, MySqlPair.shared().source(), target.address())
                .with("bactrian.chunk-bytes", "1M")
                .with("bactrian.threads", "2");
    }

    @Test
    void aStructureThatHasNoRoomToBeBuiltIsAsItWas() throws Exception {
        try (MySqlServer target = targetOnDisk();
                Scene scene = to(target)) {
            scene.inBoth(LARGE);
            scene.inSource(
                    "ALTER TABLE a MODIFY t VARCHAR(250) CHARACTER SET utf16, ADD n BIGINT NOT NULL DEFAULT 7 FIRST");
            String before =
                    scene.fromTarget("SHOW CREATE TABLE a") + scene.fromTarget("CHECKSUM TABLE a");
            Path ballast = disk.fill(8 << 20);

            JsonNode error = failure(scene.run("structure", "--yes", "--json"), Kind.STRUCTURE);
            assertThat(error.path("object").asText()).contains("a");
            assertThat(error.path("hint").asText()).contains("make room on the target's disk");
            assertThat(
                            scene.fromTarget("SHOW CREATE TABLE a")
                                    + scene.fromTarget("CHECKSUM TABLE a"))
                    .isEqualTo(before);

            Files.delete(ballast);
            Cli again = scene.run("structure", "--yes", "--json");
            assertThat(again.code()).as(again.toString()).isZero();
            assertThat(scene.run("analyze").code()).isZero();
        }
    }

    /** Where indexes are sorted; the tables have all the room they want. */
    @Test
    void aFullFolderForTemporaryFilesIsTold() throws Exception {
        try (MySqlServer target =
                        TestServers.launchIn(
                                Path.of(System.getProperty("java.io.tmpdir")),
                                "--tmpdir=" + disk.path());
                Scene scene = to(target)) {
            scene.inSource(LARGE);
            Path ballast = disk.fill(2 << 20);
            String[] keep = {"replicate", "--on-failure", "keep", "--yes", "--json"};
            JsonNode failed = scene.run(keep).json().path("error");
            assertThat(failed.path("hint").asText()).as(failed.toString()).contains("make room");

            Files.delete(ballast);
            Cli again = scene.run("replicate", "--yes", "--json");
            assertThat(again.code()).as(again.toString()).isZero();
            scene.requireEqual();

            disk.fill(2 << 20);
            scene.inSource("ALTER TABLE a ADD KEY u (t, id)");
            JsonNode error = failure(scene.run("structure", "--yes", "--json"), Kind.STRUCTURE);
            assertThat(error.path("hint").asText()).as(error.toString()).contains("make room");
        }
    }

    @Test
    void aRestoreWithoutRoomTellsTheWayBackAndGoesOnOnceThereIs() throws Exception {
        try (MySqlServer target = targetOnDisk();
                Scene scene = to(target)) {
            scene.inSource(LARGE);
            scene.inTarget("CREATE TABLE a (id INT PRIMARY KEY)", "INSERT INTO a VALUES (7)");
            String id =
                    scene.run("backup", "create", "from", "--json")
                            .json()
                            .path("backup_id")
                            .asText();
            Path ballast = disk.fill(12 << 20);

            String[] restore = {"restore", id, "--into", "to", "--yes", "--json"};
            JsonNode error = failure(scene.run(restore), Kind.DATA);
            assertThat(error.path("message").asText()).contains("left half changed");
            assertThat(error.path("hint").asText())
                    .contains("make room on the disk of to", "--drop-extra` puts it back");

            Files.delete(ballast);
            Cli resumed = scene.run("restore", id, "--into", "to", "--resume", "--yes", "--json");
            assertThat(resumed.code()).as(resumed.toString()).isZero();
            scene.requireEqual();
        }
    }

    @Test
    void aTargetWithoutRoomFailsTheRunWhichGoesOnOnceThereIs() throws Exception {
        try (MySqlServer target = targetOnDisk();
                Scene scene = to(target)) {
            scene.inSource(LARGE);
            Path ballast = disk.fill(12 << 20);

            String[] keep = {"replicate", "--on-failure", "keep", "--yes", "--json"};
            JsonNode error = failure(scene.run(keep), Kind.DATA);
            assertThat(error.path("object").asText()).isEqualTo("a");
            assertThat(error.path("hint").asText()).contains("make room on the disk of to");
            assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
            assertThat(scene.run("verify").code()).isEqualTo(3);

            Files.delete(ballast);
            Cli resumed = scene.run("replicate", "--resume", "--yes", "--json");
            assertThat(resumed.code()).as(resumed.err()).isZero();
            scene.requireEqual();
        }
    }

    /** Its text is twice as large as in the server, so that no estimate foresees all of it. */
    private static final String[] BINARY = {
        "CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, b VARBINARY(1000))",
        "SET SESSION cte_max_recursion_depth = 100000",
        "INSERT INTO a (b) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                + " SELECT RANDOM_BYTES(1000) FROM n",
        "ANALYZE TABLE a"
    };

    private Scene savingOnDisk() {
        return Scene.shared(dir)
                .with("bactrian.backup.dir", disk.path().resolve("backups").toString())
                .with("bactrian.backup.compression", "none")
                .with("bactrian.chunk-bytes", "1M");
    }

    @Test
    void aBackupThatHasNoRoomIsNotBegun() throws Exception {
        try (Scene scene = savingOnDisk()) {
            scene.inSource(BINARY);
            disk.fill(4 << 20);
            JsonNode error = failure(scene.run("backup", "create", "from", "--json"), Kind.BACKUP);

            assertThat(error.path("object").asText())
                    .isEqualTo(disk.path().resolve("backups").toString());
            assertThat(error.path("message").asText()).contains("has room for", "will need about");
            assertThat(scene.run("backup", "list", "--json").json().path("backups")).isEmpty();
        }
    }

    @Test
    void aBackupThatFillsTheDiskIsNeverTakenForOne() throws Exception {
        try (Scene scene = savingOnDisk()) {
            scene.inSource(BINARY);
            scene.inTarget(BINARY);
            Path ballast = disk.fill(17 << 20);
            String before = scene.fromTarget("CHECKSUM TABLE a");

            JsonNode error = failure(scene.run("replicate", "--yes", "--json"), Kind.BACKUP);
            assertThat(error.path("object").asText()).contains("backups");
            assertThat(error.path("message").asText()).contains("cannot be written");
            assertThat(scene.fromTarget("CHECKSUM TABLE a")).isEqualTo(before);
            assertThat(scene.fromTarget("SHOW TABLES")).isEqualTo("a");
            assertThat(scene.run("backup", "list", "--json").json().path("backups")).isEmpty();

            Files.delete(ballast);
            Cli again = scene.run("replicate", "--yes", "--json");
            assertThat(again.code()).as(again.err()).isZero();
            String saved = again.json().path("backup_id").asText();
            assertThat(scene.run("backup", "verify", saved).code()).isZero();
        }
    }

    @Test
    void aFullDiskUnderTheLogsIsTold() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inSource("CREATE TABLE a (id INT PRIMARY KEY)");
            disk.fill(0);
            JsonNode error =
                    failure(
                            scene.with("bactrian.log.dir", disk.path().resolve("logs").toString())
                                    .run("replicate", "--yes", "--json"),
                            Kind.CONFIGURATION);
            assertThat(error.path("object").asText()).isEqualTo("bactrian.log.dir");
            assertThat(scene.fromTarget("SHOW TABLES")).isEmpty();
        }
    }
}
