package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D4: killed at any point, a copy goes on and ends equal, or starts anew and owes nothing. */
@Timeout(120)
class KilledIT {
    private static final int ROWS = 22_000;
    private static final String[] STRUCTURE = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(9))",
        "CREATE TABLE big (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, code VARCHAR(40),"
                + " payload VARCHAR(600), KEY code (code), UNIQUE KEY u (payload(30), id),"
                + " CONSTRAINT big_parent FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE)",
        "CREATE TABLE keyless (a INT, b VARCHAR(20))"
    };
    private static final String[] TRIGGERS = {
        "CREATE TRIGGER on_big BEFORE INSERT ON big FOR EACH ROW SET NEW.code = 'fired'",
        "CREATE TRIGGER on_keyless AFTER INSERT ON keyless FOR EACH ROW INSERT INTO parent VALUES (-1, 'x')",
        "CREATE TRIGGER on_keyless_too AFTER INSERT ON keyless FOR EACH ROW FOLLOWS on_keyless SET @x = 1"
    };
    private static Twin twin;

    @TempDir Path folder;

    /** Where the program is when it is killed. */
    enum Point {
        AMONG_CHUNKS,
        BUILDING_INDEXES,
        OWING_FOREIGN_KEYS
    }

    /** What is done after that. */
    enum Again {
        RESUME,
        ANEW,
        REPAIR
    }

    @BeforeAll
    static void fill() {
        twin = Twin.of("killed").with("chunk-bytes", "256K");
        twin.onSource(STRUCTURE);
        twin.onSource(
                "SET SESSION cte_max_recursion_depth = 100000",
                seq("parent", 50, "n, n"),
                seq(
                        "big",
                        ROWS,
                        "n * 2, n % 50 + 1, LEFT(SHA2(n, 256), 32), REPEAT(LEFT(SHA2(n, 256), 32), 18)"),
                seq("keyless", 3000, "n % 700, 'twice or more'"));
        twin.analyzeTables();
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

    @AfterAll
    static void drop() {
        twin.close();
    }

    @BeforeEach
    void staleTarget() {
        twin.target().execute("", "DROP SCHEMA " + twin.schema(), "CREATE SCHEMA " + twin.schema());
        twin.onTarget(STRUCTURE);
        twin.onTarget(
                "SET foreign_key_checks = 0",
                "INSERT INTO big VALUES (1, 99, 'stale', 'stale')",
                "INSERT INTO keyless VALUES (1, 'stale')");
        twin.onTarget(TRIGGERS);
    }

    @ParameterizedTest
    @CsvSource({
        "AMONG_CHUNKS, RESUME",
        "AMONG_CHUNKS, ANEW",
        "AMONG_CHUNKS, REPAIR",
        "BUILDING_INDEXES, RESUME",
        "BUILDING_INDEXES, ANEW",
        "OWING_FOREIGN_KEYS, RESUME"
    })
    void endsEqualAndOwesNothing(Point point, Again how) throws Exception {
        if (point == Point.OWING_FOREIGN_KEYS) {
            TestServers.needs("MySQL: a lock on the parent while a foreign key is added unchecked");
        }
        List<String> before = structure();
        try (Child child = Child.start(folder, twin, "128m", "data")) {
            try (Connection brake = brake(point, child)) {
                child.kill();
                if (point == Point.AMONG_CHUNKS) {
                    assertThat(structure()).isNotEqualTo(before);
                }
                changeSource();
                CompletableFuture<Long> rows = CompletableFuture.supplyAsync(() -> again(how));
                brake.close();
                assertThat(rows.get()).isLessThan(how == Again.RESUME ? ROWS : 2 * ROWS);
            }
        }

        twin.assertSameRows();
        assertThat(structure()).isEqualTo(before);
        assertThat(twin.tables(twin.target())).containsExactly("big", "keyless", "parent");
        assertThat(twin.verify().equal()).isTrue();
    }

    /** Returns the rows it wrote. */
    private static long again(Again how) {
        return switch (how) {
            case RESUME -> twin.resume().rows();
            case ANEW -> twin.copy().rows();
            case REPAIR -> twin.repair().repaired();
        };
    }

    /** Waits for the point, and for some of them is what keeps the program there. */
    private Connection brake(Point point, Child child) throws SQLException {
        Connection brake = twin.target().connect(twin.schema());
        try {
            brake.setAutoCommit(false);
            apply(brake, point, child);
            return brake;
        } catch (SQLException | AssertionError e) {
            // else the next test waits for its locks
            brake.close();
            throw e;
        }
    }

    private void apply(Connection brake, Point point, Child child) throws SQLException {
        Statement s = brake.createStatement();
        switch (point) {
            case AMONG_CHUNKS ->
                    child.await("some chunks", () -> chunks("big") >= 5 && chunks("keyless") == 1);
            case BUILDING_INDEXES -> {
                child.await("a first chunk", () -> chunks("big") >= 1);
                s.execute("SELECT 1 FROM big LIMIT 1");
                child.await("index build", () -> waiting("ALTER TABLE `big`%ADD%KEY%"));
            }
            case OWING_FOREIGN_KEYS -> {
                child.await(
                        "parents",
                        () -> twin.one(twin.target(), "SELECT COUNT(*) FROM parent").equals("50"));
                s.execute("SELECT 1 FROM parent LIMIT 1");
                child.await("foreign key", () -> waiting("ALTER TABLE `big`%ADD CONSTRAINT%"));
            }
        }
    }

    private static int chunks(String table) {
        boolean any = twin.tables(twin.target()).contains("sync_metadata");
        return any
                ? Integer.parseInt(
                        twin.one(
                                twin.target(),
                                "SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'copy/chunk/"
                                        + table
                                        + "/%'"))
                : 0;
    }

    private static boolean waiting(String statement) {
        return !twin.read(
                        twin.target(),
                        "SELECT id FROM information_schema.processlist WHERE db = '"
                                + twin.schema()
                                + "' AND state LIKE 'Waiting for table metadata lock' AND info LIKE '"
                                + statement
                                + "'")
                .isEmpty();
    }

    private static void changeSource() {
        twin.onSource(
                "UPDATE big SET code = CONCAT('new ', code) WHERE id % 2000 = 0",
                "DELETE FROM big WHERE id = (SELECT * FROM (SELECT MIN(id) FROM big) x)",
                "DELETE FROM big WHERE id = (SELECT * FROM (SELECT MAX(id) FROM big) x)",
                "INSERT INTO big (id, parent, code, payload) SELECT MIN(id) - 1, 1, 'odd', 'odd' FROM big",
                "INSERT INTO keyless VALUES (1, 'added')",
                "DELETE FROM keyless LIMIT 1");
    }

    private static List<String> structure() {
        return List.of(
                twin.target("SHOW CREATE TABLE big", 2).replaceFirst(" AUTO_INCREMENT=\\d+", ""),
                twin.target("SHOW CREATE TABLE keyless", 2),
                twin.read(
                                twin.target(),
                                "SELECT CONCAT(trigger_name, action_order, action_timing, event_object_table,"
                                        + " action_statement, definer, sql_mode) FROM information_schema.triggers"
                                        + " WHERE trigger_schema = DATABASE() ORDER BY 1")
                        .toString());
    }

    /** A repair that was killed has taken triggers off, though its rows may be equal since. */
    @Test
    void aKilledRepairGivesTriggersBack() throws Exception {
        twin.copy();
        List<String> before = structure();
        // enough rows that it is at work for a while
        twin.onSource("UPDATE big SET payload = CONCAT('x', payload)");
        try (Child child = Child.start(folder, twin, "128m", "verify", "--repair")) {
            child.await("triggers gone", () -> !structure().equals(before));
            child.kill();
        }
        assertThat(structure()).isNotEqualTo(before);
        twin.onSource("UPDATE big SET payload = SUBSTR(payload, 2)");

        assertThat(twin.repair().equal()).isTrue();

        assertThat(structure()).isEqualTo(before);
        twin.assertSameRows();
        assertThat(twin.tables(twin.target())).doesNotContain("sync_metadata");
    }
}
