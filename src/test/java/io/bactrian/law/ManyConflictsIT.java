package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.SyncSettings.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Laws Y7 and Y12 where both sides changed the same thousand rows, as two that were apart for long:
 * each is kept as one alone would be, and a statement is for many of them.
 */
@Timeout(120)
class ManyConflictsIT {
    private static final int ROWS = 1_200;
    private static final String NONE = "null null";

    /** Three quarters of the rows are in conflict, some too long to be held with the others. */
    private static final String[] BOTH = {
        "SET @bactrian_origin = 'test', cte_max_recursion_depth = 10000",
        "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS
                + ") SELECT i, IF(i % 200 = 5, REPEAT('b', 20000), CONCAT('base ', i)), i % 3 + 1 FROM n WHERE i % 8 <> 2",
        "SET @bactrian_origin = NULL"
    };

    private static final String[] LOCAL = {
        "DELETE FROM t WHERE id % 8 = 0",
        "UPDATE t SET v = CONCAT('local ', id) WHERE id % 8 IN (1, 4, 6, 7)",
        "UPDATE t SET v = CONCAT('once more ', id) WHERE id % 8 = 6",
        "UPDATE t SET v = CONCAT(v, 'local') WHERE id % 8 = 5",
        "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 8 FROM n WHERE i < "
                + (ROWS - 8)
                + ") SELECT i, CONCAT('local ', i), 1 FROM n",
        "UPDATE t SET v = 'same' WHERE id % 8 = 3"
    };

    private static final String[] REMOTE = {
        "UPDATE t SET v = 'same' WHERE id % 8 = 3",
        "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 8 FROM n WHERE i < "
                + (ROWS - 8)
                + ") SELECT i, CONCAT('remote ', i), 1 FROM n",
        "UPDATE t SET v = CONCAT('remote ', v) WHERE id % 8 IN (0, 5, 6, 7)",
        "UPDATE t SET v = CONCAT('remote, then ', v) WHERE id % 8 = 7",
        "DELETE FROM t WHERE id % 8 = 1"
    };

    private static final String STATEMENTS =
            "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Questions'";

    private static final String KEPT =
            "record_id"
                    + kept("base_data")
                    + kept("local_data")
                    + kept("remote_data")
                    + ", IFNULL(resolution, 'waits')";

    private Duo duo;

    private static String kept(String image) {
        return ", MD5(%1$s->>'$.v'), %1$s->>'$.version'".formatted(image);
    }

    @BeforeEach
    void setUp() {
        duo =
                Duo.of(
                        "many_conflicts",
                        "CREATE TABLE t (id INT PRIMARY KEY, v MEDIUMTEXT, version BIGINT NOT NULL DEFAULT 1)");
        duo.atLocal(BOTH).atRemote(BOTH);
    }

    @AfterEach
    void clean() {
        duo.close();
    }

    /** Rows of a side that are in conflict, by id. */
    private static Map<Integer, String> rows(List<List<String>> rows) {
        Map<Integer, String> byId = new LinkedHashMap<>();
        rows.forEach(r -> byId.put(Integer.valueOf(r.get(0)), r.get(1) + " " + r.get(2)));
        return byId;
    }

    private long statements() {
        return Stream.of(duo.askLocal(STATEMENTS), duo.askRemote(STATEMENTS))
                .mapToLong(r -> Long.parseLong(r.get(0).get(0)))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOTE_WINS", "LOCAL_WINS", "MANUAL"})
    void eachIsKeptAndAStatementIsForMany(Strategy strategy) {
        String query = "SELECT id, MD5(v), version FROM t WHERE id % 8 NOT IN (3, 4)";
        Map<Integer, String> base = rows(duo.askLocal(query));
        duo.atLocal(LOCAL).atRemote(REMOTE).set("strategy", strategy);
        Map<Integer, String> local = rows(duo.askLocal(query));
        Map<Integer, String> remote = rows(duo.askRemote(query));
        String word =
                switch (strategy) {
                    case LOCAL_WINS -> "LOCAL";
                    case MANUAL -> "waits";
                    default -> "REMOTE";
                };
        List<String> expected = new ArrayList<>();
        TreeSet<Integer> ids = new TreeSet<>(local.keySet());
        ids.addAll(remote.keySet());
        for (int id : ids) {
            expected.add(
                    String.join(
                            " ",
                            String.valueOf(id),
                            base.getOrDefault(id, NONE),
                            local.getOrDefault(id, NONE),
                            remote.getOrDefault(id, NONE),
                            word));
        }
        long before = statements();

        boolean converged = duo.round().converged();

        long done = statements() - before;
        assertThat(ids).hasSize(ROWS * 3 / 4);
        assertThat(duo.conflicts(KEPT)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(done).as("statements of both servers").isLessThan(ids.size());
        assertThat(converged).isEqualTo(strategy != Strategy.MANUAL);
        if (strategy == Strategy.MANUAL) {
            assertThat(rows(duo.askLocal(query))).isEqualTo(local);
            assertThat(rows(duo.askRemote(query))).isEqualTo(remote);
        } else {
            assertThat(duo.differences(List.of("t"))).as(duo.left()).isEmpty();
            assertWon(strategy == Strategy.LOCAL_WINS ? local : remote, local, remote, query);
        }
    }

    /** The winner's contents, with a version above both. */
    private void assertWon(
            Map<Integer, String> winner,
            Map<Integer, String> local,
            Map<Integer, String> remote,
            String query) {
        Map<Integer, String> expected = new LinkedHashMap<>();
        winner.forEach(
                (id, row) ->
                        expected.put(
                                id,
                                row.split(" ")[0]
                                        + " "
                                        + (1 + Math.max(version(local, id), version(remote, id)))));
        assertThat(rows(duo.askRemote(query))).isEqualTo(expected);
    }

    private static int version(Map<Integer, String> rows, int id) {
        return rows.containsKey(id) ? Integer.parseInt(rows.get(id).split(" ")[1]) : 0;
    }
}
