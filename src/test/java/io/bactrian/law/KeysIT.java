package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.sql.ChunkPlanner;
import io.bactrian.sql.Database;
import io.bactrian.sql.KeyRange;
import io.bactrian.sql.TargetTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** D4 to D6 for keys of any type: chunks cover all rows once, and rows are found by their key. */
@Timeout(120)
class KeysIT {
    private static final int ROWS = 1500;
    private static final int PER_CHUNK = 40;

    /** Key columns, and the key's values for a number n, by table. */
    private static final Map<String, String[]> KEYS = new TreeMap<>();

    private static void key(String table, String columns, String values) {
        KEYS.put(table, new String[] {columns, values});
    }

    static {
        key("int_ends", "k INT PRIMARY KEY", "ELT(MOD(n, 3) + 1, n, -n, 2147483648 - n) + 0");
        key(
                "big_unsigned",
                "k BIGINT UNSIGNED PRIMARY KEY",
                "IF(n % 4 = 0, n, 18446744073709551615 - n)");
        key("big_signed", "k BIGINT PRIMARY KEY", "IF(n % 4 = 0, n, -9223372036854775808 + n)");
        key("clumped", "k INT PRIMARY KEY", "IF(n < 1400, n, 2000000000 + n)");
        key("dominated", "a TINYINT, b INT, PRIMARY KEY (a, b)", "IF(n % 10 = 0, n % 5, 1), n");
        key(
                "dominated_text",
                "a VARCHAR(10), b INT, PRIMARY KEY (a, b)",
                "IF(n % 10 = 0, n, 'same'), n");
        key("ai_ci", "k VARCHAR(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY", letters());
        key("as_cs", "k VARCHAR(20) COLLATE utf8mb4_0900_as_cs PRIMARY KEY", letters());
        key("general_ci", "k VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY", letters());
        key("utf8mb4_bin", "k VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY", letters());
        key(
                "latin1",
                "k VARCHAR(20) CHARACTER SET latin1 PRIMARY KEY",
                "CONCAT(ELT(n % 4 + 1, 'ä', 'Z', '''', '\\\\'), n)");
        key("utf16", "k VARCHAR(20) CHARACTER SET utf16 PRIMARY KEY", letters());
        key("utf32", "k VARCHAR(20) CHARACTER SET utf32 PRIMARY KEY", letters());
        key("gbk", "k VARCHAR(20) CHARACTER SET gbk PRIMARY KEY", "CONCAT(_gbk x'D55C', n)");
        key(
                "cp932",
                "k VARCHAR(20) CHARACTER SET cp932 PRIMARY KEY",
                "CONCAT(ELT(n % 2 + 1, _cp932 x'835C', _cp932 x'955C'), n)");
        key(
                "uuids",
                "k CHAR(36) CHARACTER SET ascii PRIMARY KEY",
                "INSERT(INSERT(LEFT(SHA2(n, 256), 32), 9, 0, '-'), 14, 0, '-')");
        key("binaries", "k BINARY(16) PRIMARY KEY", "UNHEX(LEFT(SHA2(n, 256), 32))");
        key(
                "varbinaries",
                "k VARBINARY(30) PRIMARY KEY",
                "CONCAT(UNHEX(LEFT(LEFT(SHA2(n, 256), 32), 2 * (n % 9))), x'00', n)");
        key("decimals", "k DECIMAL(20,6) PRIMARY KEY", "(n - 700) * 1.000001");
        key(
                "wide_decimals",
                "k DECIMAL(65,30) PRIMARY KEY",
                "n * -0.000000000000000000000000000001");
        key("floats", "k FLOAT PRIMARY KEY", "n / 7 - 100");
        key("doubles", "k DOUBLE PRIMARY KEY", "(n - 700) / 3e-200");
        key(
                "moments",
                "k DATETIME(6) PRIMARY KEY",
                "'2024-01-01' + INTERVAL n * 1000003 MICROSECOND");
        key("stamps", "k TIMESTAMP(3) PRIMARY KEY", "'2024-03-31 01:00:00' + INTERVAL n MINUTE");
        key(
                "dates",
                "k DATE PRIMARY KEY",
                "IF(n = 7, '0000-00-00', IF(n = 8, '2023-02-31', '1000-01-01' + INTERVAL n DAY))");
        key("clocks", "k TIME(6) PRIMARY KEY", "SEC_TO_TIME((n - 700) * 1000.000001)");
        key("years", "y YEAR, b INT, PRIMARY KEY (y, b)", "IF(n % 50 = 0, 0, 1901 + n % 200), n");
        key("enums", "e ENUM('z', '', 'a', '1'), b INT, PRIMARY KEY (e, b)", "n % 5, n");
        key("sets", "s SET('z', 'a', '1'), b INT, PRIMARY KEY (s, b)", "n % 8, n");
        key("bits", "k BIT(64) PRIMARY KEY", "18446744073709551615 - n * 3");
        key("unique_only", "a INT NOT NULL, b VARCHAR(9) NOT NULL, UNIQUE u (a, b)", "n % 30, n");
        key("descending", "a INT, b INT, PRIMARY KEY (a DESC, b)", "n % 30, n");
        key(
                "three",
                "a VARCHAR(9), b DATETIME, c INT UNSIGNED, PRIMARY KEY (a, b, c)",
                "ELT(n % 2 + 1, 'x', 'Y'), '2024-01-01' + INTERVAL n % 7 DAY, 4294967295 - n");
    }

    private static String letters() {
        return "CONCAT(ELT(n % 6 + 1, 'a', 'É', 'Z', '🐫', '_', ' '), n)";
    }

    private static String create(String table) {
        return "CREATE TABLE " + table + " (" + KEYS.get(table)[0] + ", n INT, v VARCHAR(50))";
    }

    private static String insert(String table, String which) {
        return "INSERT INTO "
                + table
                + " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT "
                + KEYS.get(table)[1]
                + ", n, CONCAT('value ', n) FROM s WHERE "
                + which;
    }

    private static void fill(String which) {
        List<String> all = new ArrayList<>(List.of("SET SESSION cte_max_recursion_depth = 5000"));
        KEYS.keySet().forEach(t -> all.add(insert(t, which)));
        twin.onSource(all.toArray(String[]::new));
        twin.analyzeTables();
    }

    private static Twin twin;
    private static Database source;
    private static final Map<String, List<Chunk>> PLANS = new TreeMap<>();

    /** Plans are made when half of the rows are there. */
    @BeforeAll
    static void fill() throws SQLException {
        twin = Twin.of("keys").with("chunk-bytes", 8000);
        twin.onBoth(KEYS.keySet().stream().map(KeysIT::create).toArray(String[]::new));
        fill("n % 2 = 0");
        source = Database.open(twin.settings().database("one"), 1, Duration.ofSeconds(10));
        try (Connection session = source.connect()) {
            for (String name : KEYS.keySet()) {
                Table table = TargetTable.read(session, name).orElseThrow();
                List<Chunk> plan = ChunkPlanner.plan(session, table, ROWS / 2, PER_CHUNK);
                PLANS.put(name, plan);
                assertThat(plan).as(name).hasSizeBetween(8, 60);
                for (Chunk chunk : plan) {
                    assertThat(numbers(session, table, List.of(chunk)).size())
                            .as(name + chunk)
                            .isLessThanOrEqualTo(4 * PER_CHUNK);
                }
                assertThat(numbers(session, table, plan)).as(name).isEqualTo(numbers(2));
            }
        }
        fill("n % 2 = 1");
    }

    @AfterAll
    static void drop() {
        source.close();
        twin.close();
    }

    @Test
    void chunksCoverRowsThatCameAfterThePlanToo() throws SQLException {
        try (Connection session = source.connect()) {
            for (String name : KEYS.keySet()) {
                Table table = TargetTable.read(session, name).orElseThrow();
                assertThat(numbers(session, table, PLANS.get(name))).as(name).isEqualTo(numbers(1));
            }
        }
    }

    @Test
    void partsOfAChunkCoverItsRowsOnce() throws SQLException {
        try (Connection session = source.connect()) {
            for (String name : KEYS.keySet()) {
                Table table = TargetTable.read(session, name).orElseThrow();
                for (Chunk chunk : PLANS.get(name).subList(2, 4)) {
                    List<Chunk> parts = ChunkPlanner.split(session, table, chunk, 17);
                    assertThat(numbers(session, table, parts))
                            .as(name)
                            .isEqualTo(numbers(session, table, List.of(chunk)));
                }
            }
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aServerThatCannotTellHowManyRowsAPartHasIsNotAskedWithoutEnd() throws SQLException {
        assumeThat(source.server().version())
                .as("MariaDB has no such variable")
                .doesNotContain("MariaDB");
        try (Connection session = source.connect();
                Statement s = session.createStatement()) {
            s.execute("SET SESSION range_optimizer_max_mem_size = 1");
            for (String name : KEYS.keySet()) {
                Table table = TargetTable.read(session, name).orElseThrow();
                assertThat(ChunkPlanner.plan(session, table, ROWS, PER_CHUNK))
                        .as(name)
                        .hasSizeBetween(8, 60);
            }
        }
    }

    private static List<Integer> numbers(int step) {
        return IntStream.rangeClosed(1, ROWS).filter(n -> n % step == 0).boxed().toList();
    }

    /** The rows of all chunks, sorted; a row that is in two comes twice. */
    private static List<Integer> numbers(Connection session, Table table, List<Chunk> plan)
            throws SQLException {
        List<Integer> all = new ArrayList<>();
        for (Chunk chunk : plan) {
            all.addAll(numbers(session, table, chunk));
        }
        all.sort(null);
        return all;
    }

    private static List<Integer> numbers(Connection session, Table table, Chunk chunk)
            throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Statement s = session.createStatement();
                ResultSet r =
                        s.executeQuery(
                                "SELECT n FROM "
                                        + Twin.quote(table.name())
                                        + new KeyRange(table).where(chunk))) {
            while (r.next()) {
                numbers.add(r.getInt(1));
            }
        }
        return numbers;
    }

    @Test
    void rowsAreCopiedFoundAndWrittenByAnyKey() {
        // a table with a trigger is copied chunk by chunk, however small it is
        List<String> cut =
                List.of("ai_ci", "big_unsigned", "descending", "dominated_text", "floats", "three");
        for (String table : cut) {
            twin.onTarget(
                    "CREATE TRIGGER on_"
                            + table
                            + " BEFORE INSERT ON "
                            + table
                            + " FOR EACH ROW SET NEW.v = 'changed by a trigger'");
        }

        twin.copy();
        twin.assertSameRows();
        assertThat(twin.verify().equal()).isTrue();

        for (String table : KEYS.keySet()) {
            twin.onTarget(
                    "DELETE FROM " + table + " WHERE n < 500 AND n % 97 = 5",
                    "UPDATE "
                            + table
                            + " SET v = UPPER(v) WHERE n BETWEEN 500 AND 999 AND n % 101 = 7");
            twin.onSource("DELETE FROM " + table + " WHERE n >= 1000 AND n % 103 = 9");
        }
        assertThat(twin.verify().tables())
                .hasSameSizeAs(KEYS.keySet())
                .allSatisfy(
                        t -> {
                            assertThat(t.missing()).as(t.table()).isEqualTo(6);
                            assertThat(t.different()).as(t.table()).isEqualTo(5);
                            assertThat(t.extra()).as(t.table()).isEqualTo(5);
                        });

        assertThat(twin.reconcile().rows()).isEqualTo(16L * KEYS.size());
        twin.assertSameRows();
        assertThat(twin.read(twin.target(), "SHOW TRIGGERS")).hasSameSizeAs(cut);
        fill("n >= 1000 AND n % 103 = 9");
    }
}
