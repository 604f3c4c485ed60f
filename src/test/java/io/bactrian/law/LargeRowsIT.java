package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.sync.Conflicts;
import org.junit.jupiter.api.Test;

/** Rows many times the size of a server's sort buffer, which is 256 KB by default. */
class LargeRowsIT {
    private static final String LARGE = "REPEAT(CONCAT('ü', id), 500000)";

    @Test
    void changesAndDeletesAndConflictsOfThemAreCarried() {
        try (SyncTwin twin =
                SyncTwin.of("large")
                        .setUp(
                                "CREATE TABLE t (id INT PRIMARY KEY, v INT, large LONGTEXT, j JSON)")) {
            twin.atLocal(
                    "INSERT INTO t (id, v) VALUES (1, 1), (2, 2), (3, 3)",
                    "UPDATE t SET large = " + LARGE + ", j = JSON_OBJECT('a', " + LARGE + ")");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal("UPDATE t SET v = v + 1 WHERE id < 3");
            twin.atRemote("UPDATE t SET v = v + 2 WHERE id = 2", "DELETE FROM t WHERE id = 3");

            assertThat(twin.round().converged()).isTrue();

            twin.assertEqual("t");
            assertThat(twin.remote("SELECT id, v FROM t ORDER BY id").toString())
                    .isEqualTo("[[1, 2], [2, 4]]");
            assertThat(new Conflicts(twin.sides()).list(false, 9).toString()).contains("ü2ü2");
        }
    }

    @Test
    void withoutKeyTheyAreCarriedAndCompared() {
        try (Twin twin = Twin.of("large")) {
            twin.onBoth("CREATE TABLE t (id INT, large LONGTEXT, j JSON)");
            twin.onSource(
                    "INSERT INTO t (id) VALUES (1), (2), (2)",
                    "UPDATE t SET large = " + LARGE + ", j = JSON_OBJECT('a', " + LARGE + ")");
            twin.copy();
            twin.assertSameRows();
            twin.onTarget(
                    "UPDATE t SET large = CONCAT(large, 'x') WHERE id = 1",
                    "DELETE FROM t WHERE id = 2");
            assertThat(twin.verify().equal()).isFalse();
            twin.repair();
            assertThat(twin.verify().equal()).isTrue();
            twin.assertSameRows();
        }
    }
}
