package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.schema.ServerKind;
import io.bactrian.sql.ExactJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law Y1: every change is in the log, in the writer's own transaction, and no write fails for it.
 */
class CaptureIT {
    private static final String LOG =
            "SELECT table_name, record_id, operation FROM sync_log ORDER BY id";
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), n INT NOT NULL DEFAULT 0, UNIQUE (name))";

    private static List<String> log(SyncTwin twin) {
        return twin.local(LOG).stream().map(r -> String.join(" ", r)).toList();
    }

    static Stream<List<String>> writes() {
        return Stream.of(
                List.of(
                        "INSERT INTO item (id, name) VALUES (1, 'a'), (2, 'b')",
                        "item 1 INSERT",
                        "item 2 INSERT"),
                List.of(
                        "REPLACE INTO item (id, name) VALUES (9, 'z')",
                        "item 9 DELETE",
                        "item 9 INSERT"),
                List.of(
                        "REPLACE INTO item (id, name) VALUES (1, 'z')",
                        "item 9 DELETE",
                        "item 1 INSERT"),
                List.of(
                        "INSERT INTO item (id, name) VALUES (9, 'q') ON DUPLICATE KEY UPDATE n = n + 1",
                        "item 9 UPDATE"),
                List.of(
                        "INSERT INTO item (id, name) VALUES (9, 'q') ON DUPLICATE KEY UPDATE n = n"),
                List.of(
                        "INSERT IGNORE INTO item (id, name) VALUES (9, 'q'), (3, 'c')",
                        "item 3 INSERT"),
                List.of(
                        "INSERT INTO item (id, name) SELECT id + 1, 'copy' FROM item",
                        "item 10 INSERT"),
                List.of("UPDATE item SET name = 'Z'", "item 9 UPDATE"),
                List.of("UPDATE item SET name = 'z'"),
                List.of("UPDATE item SET id = 5", "item 9 DELETE", "item 5 INSERT"),
                List.of("DELETE FROM item", "item 9 DELETE"),
                List.of(
                        "UPDATE item i JOIN (SELECT 9 AS id) x USING (id) SET i.n = 4",
                        "item 9 UPDATE"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void eachWayOfWritingIsLogged(List<String> write) {
        try (SyncTwin twin = SyncTwin.of("ca1").setUp(ITEM)) {
            twin.atLocal("INSERT INTO item (id, name) VALUES (9, 'z')", "DELETE FROM sync_log");
            twin.atLocal(write.get(0));
            assertThat(log(twin)).isEqualTo(write.subList(1, write.size()));
        }
    }

    @Test
    void whatIsRolledBackIsNotLogged() throws Exception {
        try (SyncTwin twin = SyncTwin.of("ca2").setUp(ITEM);
                Connection c = twin.localSession();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("INSERT INTO item (id, name) VALUES (1, 'a')");
            c.rollback();
            c.setAutoCommit(true);
            assertThat(log(twin)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE'",
                "SET SESSION sql_mode = 'TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH'",
                "SET SESSION sql_mode = ''",
                "SET NAMES latin1",
                "SET NAMES binary",
                "SET NAMES utf8mb4 COLLATE utf8mb4_bin",
                "SET SESSION time_zone = '-07:00'",
                "SET SESSION time_zone = '+13:00'",
                "SET SESSION div_precision_increment = 0",
                "SET SESSION group_concat_max_len = 4"
            })
    void theSessionChangesNothing(String setting) throws Exception {
        try (SyncTwin twin =
                        SyncTwin.of("ca3")
                                .setUp(
                                        "CREATE TABLE t (at TIMESTAMP(6), k CHAR(3), i INT, d DATETIME, f FLOAT, x VARBINARY(4), j JSON, `o\"'` VARCHAR(9), PRIMARY KEY (at, k, i))");
                Connection c = twin.localSession();
                Statement s = c.createStatement()) {
            s.execute("SET SESSION time_zone = '+00:00'");
            s.execute(setting);
            s.execute("SET @old_zone = @@time_zone");
            s.execute("SET SESSION time_zone = '+00:00'");
            String insert =
                    "INSERT INTO t VALUES ('2021-10-31 00:30:00.123456', _utf8mb4 0xC3A4, -7, '2020-02-02', 1.1, x'00FF', JSON_OBJECT(_utf8mb4'a', 1.50), _utf8mb4 0xE697A5)";
            s.execute("SET @moment = FROM_UNIXTIME(1635640200.123456)");
            s.execute("SET SESSION time_zone = @old_zone");
            s.execute(
                    insert.replace(
                            "'2021-10-31 00:30:00.123456'", "FROM_UNIXTIME(1635640200.123456)"));
            List<List<String>> logged =
                    twin.local("SELECT record_id, CAST(new_data AS CHAR) FROM sync_log");
            assertThat(logged).hasSize(1);
            assertThat(logged.get(0).get(0))
                    .isEqualTo("[\"2021-10-31 00:30:00.123456\", \"ä\", -7]");
            // to MariaDB JSON is text
            String json =
                    TestServers.dialect(TestServers.SOURCE).kind() == ServerKind.MARIADB
                            ? "\"{\\\"a\\\": 1.50}\""
                            : "{\"a\": 1.50}";
            assertThat(ExactJson.read(logged.get(0).get(1)))
                    .isEqualTo(
                            ExactJson.read(
                                    "{\"d\": \"2020-02-02 00:00:00\", \"f\": 1.100000023841858, \"i\": -7, \"j\": "
                                            + json
                                            + ", \"k\": \"ä\", \"x\": \"00FF\", \"at\": \"2021-10-31 00:30:00.123456\", \"o\\\"'\": \"日\"}"));
        }
    }

    @Test
    void noWriteFailsForTheLog() {
        try (SyncTwin twin = SyncTwin.of("ca4").setUp(ITEM)) {
            // of another shape: the row does not fit, the key does
            twin.atLocal("ALTER TABLE sync_log DROP COLUMN new_data");
            twin.atLocal("INSERT INTO item (id, name) VALUES (1, 'a')");
            assertThat(log(twin)).containsExactly("item 1 INSERT");
            twin.atLocal("ALTER TABLE sync_log DROP COLUMN version");
            twin.atLocal("INSERT INTO item (id, name) VALUES (2, 'b')");
            twin.atLocal("RENAME TABLE sync_log TO gone");
            twin.atLocal(
                    "INSERT INTO item (id, name) VALUES (3, 'c')",
                    "UPDATE item SET n = 5",
                    "DELETE FROM item WHERE id = 1");
            assertThat(twin.local("SELECT id FROM item ORDER BY id"))
                    .isEqualTo(List.of(List.of("2"), List.of("3")));
        }
    }

    @Test
    void aRowTooLargeForJsonIsLoggedByItsKey() {
        try (SyncTwin twin =
                SyncTwin.of("ca5").setUp("CREATE TABLE b (id INT PRIMARY KEY, x LONGBLOB)")) {
            twin.atLocal(
                    "INSERT INTO b VALUES (1, REPEAT('x', 9000000))",
                    "INSERT INTO b VALUES (2, 'y')");
            assertThat(twin.local("SELECT record_id, new_data IS NULL FROM sync_log ORDER BY id"))
                    .isEqualTo(List.of(List.of("1", "1"), List.of("2", "0")));
            assertThat(twin.round().converged()).isTrue();
            assertThat(twin.remote("SELECT id, LENGTH(x) FROM b"))
                    .isEqualTo(List.of(List.of("1", "9000000"), List.of("2", "1")));
        }
    }

    @Test
    void theWriterSeesWhatItWouldSeeWithoutTriggers() throws Exception {
        try (SyncTwin twin = SyncTwin.of("ca6").setUp(ITEM);
                Connection c = twin.localSession();
                Statement s = c.createStatement()) {
            twin.atLocal("INSERT INTO item (id, name) VALUES (70, 'a')");
            s.execute("INSERT INTO item (name) VALUES ('b')", Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = s.getGeneratedKeys()) {
                keys.next();
                assertThat(keys.getInt(1)).isEqualTo(71);
            }
            try (ResultSet r = s.executeQuery("SELECT LAST_INSERT_ID()")) {
                r.next();
                assertThat(r.getInt(1)).isEqualTo(71);
            }
            assertThat(s.executeUpdate("UPDATE item SET n = 1")).isEqualTo(2);
            assertThatThrownBy(() -> s.execute("INSERT INTO item (id, name) VALUES (71, 'x')"))
                    .hasMessageContaining("Duplicate entry '71'");
            try (ResultSet r = s.executeQuery("SHOW WARNINGS")) {
                assertThat(r.next()).isTrue();
                assertThat(r.getInt(2)).isEqualTo(1062);
            }
        }
    }

    @Test
    void versionsAreCountedWhereTheApplicationDoesNot() {
        try (SyncTwin twin =
                SyncTwin.of("ca7")
                        .setUp(
                                "CREATE TABLE v (id INT PRIMARY KEY, a INT, version INT, last_modified DATETIME(3))")) {
            twin.atLocal(
                    "INSERT INTO v (id, a) VALUES (1, 1), (2, 1), (3, 1)",
                    "UPDATE v SET a = 2 WHERE id = 1",
                    "UPDATE v SET a = 2, version = 40 WHERE id = 2",
                    "UPDATE v SET a = 1 WHERE id = 3");
            assertThat(
                            twin.local(
                                    "SELECT id, version, last_modified > NOW() - INTERVAL 1 DAY FROM v ORDER BY id"))
                    .isEqualTo(
                            List.of(
                                    List.of("1", "2", "1"),
                                    List.of("2", "40", "1"),
                                    List.of("3", "1", "1")));
            assertThat(
                            twin.local(
                                    "SELECT record_id, version FROM sync_log WHERE operation = 'UPDATE'"))
                    .isEqualTo(List.of(List.of("1", "2"), List.of("2", "40")));
        }
    }

    /** What foreign keys do is logged as if an application had done it. */
    @Test
    void cascadesAreLoggedToAnyDepth() {
        try (SyncTwin twin =
                SyncTwin.of("ca8")
                        .setUp(
                                "CREATE TABLE a (id INT PRIMARY KEY)",
                                "CREATE TABLE b (id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES a (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                                "CREATE TABLE c (id INT, b INT, PRIMARY KEY (b, id), FOREIGN KEY (b) REFERENCES b (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                                "CREATE TABLE tree (id INT PRIMARY KEY, up INT, a INT, FOREIGN KEY (up) REFERENCES tree (id) ON DELETE CASCADE, FOREIGN KEY (a) REFERENCES a (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                                "CREATE TABLE leaf (id INT PRIMARY KEY, tree INT, FOREIGN KEY (tree) REFERENCES tree (id) ON DELETE SET NULL)")) {
            twin.atLocal(
                    "INSERT INTO a VALUES (1), (2)",
                    "INSERT INTO b VALUES (1, 1), (2, 2)",
                    "INSERT INTO c VALUES (1, 1), (2, 1), (1, 2)",
                    "INSERT INTO tree VALUES (1, NULL, 1), (2, 1, NULL), (3, 2, NULL), (4, NULL, 2)",
                    "INSERT INTO leaf VALUES (1, 3), (2, 4)");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal("DELETE FROM sync_log", "DELETE FROM a WHERE id = 1");
            assertThat(log(twin))
                    .containsExactlyInAnyOrder(
                            "a 1 DELETE",
                            "b 1 DELETE",
                            "c [1, 1] DELETE",
                            "c [1, 2] DELETE",
                            "tree 1 DELETE",
                            "tree 2 DELETE",
                            "tree 3 DELETE",
                            "leaf 1 UPDATE");
            assertThat(
                            twin.local(
                                    "SELECT JSON_EXTRACT(old_data, '$.tree') FROM sync_log WHERE table_name = 'leaf'"))
                    .isEqualTo(List.of(List.of("3")));
            twin.atLocal("UPDATE b SET id = 20 WHERE id = 2", "UPDATE a SET id = 30 WHERE id = 2");
            assertThat(twin.round().converged()).isTrue();
            twin.assertEqual("a", "b", "c", "tree", "leaf");
            twin.assertBoth("SELECT b, id FROM c", List.of(List.of("20", "1")));
        }
    }
}
