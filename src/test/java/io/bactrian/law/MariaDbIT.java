package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MariaDb;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.StructureException;
import io.bactrian.sync.LockedWrites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** O6: the laws in short between two MariaDB servers, as they are set out of the box. */
class MariaDbIT {
    private static final Path SCENARIO = Path.of("src/test/resources/structure/mariadb");
    private static MySqlServer one;
    private static MySqlServer two;

    @BeforeAll
    static void start() {
        one = MariaDb.launch("--max-allowed-packet=64M");
        two = MariaDb.launch("--max-allowed-packet=64M");
    }

    @AfterAll
    static void stop() {
        for (MySqlServer server : new MySqlServer[] {one, two}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private static Twin twin(String schema) {
        return Twin.between(one.address(), two.address(), schema);
    }

    private static String[] types() throws IOException {
        try (var in = MariaDbIT.class.getResourceAsStream("types.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).split("-- rows\n");
        }
    }

    @Test
    void everyValueArrivesBitForBitAndComesBackFromABackup() throws IOException {
        try (Twin twin = twin("maria_types")) {
            twin.onSource(types());

            assertThat(twin.replicate(twin.job().changing()).verification().equal()).isTrue();

            twin.assertSameRows();
            String saved = twin.save().backupId();
            twin.onTarget("DROP TABLE numbers", "DELETE FROM reals", "UPDATE made SET b = 'z'");
            twin.restore(saved);
            twin.assertSameRows();
        }
    }

    @Test
    void tablesPrintTheSameAfterwards() throws IOException {
        try (Twin twin = twin("maria_structure")) {
            twin.onSource(Files.readString(SCENARIO.resolve("source.sql")));
            twin.onTarget(Files.readString(SCENARIO.resolve("target.sql")));

            twin.structure();

            for (String table : twin.tables(twin.source())) {
                assertThat(definition(twin, twin.target(), table))
                        .isEqualTo(definition(twin, twin.source(), table));
            }
        }
    }

    private static List<String> definition(Twin twin, Server server, String table) {
        return twin.shown(server, "SHOW CREATE TABLE " + Twin.quote(table));
    }

    @Test
    void theSecondsThatAServerGivesAQueryAreNotForCopies() {
        try (Twin twin = twin("maria_seconds")) {
            twin.onSource(
                    "CREATE TABLE many (id INT PRIMARY KEY, t TEXT)",
                    "INSERT INTO many SELECT seq, REPEAT('x', 9000) FROM seq_1_to_3000");
            one.address().execute("", "SET GLOBAL max_statement_time = 0.02");
            try {
                assertThat(twin.replicate(twin.job().changing()).verification().equal()).isTrue();
            } finally {
                one.address().execute("", "SET GLOBAL max_statement_time = 0");
            }
        }
    }

    @Test
    void whatIsNotCarriedIsRefusedByName() {
        try (Twin twin = twin("maria_refused")) {
            twin.onSource("CREATE SEQUENCE numbers");
            assertThatThrownBy(twin::structure)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("sequence");
            twin.onSource(
                    "DROP SEQUENCE numbers", "CREATE TABLE past (id INT) WITH SYSTEM VERSIONING");
            assertThatThrownBy(twin::structure)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("system versioned table");
        }
    }

    @Test
    void changesOfBothSidesMeet() {
        Duo duo =
                Duo.of(
                        twin("maria_sync"),
                        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20) UNIQUE, version INT)",
                        "CREATE TABLE child (id INT PRIMARY KEY, parent INT, j JSON, f FLOAT, e ENUM('a', ''),"
                                + " FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE)");
        try (Twin twin = duo.twin()) {
            duo.atLocal(
                    "INSERT INTO parent VALUES (1, 'one', 1), (2, 'two', 1)",
                    "INSERT INTO child VALUES (1, 1, '{\"b\": 1.50}', 1.234567, ''), (2, 2, 'null', NULL, 'a')");
            assertThat(duo.round().converged()).isTrue();

            // both change a row; one takes a parent with its child; the other swaps unique values
            duo.atLocal(
                    "UPDATE parent SET name = 'mine' WHERE id = 1",
                    "DELETE FROM parent WHERE id = 2");
            duo.atRemote(
                    "UPDATE parent SET name = 'theirs' WHERE id = 1",
                    "INSERT INTO parent VALUES (3, 'x', 1), (4, 'y', 1)",
                    "UPDATE parent SET name = 'z' WHERE id = 3",
                    "UPDATE parent SET name = 'x' WHERE id = 4",
                    "UPDATE parent SET name = 'y' WHERE id = 3");
            assertThat(duo.round().converged()).isTrue();

            for (String table : List.of("parent", "child")) {
                assertThat(twin.rows(twin.target(), table))
                        .isEqualTo(twin.rows(twin.source(), table));
            }
            assertThat(twin.read(twin.source(), "SELECT name FROM parent ORDER BY id"))
                    .containsExactly("theirs", "y", "x");
            assertThat(twin.read(twin.source(), "SELECT id FROM child")).containsExactly("1");
            assertThat(
                            twin.read(
                                    twin.source(),
                                    "SELECT CONCAT(conflict_type, local_data->>'$.name') FROM sync_conflicts"))
                    .containsExactly("UPDATE_UPDATEmine");

            // TRUNCATE fires no trigger
            duo.atLocal("TRUNCATE child");
            assertThat(duo.round().converged()).isTrue();
            assertThat(twin.read(twin.target(), "SELECT id FROM child")).isEmpty();
        }
    }

    /** It finds too few for {@code (b, a) IN ((_utf8mb4 'ß', 3), (_utf8mb4 'ss', 4))}. */
    @Test
    void rowsAreFoundByAKeyOfSeveralColumnsInAnotherCharacterSet() {
        Duo duo =
                Duo.of(
                        twin("maria_latin1"),
                        "CREATE TABLE t (a INT, b VARCHAR(9) CHARACTER SET latin1, v INT, PRIMARY KEY (b, a))");
        try (Twin twin = duo.twin()) {
            duo.atLocal("INSERT INTO t VALUES (3, 'ß', 1), (4, 'ss', 1), (5, 'é', 1), (6, 'x', 1)");
            assertThat(duo.round().converged()).isTrue();
            duo.atLocal("UPDATE t SET v = 2 WHERE a <> 5");
            duo.atRemote("DELETE FROM t WHERE a = 5", "INSERT INTO t VALUES (7, 'ü', 1)");

            assertThat(duo.round().converged()).isTrue();

            assertThat(duo.atBoth("SELECT CONCAT(b, a, v) FROM t ORDER BY a"))
                    .containsExactly("ß32", "ss42", "x62", "ü71");
        }
    }

    /** Its triggers fail then with error 1442, which must not fail the write. */
    @Test
    void whatIsWrittenUnderLockTablesGoesUnseenButNotUntold() throws Exception {
        Duo duo = Duo.of(twin("maria_locks"), "CREATE TABLE t (id INT PRIMARY KEY, v INT)");
        try (Twin twin = duo.twin();
                Connection local = duo.local()) {
            duo.round();
            assertThat(LockedWrites.possible(local)).isFalse();

            duo.atLocal("LOCK TABLES t WRITE; INSERT INTO t VALUES (1, 1); UNLOCK TABLES");

            assertThat(duo.askLocal("SELECT id FROM t")).hasSize(1);
            assertThat(duo.askLocal("SELECT id FROM sync_log")).isEmpty();
            assertThat(LockedWrites.possible(local)).isTrue();
            assertThat(LockedWrites.possible(local)).isFalse();
        }
    }

    /** Whoever can say so gets his changes logged. */
    @Test
    void whatIsWrittenWhileTheLogIsLockedTooIsCarried() {
        Duo duo = Duo.of(twin("maria_locks"), "CREATE TABLE t (id INT PRIMARY KEY, v INT)");
        try (Twin twin = duo.twin()) {
            duo.atLocal(
                    "LOCK TABLES t WRITE, sync_log WRITE; INSERT INTO t VALUES (1, 1); UPDATE t SET v = 2; UNLOCK TABLES");

            assertThat(duo.round().converged()).isTrue();

            assertThat(duo.atBoth("SELECT v FROM t")).containsExactly("2");
        }
    }
}
