package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A selftest on a pair of one's own. */
class SelftestIT {
    private static final String ALL =
            "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables WHERE table_schema = DATABASE()";
    private static final String ITEM = "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))";

    @TempDir Path dir;

    private static List<String> failed(Cli cli) throws Exception {
        JsonNode steps = cli.json().path("steps");
        return steps.findParents("ok").stream()
                .filter(s -> !s.path("ok").asBoolean())
                .map(JsonNode::toString)
                .toList();
    }

    @Test
    void leavesAPairThatDoesNotSyncAsItWas() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);

            Cli cli = scene.run("selftest", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(failed(cli)).isEmpty();
            assertThat(cli.json().path("steps")).hasSizeGreaterThanOrEqualTo(18);
            assertThat(scene.fromSource(ALL)).isEqualTo("item");
            assertThat(scene.fromTarget(ALL)).isEqualTo("item");
        }
    }

    @Test
    void doesNotTouchAPairInUse() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);
            assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
            scene.inSource("INSERT INTO item VALUES (1, 'waits')");
            String log = "SELECT id, table_name, sync_status FROM sync_log";
            String notes = "SELECT GROUP_CONCAT(key_name) FROM sync_metadata";
            String before = scene.fromSource(log);
            String notesBefore = scene.fromTarget(notes);

            Cli cli = scene.run("selftest", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(scene.fromSource(log)).isEqualTo(before).contains("PENDING");
            assertThat(scene.fromTarget(notes)).isEqualTo(notesBefore);
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM item")).isEqualTo("0");
            assertThat(scene.fromTarget("SELECT COUNT(*) FROM sync_conflicts")).isEqualTo("0");
            assertThat(scene.run("sync", "--yes").code()).isZero();
            assertThat(scene.fromTarget("SELECT name FROM item")).isEqualTo("waits");
        }
    }

    @Test
    void takesAwayWhatOneThatWasCutOffLeft() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);
            Child child = scene.start("selftest", "--yes");
            Scene.await(
                    "the table is synced",
                    () ->
                            scene.fromTarget(ALL).contains("bactrian_selftest_item")
                                    && scene.fromTarget(ALL).contains("sync_log"));
            child.signal("KILL");
            child.process().waitFor();
            assertThat(scene.fromTarget(ALL)).contains("bactrian_selftest_item", "sync_log");

            Cli cli = scene.run("selftest", "--setup", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(scene.fromSource(ALL)).isEqualTo("item");
            assertThat(scene.fromTarget(ALL)).isEqualTo("item");
        }
    }

    @Test
    void refusesToRunBesideAnother() throws Exception {
        try (Scene scene = Scene.shared(dir);
                Connection first = scene.target().connect("");
                Statement s = first.createStatement()) {
            s.execute("DO GET_LOCK('bactrian.selftest/" + scene.schema() + "', 0)");

            JsonNode error = Scene.failure(scene.run("selftest", "--json", "--yes"), Kind.DATA);

            assertThat(error.path("message").asText())
                    .contains("another selftest is at work on " + scene.schema());
            assertThat(scene.fromSource(ALL)).isEqualTo("null");
        }
    }

    @Test
    void saysWhatFails() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inTarget(
                    "CREATE TABLE sync_log (id INT PRIMARY KEY)",
                    "CREATE TABLE sync_conflicts (id INT PRIMARY KEY)");

            Cli cli = scene.run("selftest", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isEqualTo(1);
            assertThat(failed(cli)).as(cli.out() + cli.err()).isNotEmpty();
            assertThat(cli.json().path("error").path("message").asText()).contains("failed");
        }
    }
}
