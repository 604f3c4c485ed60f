package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conflicts of two tables, one kept in each database, at the command line. */
class ConflictsOfBothSidesIT {
    @TempDir Path dir;

    private Scene scene;

    @BeforeEach
    void disputeTwoRows() throws Exception {
        scene = Scene.shared(dir).with("bactrian.sync.table.item.strategy", "MANUAL");
        for (String table : List.of("item", "other")) {
            scene.inBoth(
                    "CREATE TABLE "
                            + table
                            + " (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(8,2), version BIGINT UNSIGNED NOT NULL DEFAULT 1)");
        }
        ok(scene.run("sync", "setup", "--yes"));
        scene.inSource(
                "INSERT INTO item (id, name, price) VALUES (1, 'one', 1.50), (2, 'two', 2)",
                "INSERT INTO other (id, name) VALUES (1, 'one')");
        ok(scene.run("sync", "--yes"));
        scene.inSource("UPDATE item SET name = 'mine'", "UPDATE other SET name = 'mine'");
        scene.inTarget(
                "UPDATE item SET price = 9.90 WHERE id = 1",
                "DELETE FROM item WHERE id = 2",
                "UPDATE other SET name = 'theirs'");
        Cli cli = scene.run("sync", "--yes");
        assertThat(cli.code()).as(cli.out() + cli.err()).isEqualTo(3);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static Cli ok(Cli cli) {
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        return cli;
    }

    private long waiting(String record) {
        return Long.parseLong(
                scene.fromTarget(
                        "SELECT id FROM sync_conflicts WHERE table_name = 'item' AND record_id = "
                                + record));
    }

    @Test
    void listsThoseOfBothDatabases() throws Exception {
        JsonNode conflicts = ok(scene.run("conflicts", "list", "--json")).json().path("conflicts");
        assertThat(conflicts.findValuesAsText("table_name"))
                .containsExactlyInAnyOrder("item", "item", "other");
        for (JsonNode conflict : conflicts) {
            boolean waits = conflict.path("table_name").asText().equals("item");
            assertThat(conflict.path("side").asText()).isEqualTo(waits ? "remote" : "local");
            assertThat(conflict.path("id").asLong() % 2).isEqualTo(waits ? 0 : 1);
            assertThat(conflict.path("resolution_strategy").asText())
                    .isEqualTo(waits ? "MANUAL" : "REMOTE_WINS");
            assertThat(conflict.path("resolution").isNull()).isEqualTo(waits);
            assertThat(conflict.path("resolved_at").isNull()).isEqualTo(waits);
            assertThat(conflict.path("detected_at").asText()).isNotBlank();
        }
        Cli shown = ok(scene.run("conflicts", "show", "" + waiting("1"), "--json"));
        // numbers keep their digits
        assertThat(shown.out().replaceAll("\\s", ""))
                .contains("\"base_data\":{\"id\":1,\"name\":\"one\",\"price\":1.50,\"version\":1}")
                .contains("\"price\":9.90");
        JsonNode first = shown.json().path("conflict");
        assertThat(first.path("conflict_type").asText()).isEqualTo("UPDATE_UPDATE");
        assertThat(first.path("record_id").asText()).isEqualTo("1");
        assertThat(first.path("local_data").path("name").asText()).isEqualTo("mine");
        assertThat(first.path("local_version").asInt()).isEqualTo(2);
        assertThat(first.path("remote_version").asInt()).isEqualTo(2);

        assertThat(
                        ok(scene.run("conflicts", "list", "--waiting", "--json"))
                                .json()
                                .path("conflicts"))
                .hasSize(2);
        // the newest of all tables is not of the one that is asked for
        assertThat(
                        ok(scene.run(
                                        "conflicts",
                                        "list",
                                        "--tables",
                                        "other",
                                        "--limit",
                                        "1",
                                        "--json"))
                                .json()
                                .path("conflicts")
                                .findValuesAsText("table_name"))
                .containsExactly("other");
        assertThat(ok(scene.run("conflicts", "list", "--limit", "1")).out())
                .contains("--limit shows more");
        assertThat(ok(scene.run("conflicts", "list", "--tables", "none")).out())
                .contains("no conflicts");
    }

    @Test
    void resolvesAndBringsTheRowToBoth() throws Exception {
        Cli cli =
                ok(
                        scene.run(
                                "conflicts",
                                "resolve",
                                "" + waiting("1"),
                                "--with",
                                "{\"name\": \"both\", \"price\": 5.50}",
                                "--yes",
                                "--json"));
        assertThat(cli.json().path("result").asText()).isEqualTo("ok");
        assertThat(cli.json().path("resolution").asText()).isEqualTo("MERGED");
        assertThat(
                        ok(scene.run(
                                        "conflicts",
                                        "resolve",
                                        "" + waiting("2"),
                                        "--keep",
                                        "local",
                                        "--yes"))
                                .out())
                .contains("is resolved to LOCAL");
        String rows = "SELECT id, name, price, version FROM item ORDER BY id";
        assertThat(scene.fromSource(rows)).isEqualTo("1\tboth\t5.50\t3\n2\tmine\t2.00\t3");
        scene.requireEqual();
        assertThat(ok(scene.run("conflicts", "list", "--waiting")).out()).contains("no conflicts");
        assertThat(ok(scene.run("sync", "--yes", "--json")).json().path("converged").asBoolean())
                .isTrue();

        String id = "" + waiting("1");
        assertThat(
                        Scene.failure(
                                        scene.run(
                                                "conflicts",
                                                "resolve",
                                                id,
                                                "--keep",
                                                "local",
                                                "--yes",
                                                "--json"),
                                        Kind.CONFIGURATION)
                                .path("hint")
                                .asText())
                .contains("--again");
        ok(scene.run("conflicts", "resolve", id, "--keep", "local", "--again", "--yes"));
        assertThat(scene.fromTarget(rows)).isEqualTo("1\tmine\t1.50\t4\n2\tmine\t2.00\t3");
        scene.requireEqual();
    }

    @Test
    void refusesWhatIsNoDecision() throws Exception {
        String id = "" + waiting("1");
        for (String[] wrong :
                new String[][] {
                    {"conflicts", "resolve", id},
                    {"conflicts", "resolve", id, "--keep", "local", "--with", "{}"},
                    {"conflicts", "resolve", id, "--with", "{\"name\": "},
                    {"conflicts", "resolve", id, "--with", "{} {}"},
                    {"conflicts", "resolve", id, "--with", "[1]"},
                    {"conflicts", "resolve", id, "--with", "{\"id\": 9}"},
                    {"conflicts", "resolve", "4711", "--keep", "local"},
                    {"conflicts", "show", "4711"},
                    {"conflicts", "list", "--limit", "0"},
                }) {
            Scene.failure(scene.run(json(wrong)), Kind.CONFIGURATION);
        }
        for (String[] wrong :
                new String[][] {
                    {"conflicts", "resolve", "one", "--keep", "local"},
                    {"conflicts", "resolve", id, "--keep", "mine"},
                    {"conflicts", "resolve", "--keep", "local"},
                }) {
            Cli cli = scene.run(wrong);
            assertThat(cli.code()).as(cli.err()).isEqualTo(2);
            assertThat(cli.err()).doesNotContain("Exception");
        }
        for (String row : List.of("{\"colour\": 1}", "{\"price\": \"much\"}", "{\"price\": 1e9}")) {
            Scene.failure(scene.run(json("conflicts", "resolve", id, "--with", row)), Kind.DATA);
        }
        Scene.failure(
                scene.run(json("conflicts", "resolve", id, "--keep", "local", "--tables", "other")),
                Kind.DATA);
        assertThat(scene.run("conflicts", "resolve", id, "--keep", "local").code()).isEqualTo(2);
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM sync_conflicts WHERE resolution IS NULL"))
                .isEqualTo("2");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        String id = "" + waiting("1");
        scene.inSource("DROP TABLE sync_conflicts");
        for (String[] command :
                new String[][] {
                    {"conflicts", "list"},
                    {"conflicts", "show", id},
                    {"conflicts", "resolve", id, "--keep", "local"}
                }) {
            Cli cli = scene.run(json(command));
            assertThat(cli.code()).as(cli.out()).isBetween(1, 2);
            assertThat(cli.json().path("error").path("hint").asText())
                    .as(cli.out())
                    .contains("bactrian sync setup");
        }
        scene.with("bactrian.database.to.port", "1");
        Scene.failure(scene.run(json("conflicts", "list")), Kind.CONNECTION);
    }

    private static String[] json(String... command) {
        List<String> all = new java.util.ArrayList<>(List.of(command));
        all.add("--json");
        if (all.contains("resolve")) {
            all.add("--yes");
        }
        return all.toArray(String[]::new);
    }
}
