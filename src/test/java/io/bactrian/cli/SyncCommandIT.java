package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.config.SyncDirection;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.route.SyncManager;
import io.bactrian.route.SyncReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds as they are asked for at the command line and from Java. */
class SyncCommandIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20), version BIGINT UNSIGNED NOT NULL DEFAULT 1)";

    @TempDir Path dir;

    private Scene scene(String... tables) throws Exception {
        Scene scene = Scene.shared(dir);
        scene.inBoth(tables);
        Cli cli = scene.run("sync", "setup", "--yes");
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        return scene;
    }

    @Test
    void carriesBothWaysAndTellsWhat() throws Exception {
        try (Scene scene = scene(ITEM)) {
            scene.inSource("INSERT INTO item (id, name) VALUES (1, 'one'), (2, 'two')");
            scene.inTarget("INSERT INTO item (id, name) VALUES (3, 'three')");

            Cli cli = scene.run("sync", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            JsonNode json = cli.json();
            assertThat(json.path("command").asText()).isEqualTo("sync");
            assertThat(json.path("direction").asText()).isEqualTo("BIDIRECTIONAL");
            assertThat(json.path("strategy").asText()).isEqualTo("REMOTE_WINS");
            assertThat(json.path("records_synced").asInt()).isEqualTo(3);
            assertThat(json.path("local_to_remote").toString())
                    .isEqualTo("{\"inserted\":2,\"updated\":0,\"deleted\":0}");
            assertThat(json.path("remote_to_local").toString())
                    .isEqualTo("{\"inserted\":1,\"updated\":0,\"deleted\":0}");
            assertThat(json.path("conflicts").asInt(-1)).isZero();
            assertThat(json.path("errors").asInt(-1)).isZero();
            assertThat(json.path("pending").asInt(-1)).isZero();
            assertThat(json.path("converged").asBoolean()).isTrue();
            assertThat(json.path("tables").findValuesAsText("table")).containsExactly("item");
            assertThat(scene.lastRun().path("rows").asInt()).isEqualTo(3);
            scene.requireEqual();

            assertThat(scene.run("sync", "--json", "--yes").json().path("records_synced").asInt())
                    .isZero();
        }
    }

    @Test
    void oneWayKeepsTheOthersChanges() throws Exception {
        try (Scene scene = scene(ITEM)) {
            scene.inSource("INSERT INTO item (id, name) VALUES (1, 'mine')");
            scene.inTarget("INSERT INTO item (id, name) VALUES (2, 'theirs')");

            Cli cli = scene.run("sync", "--direction", "local_to_remote", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(cli.json().path("pending").asInt()).isEqualTo(1);
            assertThat(cli.json().path("converged").asBoolean()).isFalse();
            assertThat(scene.fromSource("SELECT GROUP_CONCAT(id) FROM item")).isEqualTo("1");
            assertThat(scene.run("sync", "--yes").code()).isZero();
            scene.requireEqual();
        }
    }

    @Test
    void exitsWithThreeWhileAConflictWaits() throws Exception {
        try (Scene scene = scene(ITEM)) {
            scene.inSource("INSERT INTO item (id, name) VALUES (1, 'base')");
            assertThat(scene.run("sync", "--yes").code()).isZero();
            scene.inSource("UPDATE item SET name = 'mine'");
            scene.inTarget("UPDATE item SET name = 'theirs'");

            Cli cli = scene.run("sync", "--strategy", "manual", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isEqualTo(3);
            assertThat(cli.json().path("result").asText()).isEqualTo("different");
            assertThat(cli.json().path("conflicts").asInt()).isEqualTo(1);
            assertThat(scene.fromSource("SELECT name FROM item")).isEqualTo("mine");
            JsonNode listed = scene.run("conflicts", "list", "--json").json().path("conflicts");
            String id = listed.get(0).path("id").asText();
            assertThat(scene.run("conflicts", "resolve", id, "--keep", "local", "--yes").code())
                    .isZero();
            assertThat(scene.fromTarget("SELECT name, version FROM item")).isEqualTo("mine\t3");
            scene.requireEqual();
            assertThat(scene.run("sync", "--yes").code()).isZero();
        }
    }

    @Test
    void whatOneTableCannotTakeStopsNoOther() throws Exception {
        try (Scene scene = scene(ITEM, "CREATE TABLE other (id INT PRIMARY KEY, n INT)")) {
            scene.inTarget(
                    "CREATE TRIGGER no_seven BEFORE INSERT ON item FOR EACH ROW"
                            + " BEGIN IF NEW.id = 7 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no seven here'; END IF; END");
            scene.inSource(
                    "INSERT INTO item (id, name) VALUES (6, 'six'), (7, 'seven'), (8, 'eight')",
                    "INSERT INTO other VALUES (1, 1)");

            Cli cli = scene.run("sync", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isEqualTo(1);
            assertThat(cli.json().path("result").asText()).isEqualTo("failed");
            assertThat(cli.json().path("errors").asInt()).isEqualTo(1);
            assertThat(cli.json().path("converged").asBoolean()).isFalse();
            assertThat(scene.fromTarget("SELECT GROUP_CONCAT(id ORDER BY id) FROM item"))
                    .isEqualTo("6,8");
            assertThat(scene.fromTarget("SELECT id FROM other")).isEqualTo("1");
            JsonNode rows = scene.run("dead-letters", "list", "--json").json().path("rows");
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).path("record_id").asText()).isEqualTo("7");
            assertThat(rows.get(0).path("side").asText()).isEqualTo("local");
            assertThat(rows.get(0).path("reason").asText()).contains("no seven here");

            scene.inTarget("DROP TRIGGER no_seven");
            Cli retry = scene.run("dead-letters", "retry", "--json", "--yes");

            assertThat(retry.code()).as(retry.out() + retry.err()).isZero();
            assertThat(retry.json().path("retried").asInt()).isEqualTo(1);
            scene.requireEqual();
            assertThat(scene.run("dead-letters", "list").out()).startsWith("no dead letters");
        }
    }

    @Test
    void refusesWhatIsNotSetUpAndWhatIsBusy() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);
            Cli cli = scene.run("sync", "--json", "--yes");
            assertThat(Scene.failure(cli, Kind.CONFIGURATION).path("hint").asText())
                    .contains("bactrian sync setup");
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();

            try (Connection c = scene.target().connect(scene.schema());
                    Statement s = c.createStatement()) {
                s.execute("DO GET_LOCK('bactrian." + scene.schema() + "', 0)");
                Cli busy = scene.run("sync", "--json", "--yes");
                assertThat(Scene.failure(busy, Kind.DATA).path("message").asText())
                        .contains("another run is at work");
            }
            assertThat(scene.run("sync", "--yes").code()).isZero();
        }
    }

    @Test
    void goesOnUntilItIsInterrupted() throws Exception {
        try (Scene scene = scene(ITEM)) {
            try (Child child = scene.start("sync", "--every", "1", "--json", "--yes")) {
                scene.inSource("INSERT INTO item (id, name) VALUES (1, 'one')");
                Scene.await(
                        "the row is there",
                        () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("1"));
                scene.inTarget("INSERT INTO item (id, name) VALUES (2, 'two')");
                Scene.await(
                        "the other row is there",
                        () -> scene.fromSource("SELECT COUNT(*) FROM item").equals("2"));
                child.signal("INT");

                Cli cli = child.end(30);

                assertThat(cli.json().path("result").asText()).as(cli.toString()).isEqualTo("ok");
                assertThat(cli.json().path("records_synced").asInt()).isEqualTo(2);
                assertThat(cli.json().path("converged").asBoolean()).isTrue();
                assertThat(scene.lastRun().path("result").asText()).isEqualTo("ok");
            }
            scene.requireEqual();
        }
    }

    @Test
    void waitsForADatabaseThatIsAway() throws Exception {
        try (Scene scene = scene(ITEM)) {
            String user = scene.schema() + "_away";
            scene.target()
                    .execute(
                            "",
                            "CREATE USER " + user + " IDENTIFIED BY 'a' ACCOUNT LOCK",
                            "GRANT ALL ON *.* TO " + user);
            scene.database("to", scene.target(), user, "a");
            scene.inSource("INSERT INTO item (id, name) VALUES (1, 'one')");
            long refused = Scene.raised(scene.target(), 3118);
            try (Child child = scene.start("sync", "--every", "1", "--yes")) {
                Scene.await(
                        "a warning", () -> child.text(child.err()).contains("the next will try"));
                Scene.await(
                        "three more rounds have failed",
                        () -> Scene.raised(scene.target(), 3118) > refused + 3);
                scene.target().execute("", "ALTER USER " + user + " ACCOUNT UNLOCK");
                Scene.await(
                        "the row is there",
                        () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("1"));
                child.signal("TERM");
                Cli cli = child.end(30);
                assertThat(cli.out()).contains("1 rows synced");
                assertThat(cli.err().lines().filter(l -> l.contains("the next will try")))
                        .as(cli.err())
                        .hasSize(1);
            } finally {
                scene.target().execute("", "DROP USER " + user);
            }
        }
    }

    @Test
    void isCalledFromJava() throws Exception {
        try (Scene scene = scene(ITEM);
                SyncManager sync = SyncManager.open(settings())) {
            scene.inSource("INSERT INTO item (id, name) VALUES (1, 'one')");
            scene.inTarget("INSERT INTO item (id, name) VALUES (2, 'two')");
            SyncReport oneWay = sync.synchronize(SyncDirection.REMOTE_TO_LOCAL);
            assertThat(oneWay.remoteToLocal().inserted()).isEqualTo(1);
            assertThat(oneWay.localToRemote().inserted()).isZero();
            assertThat(sync.synchronize(SyncDirection.BIDIRECTIONAL).converged()).isTrue();

            List<SyncReport> reports = new CopyOnWriteArrayList<>();
            sync.startAutoSync(Duration.ofMillis(50), reports::add, e -> {});
            scene.inSource("INSERT INTO item (id, name) VALUES (3, 'three')");
            Scene.await(
                    "the row is there",
                    () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("3"));
            sync.stopAutoSync();
            int rounds = reports.size();
            scene.inSource("INSERT INTO item (id, name) VALUES (4, 'four')");
            Thread.sleep(300);
            assertThat(reports).hasSize(rounds);
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM item")).isEqualTo("3");
            scene.inBoth("DROP TABLE sync_log");
            assertThatThrownBy(() -> sync.synchronize(SyncDirection.BIDIRECTIONAL))
                    .hasMessageContaining("not set up");
        }
    }

    /** Those of the last command. */
    private Settings settings() {
        return new SettingsLoader(null, null, Map.of())
                .load(dir.resolve("test.properties"), Map.of())
                .settings();
    }
}
