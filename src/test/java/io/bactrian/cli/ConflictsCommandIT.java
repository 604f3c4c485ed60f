package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conflicts as they are listed, shown and decided at the command line. */
class ConflictsCommandIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(30,10), version BIGINT UNSIGNED NOT NULL DEFAULT 1)";

    @TempDir Path dir;

    /** A pair whose row 1 was changed on both sides. */
    private Scene disputed(String strategy) throws Exception {
        Scene scene = Scene.shared(dir);
        scene.inBoth(ITEM);
        assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
        scene.inSource("INSERT INTO item (id, name, price) VALUES (1, 'base', 1)");
        assertThat(scene.run("sync", "--yes").code()).isZero();
        scene.inSource("UPDATE item SET name = 'mine', price = 12345678901234567890.0123456789");
        scene.inTarget("UPDATE item SET name = 'theirs'");
        Cli cli = scene.run("sync", "--strategy", strategy, "--yes");
        assertThat(cli.code())
                .as(cli.out() + cli.err())
                .isEqualTo(strategy.equals("manual") ? 3 : 0);
        return scene;
    }

    private static JsonNode only(Scene scene, String... options) throws Exception {
        String[] args = new String[options.length + 3];
        args[0] = "conflicts";
        args[1] = "list";
        args[2] = "--json";
        System.arraycopy(options, 0, args, 3, options.length);
        Cli cli = scene.run(args);
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.json().path("conflicts")).hasSize(1);
        return cli.json().path("conflicts").get(0);
    }

    @Test
    void listsAndShowsBothRowsInFull() throws Exception {
        try (Scene scene = disputed("manual")) {
            JsonNode conflict = only(scene, "--waiting");

            assertThat(conflict.path("side").asText()).isEqualTo("remote");
            assertThat(conflict.path("id").asLong() % 2).isZero();
            assertThat(conflict.path("table_name").asText()).isEqualTo("item");
            assertThat(conflict.path("record_id").asText()).isEqualTo("1");
            assertThat(conflict.path("conflict_type").asText()).isEqualTo("UPDATE_UPDATE");
            assertThat(conflict.path("local_data").path("name").asText()).isEqualTo("mine");
            assertThat(conflict.path("remote_data").path("name").asText()).isEqualTo("theirs");
            assertThat(conflict.path("base_data").path("name").asText()).isEqualTo("base");
            assertThat(conflict.path("local_version").asInt()).isEqualTo(2);
            assertThat(conflict.path("resolution_strategy").asText()).isEqualTo("MANUAL");
            assertThat(conflict.path("resolution").isNull()).isTrue();
            Cli show = scene.run("conflicts", "show", conflict.path("id").asText());
            assertThat(show.out())
                    .contains("waits for a decision", "12345678901234567890.0123456789")
                    .containsPattern("\\* +name +base +mine +theirs");
        }
    }

    @Test
    void keepsTheRowOfOneSide() throws Exception {
        try (Scene scene = disputed("manual")) {
            String id = only(scene).path("id").asText();

            Cli cli = scene.run("conflicts", "resolve", id, "--keep", "local", "--json", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(cli.json().path("sync").path("converged").asBoolean()).isTrue();
            String row = "mine\t12345678901234567890.0123456789\t3";
            assertThat(scene.fromSource("SELECT name, price, version FROM item")).isEqualTo(row);
            assertThat(scene.fromTarget("SELECT name, price, version FROM item")).isEqualTo(row);
            assertThat(only(scene).path("resolution").asText()).isEqualTo("LOCAL");
            assertThat(scene.run("conflicts", "list", "--waiting").out())
                    .startsWith("no conflicts");
        }
    }

    @Test
    void writesARowThatIsGiven() throws Exception {
        try (Scene scene = disputed("manual")) {
            String id = only(scene).path("id").asText();

            Cli cli =
                    scene.run(
                            "conflicts",
                            "resolve",
                            id,
                            "--with",
                            "{\"name\": \"both\", \"price\": 0.1000000001}",
                            "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(scene.fromSource("SELECT name, price, version FROM item"))
                    .isEqualTo("both\t0.1000000001\t3");
            scene.requireEqual();
            assertThat(only(scene).path("resolution").asText()).isEqualTo("MERGED");
        }
    }

    @Test
    void bringsBackWhatAStrategyOverwrote() throws Exception {
        try (Scene scene = disputed("remote_wins")) {
            assertThat(scene.fromSource("SELECT name FROM item")).isEqualTo("theirs");
            String id = only(scene).path("id").asText();

            Cli cli = scene.run("conflicts", "resolve", id, "--keep", "local", "--yes");

            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(scene.fromTarget("SELECT name FROM item")).isEqualTo("mine");
            scene.requireEqual();
        }
    }

    @Test
    void refusesARowThatChangedMeanwhile() throws Exception {
        try (Scene scene = disputed("manual")) {
            String id = only(scene).path("id").asText();
            scene.inTarget("UPDATE item SET name = 'newer'");

            Cli cli = scene.run("conflicts", "resolve", id, "--keep", "local", "--json", "--yes");

            assertThat(Scene.failure(cli, Kind.DATA).path("message").asText())
                    .contains("has changed since");
            assertThat(scene.fromTarget("SELECT name FROM item")).isEqualTo("newer");
            assertThat(scene.fromSource("SELECT name FROM item")).isEqualTo("mine");
            assertThat(only(scene).path("remote_data").path("name").asText()).isEqualTo("newer");
            assertThat(scene.run("conflicts", "resolve", id, "--keep", "local", "--yes").code())
                    .isZero();
            assertThat(scene.fromTarget("SELECT name FROM item")).isEqualTo("mine");
        }
    }

    @Test
    void tellsWhatIsWrongWithTheInput() throws Exception {
        try (Scene scene = disputed("manual")) {
            String id = only(scene).path("id").asText();
            String[][] wrong = {
                {"999999", "--keep", "local"},
                {"seven", "--keep", "local"},
                {id},
                {id, "--keep", "local", "--with", "{}"},
                {id, "--keep", "nobody"},
                {id, "--with", "[1]"},
                {id, "--with", "{\"name\":"},
                {id, "--with", "{\"nmae\": 1}"},
                {id, "--with", "{\"id\": 2}"}
            };
            for (String[] words : wrong) {
                String[] args = new String[words.length + 4];
                args[0] = "conflicts";
                args[1] = "resolve";
                System.arraycopy(words, 0, args, 2, words.length);
                args[words.length + 2] = "--json";
                args[words.length + 3] = "--yes";
                Cli cli = scene.run(args);
                assertThat(cli.code())
                        .as(String.join(" ", words) + cli.out() + cli.err())
                        .isIn(1, 2);
                assertThat(cli.err())
                        .as(String.join(" ", words))
                        .startsWith("error: ")
                        .contains("hint: ")
                        .doesNotContain("unexpected");
            }
            assertThat(scene.fromSource("SELECT name FROM item")).isEqualTo("mine");
            assertThat(scene.fromTarget("SELECT name FROM item")).isEqualTo("theirs");
            assertThat(only(scene, "--waiting").path("id").asText()).isEqualTo(id);
        }
    }

    @Test
    void saysThatAPairIsNotSetUp() throws Exception {
        try (Scene scene = Scene.shared(dir)) {
            scene.inBoth(ITEM);
            for (String[] args : new String[][] {{"conflicts", "list"}, {"dead-letters", "list"}}) {
                Cli cli = scene.run(args[0], args[1], "--json");
                assertThat(cli.code()).as(cli.out() + cli.err()).isIn(0, 1, 2);
                assertThat(cli.err()).doesNotContain("unexpected", "doesn't exist");
            }
            assertThat(scene.run("conflicts", "list", "--json").err())
                    .contains("bactrian sync setup");
        }
    }
}
