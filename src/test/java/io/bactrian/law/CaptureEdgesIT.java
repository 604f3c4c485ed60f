package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.sql.Dialect;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Teardown;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law Y1 where it is thin: keys made of keys, values that compare as equal, odd sessions. */
class CaptureEdgesIT {
    private static final String LOG =
            "SELECT table_name, record_id, operation FROM sync_log ORDER BY id";

    private static List<String> log(SyncTwin twin) {
        return twin.local(LOG).stream().map(r -> String.join(" ", r)).toList();
    }

    /** The key of each table holds its parent's, so that one change renames rows to any depth. */
    @Test
    void aKeyThatIsPartOfKeysTwoTablesBelowChangesThemAll() {
        try (SyncTwin twin =
                SyncTwin.of("ce1")
                        .setUp(
                                "CREATE TABLE a (x INT PRIMARY KEY)",
                                "CREATE TABLE b (x INT, y INT, PRIMARY KEY (x, y), FOREIGN KEY (x) REFERENCES a (x) ON UPDATE CASCADE)",
                                "CREATE TABLE c (x INT, y INT, z INT, v INT, PRIMARY KEY (x, y, z), FOREIGN KEY (x, y) REFERENCES b (x, y) ON UPDATE CASCADE)",
                                "CREATE TABLE d (x INT, y INT, z INT, w INT, PRIMARY KEY (x, y, z, w), FOREIGN KEY (x, y, z) REFERENCES c (x, y, z) ON UPDATE CASCADE)")) {
            twin.atLocal(
                    "INSERT INTO a VALUES (1), (2)",
                    "INSERT INTO b VALUES (1, 1), (2, 1)",
                    "INSERT INTO c VALUES (1, 1, 1, 7), (2, 1, 1, 8)",
                    "INSERT INTO d VALUES (1, 1, 1, 1)");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal("DELETE FROM sync_log", "UPDATE a SET x = 10 WHERE x = 1");
            assertThat(log(twin))
                    .containsExactlyInAnyOrder(
                            "a 1 DELETE",
                            "b [1, 1] DELETE",
                            "c [1, 1, 1] DELETE",
                            "d [1, 1, 1, 1] DELETE",
                            "a 10 INSERT",
                            "b [10, 1] INSERT",
                            "c [10, 1, 1] INSERT",
                            "d [10, 1, 1, 1] INSERT");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth(
                    "SELECT x, y, z, v FROM c ORDER BY x",
                    List.of(List.of("2", "1", "1", "8"), List.of("10", "1", "1", "7")));
            twin.assertEqual("a", "b", "c", "d");
        }
    }

    /** 0 and -0 are equal for the server, but not the same bits. */
    @Test
    void aZeroThatGetsASignIsAChange() {
        try (SyncTwin twin =
                SyncTwin.of("ce2")
                        .setUp("CREATE TABLE t (id INT PRIMARY KEY, f FLOAT, d DOUBLE, n INT)")) {
            twin.atLocal("INSERT INTO t VALUES (1, 0, 0, 0), (2, 0, 0, 0)");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal(
                    "DELETE FROM sync_log",
                    "UPDATE t SET f = -0e0 WHERE id = 1",
                    "UPDATE t SET d = -0e0 WHERE id = 2");
            assertThat(log(twin)).containsExactly("t 1 UPDATE", "t 2 UPDATE");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth(
                    "SELECT f, d FROM t ORDER BY id",
                    List.of(List.of("-0.0", "0.0"), List.of("0.0", "-0.0")));
        }
    }

    @Test
    void noWriteFailsWhateverTheSession() throws Exception {
        for (String setting :
                List.of(
                        "SET SESSION max_error_count = 0",
                        "SET SESSION sql_mode = 'TRADITIONAL'",
                        "SET SESSION sql_big_selects = 0, max_join_size = 1",
                        "SET SESSION cte_max_recursion_depth = 0",
                        "SET SESSION transaction_isolation = 'SERIALIZABLE'",
                        "SET SESSION sql_select_limit = 1",
                        "LOCK TABLES p WRITE, m WRITE, c WRITE")) {
            for (boolean broken : List.of(false, true)) {
                if (broken && setting.startsWith("LOCK")) {
                    // error 1100 before any trigger runs: the server knows no handler for it
                    continue;
                }
                try (SyncTwin twin =
                                SyncTwin.of("ce3")
                                        .setUp(
                                                "CREATE TABLE p (id INT PRIMARY KEY)",
                                                "CREATE TABLE m (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE)",
                                                "CREATE TABLE c (id INT PRIMARY KEY, m INT, FOREIGN KEY (m) REFERENCES m (id) ON DELETE CASCADE)");
                        Connection session = twin.localSession();
                        Statement s = session.createStatement()) {
                    twin.atLocal(
                            "INSERT INTO p VALUES (1)",
                            "INSERT INTO m VALUES (2, 1), (3, 1)",
                            "INSERT INTO c VALUES (1, 2), (2, 3), (3, 3)",
                            broken ? "RENAME TABLE sync_log TO gone" : "DELETE FROM sync_log");
                    s.execute(TestServers.words(Dialect.of(session), setting));
                    s.execute("INSERT INTO p VALUES (4)");
                    s.execute("DELETE FROM p WHERE id = 1");
                    if (setting.startsWith("LOCK")) {
                        s.execute("UNLOCK TABLES");
                    }
                    assertThat(twin.local("SELECT id FROM p")).isEqualTo(List.of(List.of("4")));
                    if (!broken) {
                        assertThat(log(twin))
                                .as(setting)
                                .containsExactlyInAnyOrder(
                                        "p 4 INSERT",
                                        "p 1 DELETE",
                                        "m 2 DELETE",
                                        "m 3 DELETE",
                                        "c 1 DELETE",
                                        "c 2 DELETE",
                                        "c 3 DELETE");
                    }
                }
            }
        }
    }

    @Test
    void aTruncateIsFoundWhateverTheTableIsCalled() {
        List<String> names = List.of("x#p#y", "a b$c", "tä", "Up");
        try (SyncTwin twin =
                SyncTwin.of("ce4")
                        .setUp(
                                names.stream()
                                        .map(n -> "CREATE TABLE `" + n + "` (id INT PRIMARY KEY)")
                                        .toArray(String[]::new))) {
            names.forEach(n -> twin.atLocal("INSERT INTO `" + n + "` VALUES (1)"));
            assertThat(twin.round().converged()).isTrue();
            names.forEach(n -> twin.atLocal("TRUNCATE `" + n + "`"));
            assertThat(twin.round().converged()).isTrue();
            for (String name : names) {
                assertThat(twin.remote("SELECT id FROM `" + name + "`")).as(name).isEmpty();
            }
        }
    }

    /** What becomes of a row decides which of the foreign keys below it act. */
    @Test
    void actionsOfSeveralKindsOneBelowTheOther() {
        try (SyncTwin twin =
                SyncTwin.of("ce5")
                        .setUp(
                                "CREATE TABLE top (id INT PRIMARY KEY)",
                                "CREATE TABLE mid (id INT PRIMARY KEY, top INT UNIQUE, FOREIGN KEY (top) REFERENCES top (id) ON DELETE SET NULL ON UPDATE CASCADE)",
                                "CREATE TABLE low (id INT PRIMARY KEY, mid INT, top INT, FOREIGN KEY (mid) REFERENCES mid (id) ON UPDATE CASCADE, FOREIGN KEY (top) REFERENCES mid (top) ON UPDATE CASCADE)",
                                "CREATE TABLE tree (id INT PRIMARY KEY, up INT, friend INT, FOREIGN KEY (up) REFERENCES tree (id) ON DELETE CASCADE, FOREIGN KEY (friend) REFERENCES tree (id) ON DELETE SET NULL)")) {
            twin.atLocal(
                    "INSERT INTO top VALUES (1), (2)",
                    "INSERT INTO mid VALUES (1, 1), (2, 2)",
                    "INSERT INTO low VALUES (1, 1, 1), (2, 2, 2), (3, 1, NULL)",
                    "INSERT INTO tree VALUES (1, NULL, NULL), (2, 1, NULL), (3, 2, NULL), (4, NULL, 3)");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal("DELETE FROM sync_log", "DELETE FROM top WHERE id = 1");
            assertThat(log(twin))
                    .containsExactlyInAnyOrder("top 1 DELETE", "mid 1 UPDATE", "low 1 UPDATE");
            twin.atLocal("DELETE FROM sync_log", "UPDATE top SET id = 5 WHERE id = 2");
            assertThat(log(twin))
                    .containsExactlyInAnyOrder(
                            "top 2 DELETE", "top 5 INSERT", "mid 2 UPDATE", "low 2 UPDATE");
            twin.atLocal("DELETE FROM sync_log", "DELETE FROM tree WHERE id = 1");
            assertThat(log(twin))
                    .containsExactlyInAnyOrder(
                            "tree 1 DELETE", "tree 2 DELETE", "tree 3 DELETE", "tree 4 UPDATE");
        }
    }

    @Test
    void theUsersTriggersStayHisWhateverTheyAreCalledAndHoweverTheyEnd() throws Exception {
        String read =
                "SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY trigger_name";
        try (SyncTwin twin =
                SyncTwin.of("ce6")
                        .before(
                                "CREATE TABLE t (id INT PRIMARY KEY, n INT)",
                                "CREATE TABLE audit (id INT AUTO_INCREMENT PRIMARY KEY, what INT)",
                                "CREATE TRIGGER `bactrian_audit` AFTER INSERT ON t FOR EACH ROW INSERT INTO audit (what) VALUES (NEW.id) -- the last word",
                                "CREATE TRIGGER `x FOR EACH ROW y` BEFORE UPDATE ON t FOR EACH ROW SET NEW.n = NEW.n + 100 # it")
                        .setUp()) {
            List<List<String>> before = twin.local(read);
            new Setup(twin.catalog()).run(new Setup.Options(false, true, false));
            twin.atLocal("INSERT INTO t VALUES (1, 1)");
            twin.atLocal("UPDATE t SET n = 2");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT id, n FROM t", List.of(List.of("1", "102")));
            twin.assertBoth("SELECT what FROM audit", List.of(List.of("1")));
            assertThat(new Teardown(twin.sides()).run()).hasSize(2);
            assertThat(twin.local(read))
                    .isEqualTo(
                            before.stream()
                                    .filter(r -> !r.get(0).matches("bactrian_.._(t|audit)"))
                                    .toList())
                    .hasSize(2);
        }
    }
}
