package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Cli;
import io.bactrian.law.Twin;
import java.util.List;
import java.util.stream.Stream;

/** The steps of sync, on a pair in which both sides have changed rows, some of them the same. */
enum Syncing implements Act {
    SETUP("sync", "setup", "--guard-triggers") {
        @Override
        void state(Stage stage) {
            change(stage.twin());
        }

        @Override
        public void holds(Stage stage) {
            Twin twin = stage.twin();
            // of rows that nobody logged, what only one side has is new on the other, and what
            // differs has changed on both
            Look.atTarget(twin).ofUser().requireSame(Look.atSource(twin).ofUser());
            assertThat(twin.one(twin.source(), "SELECT COUNT(*) FROM item"))
                    .isEqualTo("" + (ROWS + 2 * NEW));
            requireEachConflictOnce(twin, LOCAL + REMOTE + BOTH);
            requireIdle(stage);
            // captures are there, each once
            stage.twin().onSource("INSERT INTO item (id, name, fired) VALUES (30000, 'after', 0)");
            stage.twin().onTarget("DELETE FROM item WHERE id = 20000");
            round(stage);
            assertThat(Look.atTarget(twin).rows().get("item"))
                    .isEqualTo(Look.atSource(twin).rows().get("item"));
        }
    },
    ROUND("sync") {
        @Override
        void state(Stage stage) {
            stage.done("sync", "setup", "--guard-triggers");
            change(stage.twin());
        }

        @Override
        public void holds(Stage stage) {
            Twin twin = stage.twin();
            Look local = Look.atSource(twin).ofUser();
            Look.atTarget(twin).ofUser().requireSame(local);
            assertThat(twin.read(twin.source(), CENSUS)).containsExactlyElementsOf(expected());
            assertThat(local.rows().get("line")).hasSize(ROWS - LOCAL_GONE - REMOTE_GONE);
            requireEachConflictOnce(twin, BOTH);
            assertThat(
                            twin.read(
                                    twin.source(),
                                    "SELECT DISTINCT local_data->>'$.name' FROM sync_conflicts"))
                    .as("what lost")
                    .containsExactly("local");
            requireIdle(stage);
        }
    },
    RESOLVE("conflicts", "resolve") {
        @Override
        void state(Stage stage) {
            stage.done("sync", "setup", "--guard-triggers");
            stage.twin().onSource("UPDATE item SET name = 'mine' WHERE id = 4");
            stage.twin().onTarget("UPDATE item SET name = 'theirs' WHERE id = 4");
            Cli waits = stage.run(List.of("sync", "--strategy", "manual"));
            assertThat(waits.code()).as(waits.toString()).isEqualTo(3);
            stage.id = stage.twin().one(stage.twin().target(), "SELECT id FROM sync_conflicts");
            // and others to carry on the way
            change(stage.twin());
        }

        @Override
        public List<String> command(Stage stage) {
            return List.of("conflicts", "resolve", stage.id, "--keep", "local");
        }

        @Override
        public void again(Stage stage) {
            Twin twin = stage.twin();
            if (twin.one(twin.target(), OPEN).equals("1")) {
                assertThat(stage.run(command(stage)).code()).isIn(0, 3);
            }
            super.again(stage);
        }

        @Override
        public void holds(Stage stage) {
            Twin twin = stage.twin();
            Look.atTarget(twin).ofUser().requireSame(Look.atSource(twin).ofUser());
            String name = "SELECT name FROM item WHERE id = 4";
            assertThat(twin.one(twin.source(), name)).isEqualTo("mine");
            assertThat(
                            twin.one(
                                    twin.target(),
                                    "SELECT resolution FROM sync_conflicts WHERE id = " + stage.id))
                    .isEqualTo("LOCAL");
            requireEachConflictOnce(twin, BOTH + 1);
            requireIdle(stage);
        }
    },
    TEARDOWN("sync", "teardown") {
        @Override
        void state(Stage stage) {
            stage.before = Look.atTarget(stage.twin());
            stage.done("sync", "setup", "--guard-triggers");
        }

        @Override
        public void again(Stage stage) {
            stage.done(command(stage));
        }

        @Override
        public void holds(Stage stage) {
            Look.atTarget(stage.twin()).requireSame(stage.before);
            Look.atSource(stage.twin()).ofAnybody().requireSame(stage.before.ofAnybody());
        }
    };

    private static final int ROWS = 400;

    /** Rows changed at one side only, at both, deleted at one, and new at each. */
    private static final int LOCAL = ROWS / 4;

    private static final int REMOTE = ROWS / 4;
    private static final int BOTH = ROWS / 40;
    private static final int LOCAL_GONE = ROWS / 40;
    private static final int REMOTE_GONE = ROWS / 40;
    private static final int NEW = 100;

    private static final String SEQ =
            " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT %s FROM s";
    private static final String[] TABLES = {
        "SET SESSION cte_max_recursion_depth = 100000",
        "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), fired INT)",
        "CREATE TABLE line (id INT PRIMARY KEY, item INT, note VARCHAR(200),"
                + " CONSTRAINT of_item FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)",
        "INSERT INTO item" + SEQ.formatted(ROWS, "n, 'start', 0"),
        "INSERT INTO line" + SEQ.formatted(ROWS, "n, n, REPEAT('note ', 20)"),
        "CREATE TRIGGER counts BEFORE UPDATE ON item FOR EACH ROW SET NEW.fired = OLD.fired + 1"
    };

    /** How many rows there are of each name, and how often a trigger of the user's saw them. */
    private static final String CENSUS =
            "SELECT CONCAT_WS(' ', name, fired, COUNT(*)) FROM item GROUP BY name, fired ORDER BY name, fired";

    private static final String OPEN =
            "SELECT COUNT(*) FROM sync_conflicts WHERE resolution IS NULL";
    private static final String LEFT =
            "SELECT (SELECT COUNT(*) FROM sync_log WHERE sync_status NOT IN ('SYNCED', 'CONFLICT'))"
                    + " + (SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'sync/token/%')";

    private final List<String> words;

    Syncing(String... words) {
        this.words = List.of(words);
    }

    static Stream<Act> all() {
        return Stream.of(values());
    }

    abstract void state(Stage stage);

    @Override
    public void before(Stage stage) {
        Twin twin = stage.twin().with("batch-size", 100);
        for (var server : List.of(twin.source(), twin.target())) {
            server.execute("", "DROP SCHEMA " + twin.schema(), "CREATE SCHEMA " + twin.schema());
        }
        twin.onBoth(TABLES);
        state(stage);
    }

    private static void change(Twin twin) {
        twin.onSource(
                "SET SESSION cte_max_recursion_depth = 100000",
                "UPDATE item SET name = 'local' WHERE id % 4 = 1 OR id % 40 = 0",
                "DELETE FROM item WHERE id % 40 = 3",
                "INSERT INTO item" + SEQ.formatted(NEW, "10000 + n, 'local', 0"));
        twin.onTarget(
                "SET SESSION cte_max_recursion_depth = 100000",
                "UPDATE item SET name = 'remote' WHERE id % 4 = 2 OR id % 40 = 0",
                "DELETE FROM item WHERE id % 40 = 7",
                "INSERT INTO item" + SEQ.formatted(NEW, "19999 + n, 'remote', 0"));
    }

    private static List<String> expected() {
        int start = ROWS - LOCAL - REMOTE - BOTH - LOCAL_GONE - REMOTE_GONE;
        return List.of(
                "local 0 " + NEW,
                "local 1 " + LOCAL,
                "remote 0 " + NEW,
                "remote 1 " + (REMOTE + BOTH),
                "start 0 " + start);
    }

    @Override
    public List<String> command(Stage stage) {
        return words;
    }

    @Override
    public void again(Stage stage) {
        if (this == SETUP) {
            stage.done(command(stage));
        }
        round(stage);
    }

    /** One round, and a second for keys that came late. */
    private static void round(Stage stage) {
        stage.done("sync");
        JsonNode second = stage.json("sync");
        assertThat(second.path("converged").asBoolean()).as(second.toString()).isTrue();
    }

    /** A losing row is kept once. */
    private static void requireEachConflictOnce(Twin twin, int count) {
        List<String> ids =
                Stream.of(twin.source(), twin.target())
                        .flatMap(s -> twin.read(s, "SELECT record_id FROM sync_conflicts").stream())
                        .toList();
        assertThat(ids).hasSize(count).doesNotHaveDuplicates();
    }

    /** Nothing is left to be done, and another round writes nothing. */
    private static void requireIdle(Stage stage) {
        Twin twin = stage.twin();
        assertThat(twin.one(twin.source(), LEFT)).as("left at local").isEqualTo("0");
        assertThat(twin.one(twin.target(), LEFT)).as("left at remote").isEqualTo("0");
        assertThat(stage.json("sync").path("records_synced").asInt()).isZero();
    }
}
