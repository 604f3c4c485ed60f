package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bactrian.route.VerifyStep.TableReport;
import io.bactrian.verify.Finding.Kind;
import io.bactrian.verify.Finding.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** D6: verify sees the smallest change, names it, and repairs it by writing nothing else. */
@Timeout(120)
class VerifyIT {
    private Twin twin;

    @BeforeEach
    void make() {
        twin = Twin.of("verify");
    }

    @AfterEach
    void drop() {
        twin.close();
    }

    private static String seq(String table, int rows, String values) {
        return "INSERT INTO "
                + table
                + " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + rows
                + ") SELECT "
                + values
                + " FROM s";
    }

    @Test
    void eachSmallestChangeIsSeenAndItsRowAndColumnNamed() {
        Map<String, String[]> changes =
                Map.ofEntries(
                        Map.entry("f", new String[] {"FLOAT", "1.234567", "1.234568"}),
                        Map.entry("f2", new String[] {"FLOAT", "0e0", "-0e0"}),
                        Map.entry("d", new String[] {"DOUBLE", "0.3", "0.30000000000000004"}),
                        Map.entry(
                                "d_long",
                                new String[] {
                                    "DOUBLE", "-1.2345678901234567e-200", "-1.2345678901234569e-200"
                                }),
                        Map.entry("cases", new String[] {"VARCHAR(9)", "'abc'", "'aBc'"}),
                        Map.entry("accents", new String[] {"VARCHAR(9)", "'resume'", "'résumé'"}),
                        Map.entry("blanks", new String[] {"VARCHAR(9)", "'a'", "'a '"}),
                        Map.entry("empty_s", new String[] {"VARCHAR(9)", "''", "NULL"}),
                        Map.entry("empty_b", new String[] {"BLOB", "''", "NULL"}),
                        Map.entry("letter", new String[] {"VARCHAR(9)", "'N'", "NULL"}),
                        Map.entry("text_n", new String[] {"TEXT", "'N'", "NULL"}),
                        Map.entry("zero", new String[] {"INT", "0", "NULL"}),
                        Map.entry("no_day", new String[] {"DATE", "'0000-00-00'", "NULL"}),
                        Map.entry("j", new String[] {"JSON", "'1'", "'1.0'"}),
                        Map.entry("jn", new String[] {"JSON", "'null'", "NULL"}),
                        Map.entry("js", new String[] {"JSON", "'\"1\"'", "'1'"}),
                        Map.entry("e", new String[] {"ENUM('','a')", "''", "0"}),
                        Map.entry(
                                "s64",
                                new String[] {
                                    "SET(" + members() + ")", "1 << 63", "(1 << 63) + 1"
                                }),
                        Map.entry("b64", new String[] {"BIT(64)", "1 << 63", "(1 << 63) + 1"}),
                        Map.entry("bin", new String[] {"BINARY(3)", "x'0000'", "x'202020'"}),
                        Map.entry(
                                "micro",
                                new String[] {
                                    "TIME(6)", "'-838:59:58.999999'", "'-838:59:58.999998'"
                                }),
                        Map.entry(
                                "wide",
                                new String[] {
                                    "DECIMAL(65,30)", "1", "1.000000000000000000000000000001"
                                }),
                        Map.entry(
                                "p",
                                new String[] {
                                    "POINT",
                                    "ST_PointFromText('POINT(1 2)', 0)",
                                    "ST_PointFromText('POINT(1 2)', 4326)"
                                }),
                        Map.entry("hidden", new String[] {"INT INVISIBLE", "1", "2"}));
        String columns =
                changes.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue()[0])
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow();
        twin.onBoth("CREATE TABLE t (id VARCHAR(20) PRIMARY KEY, " + columns + ")");
        changes.forEach(
                (name, change) -> {
                    // not an UPDATE: of 1 to 1.0 it writes nothing in a JSON column
                    String insert = "INSERT IGNORE t (id, " + name + ") VALUES ('" + name + "', ";
                    twin.onSource(insert + change[1] + ")");
                    twin.onTarget(insert + change[2] + ")");
                });
        List<Row> rows = twin.verify().tables().get(0).rows();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        changes.keySet().stream()
                                .map(n -> new Row(Kind.DIFFERENT, List.of(n), List.of(n)))
                                .toList());

        assertThat(twin.repair().repaired()).isEqualTo(changes.size());
        twin.assertSameRows();
    }

    private static String members() {
        StringBuilder members = new StringBuilder("'m0'");
        for (int i = 1; i < 64; i++) {
            members.append(",'m").append(i).append('\'');
        }
        return members.toString();
    }

    @Test
    void valuesThatRunTogetherAreToldApart() {
        twin.onBoth(
                "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9), b VARCHAR(9), c TEXT, d TEXT, e INT, f INT)");
        twin.onSource(
                "INSERT INTO t VALUES (1, 'a#b', 'c', '', '', 1, 23), (2, 'a:1', '', '', '', 1, 2), (3, '', '', 'a', 'b', 1, 2),"
                        + " (4, NULL, 'N', '', '', 1, 2), (5, '1:a', '', 'x', NULL, 1, NULL), (6, '', '', '', '', 12, 3)");
        twin.onTarget(
                "INSERT INTO t VALUES (1, 'a', 'b#c', '', '', 1, 23), (2, 'a', ':1', '', '', 1, 2), (3, '', '', 'ab', '', 1, 2),"
                        + " (4, 'N', NULL, '', '', 1, 2), (5, '', '1:a', NULL, 'x', NULL, 1), (6, '', '', '', '', 1, 23)");
        TableReport report = twin.verify().tables().get(0);
        assertThat(report.different()).isEqualTo(6);
        assertThat(report.rows().get(0).columns()).isNotEmpty();
    }

    @Test
    void rowsWithoutKeyAreABag() {
        twin.onBoth(
                "CREATE TABLE nullable (a INT UNIQUE, b VARCHAR(9))",
                "CREATE TABLE same (a INT)",
                "CREATE TABLE surplus (a INT, b VARCHAR(9))",
                // the XOR of a row that is there twice is that of none
                "CREATE TABLE swapped (a INT, b VARCHAR(9))",
                "INSERT INTO same VALUES (1), (1), (NULL), (NULL), (2)",
                "INSERT INTO nullable VALUES (NULL, 'n'), (1, 'a')",
                "INSERT INTO surplus VALUES (2, 'x'), (3, 'y'), (3, 'y'), (3, 'y')",
                "INSERT INTO swapped VALUES (2, 'x'), (3, 'y'), (3, 'y')");
        twin.onSource(
                "INSERT INTO nullable VALUES (NULL, 'n'), (NULL, 'n')",
                "INSERT INTO swapped VALUES (1, 'A'), (1, 'A')");
        twin.onTarget(
                "INSERT INTO surplus VALUES (3, 'y')",
                "INSERT INTO swapped VALUES (1, 'B'), (1, 'B')");

        assertThat(twin.verify().tables())
                .extracting(TableReport::table, TableReport::missing, TableReport::extra)
                .containsExactly(
                        tuple("nullable", 2L, 0L),
                        tuple("same", 0L, 0L),
                        tuple("surplus", 0L, 1L),
                        tuple("swapped", 2L, 2L));

        assertThat(twin.repair().repaired()).isEqualTo(7);
        twin.assertSameRows();
    }

    @Test
    void repairWritesTheRowsThatDifferAndNoOther() {
        twin.onBoth(
                "CREATE TABLE t (id INT PRIMARY KEY, u INT UNIQUE, boss INT, v VARCHAR(40),"
                        + " FOREIGN KEY (boss) REFERENCES t (id) ON DELETE CASCADE)",
                "CREATE TABLE child (id INT PRIMARY KEY, t INT, FOREIGN KEY (t) REFERENCES t (id) ON DELETE SET NULL)");
        twin.onBoth(
                "SET SESSION cte_max_recursion_depth = 100000",
                "SET foreign_key_checks = 0",
                seq("t", 20_000, "n, n, IF(n % 3 = 0, NULL, 20001 - n), LEFT(SHA2(n, 256), 32)"),
                seq("child", 300, "n, n * 7"));
        // a swap, a rotation over the table, a value that comes free, a boss who is gone
        twin.onTarget(
                "UPDATE t SET u = -1 WHERE id = 5",
                "UPDATE t SET u = 5 WHERE id = 19000",
                "UPDATE t SET u = 19000 WHERE id = 5",
                "UPDATE t SET u = -1 WHERE id = 10",
                "UPDATE t SET u = 10 WHERE id = 9000",
                "UPDATE t SET u = 9000 WHERE id = 15000",
                "UPDATE t SET u = 15000 WHERE id = 10",
                "SET foreign_key_checks = 0",
                "DELETE FROM t WHERE id = 7000",
                "UPDATE t SET u = 7000 WHERE id = 7001",
                "INSERT INTO t VALUES (30000, 7001, 7000, 'extra')");
        twin.analyzeTables();
        Map<String, Integer> before = written();

        assertThat(twin.repair().repaired()).isEqualTo(8);

        Map<String, Integer> after = written();
        assertThat(after.get("t") - before.get("t")).as("rows of t written").isBetween(8, 16);
        assertThat(after.get("child") - before.get("child")).as("rows of child written").isZero();
        twin.assertSameRows();
    }

    /** Rows the target has written of each table since it was made, cascades and all. */
    private Map<String, Integer> written() {
        return Map.of("t", written("t"), "child", written("child"));
    }

    private int written(String table) {
        return Integer.parseInt(
                twin.target(
                        "SELECT count_insert + count_update + count_delete FROM"
                                + " performance_schema.table_io_waits_summary_by_table WHERE object_schema = DATABASE()"
                                + " AND object_name = '"
                                + table
                                + "'",
                        1));
    }
}
