package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MariaDb;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.StructureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * O6: one side is MySQL and the other MariaDB. What both have is made equal, what only one has is
 * refused by name.
 */
class AcrossKindsIT {
    private static final String DEFAULTS =
            "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci";

    /** All that a table may have which both kinds of server understand, each in its own words. */
    private static final String[] SHOP = {
        DEFAULTS,
        "CREATE TABLE customer (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT '',"
                + " code CHAR(4) CHARACTER SET latin1 COLLATE latin1_bin, tag VARCHAR(9) COLLATE utf8mb4_bin DEFAULT 'it''s',"
                + " small TINYINT UNSIGNED DEFAULT 3, flag TINYINT(1) NOT NULL DEFAULT 0, z BIGINT(12) ZEROFILL,"
                + " price DECIMAL(10,2) DEFAULT -1.5, ratio DOUBLE, f FLOAT DEFAULT 1.5, y YEAR DEFAULT 2000, bits BIT(3) DEFAULT b'101',"
                + " made DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), seen TIMESTAMP NULL,"
                + " kind ENUM('a','b''c') DEFAULT 'a', opts SET('x','y'), notes TEXT, words LONGTEXT NOT NULL DEFAULT ('none'), raw BLOB,"
                + " place POINT NOT NULL, area GEOMETRYCOLLECTION, ref VARCHAR(36) DEFAULT (UUID()), two INT DEFAULT (1 + 2 * 3),"
                + " twice DECIMAL(12,2) GENERATED ALWAYS AS ((price + 1) * 2 - 1) STORED,"
                + " big VARCHAR(40) GENERATED ALWAYS AS (UPPER(name)) VIRTUAL,"
                + " hidden INT DEFAULT 7 INVISIBLE,"
                + " UNIQUE KEY by_code (code, name), KEY by_price (price DESC), KEY by_notes (notes(10)) COMMENT 'start',"
                + " FULLTEXT KEY words (words), SPATIAL KEY place (place),"
                + " CONSTRAINT certain CHECK (small >= 0 AND (name <> 'nobody' OR code IS NULL)),"
                + " CONSTRAINT known CHECK (y BETWEEN 1901 AND 2155 AND LENGTH(name) < 40 AND small NOT IN (7, 9) AND name NOT LIKE '#%'))"
                + " COMMENT='who buys'",
        "CREATE TABLE purchase (id BIGINT PRIMARY KEY, customer INT UNSIGNED, other INT UNSIGNED,"
                + " CONSTRAINT buyer FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE,"
                + " CONSTRAINT heir FOREIGN KEY (other) REFERENCES customer (id) ON DELETE SET NULL)"
                + " ROW_FORMAT=DYNAMIC DEFAULT CHARSET=latin1",
        "INSERT INTO customer (name, code, ratio, notes, raw, place) VALUES"
                + " ('Zoë 🐫', 'äb', -0e0, 'x\\ty', x'00ff5c0a', ST_GeomFromText('POINT(1 2)', 4326)),"
                + " ('', NULL, 1e-300, NULL, NULL, ST_GeomFromText('POINT(0 0)'))",
        "INSERT INTO purchase VALUES (-9, 1, 2), (9, 2, NULL)"
    };

    private static MySqlServer mySql;
    private static MySqlServer mariaDb;

    @BeforeAll
    static void start() {
        mariaDb = MariaDb.launch("--max-allowed-packet=64M");
        mySql = MySqlServer.launch();
    }

    @AfterAll
    static void stop() {
        for (MySqlServer server : new MySqlServer[] {mySql, mariaDb}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private static Twin twin(boolean toMariaDb, String schema) {
        Server one = toMariaDb ? mySql.address() : mariaDb.address();
        Server two = toMariaDb ? mariaDb.address() : mySql.address();
        return Twin.between(one, two, schema);
    }

    private static List<String> shown(Twin twin, Server server) {
        return twin.tables(server).stream()
                .flatMap(t -> twin.shown(server, "SHOW CREATE TABLE " + Twin.quote(t)).stream())
                // the counter of a table without rows is not printed
                .map(text -> text.replaceAll(" AUTO_INCREMENT=\\d+", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBothHaveIsMadeEqualAndComesBackTheSame(boolean toMariaDb) {
        try (Twin there = twin(toMariaDb, "kinds");
                Twin back = twin(!toMariaDb, "kinds_back")) {
            there.onSource(SHOP);

            assertThat(there.replicate(there.job().changing()).verification().equal()).isTrue();

            there.assertSameRows();
            assertThat(there.structure().changed()).isFalse();
            // what the other kind of server made of it, made by the first kind again, is as it was
            back.onSource(DEFAULTS);
            back.execute(
                    back.source(),
                    there.shown(there.target(), "SHOW CREATE TABLE customer").get(0),
                    there.shown(there.target(), "SHOW CREATE TABLE purchase").get(0));
            back.structure();
            assertThat(shown(back, back.target()))
                    .containsExactlyElementsOf(shown(there, there.source()));
        }
    }

    @Test
    void aDocumentArrivesAsTheTextMySqlPrintsAndDoesNotSync() {
        try (Twin twin = twin(true, "kinds_json")) {
            twin.onSource(
                    DEFAULTS,
                    "CREATE TABLE doc (id INT PRIMARY KEY, j JSON, k JSON NOT NULL)",
                    "INSERT INTO doc VALUES (1, '{\"b\":1.50, \"a\": [null, \"é\"]}', 'null'), (2, NULL, '1e2')");
            assertThat(twin.replicate(twin.job().changing()).verification().equal()).isTrue();
            assertThat(twin.read(twin.target(), "SELECT CONCAT(IFNULL(j, '-'), k) FROM doc"))
                    .isEqualTo(
                            twin.read(
                                    twin.source(),
                                    "SELECT CONCAT(IFNULL(CAST(j AS CHAR), '-'), CAST(k AS CHAR)) FROM doc"))
                    .hasSize(2);
            var round = Duo.of(twin).round();
            assertThat(round.tables()).hasSize(1).first().asString().contains("has JSON in j");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyValueOfTypesThatBothHaveArrivesBitForBit(boolean toMariaDb) throws IOException {
        try (Twin twin = twin(toMariaDb, "kinds_types");
                var in = AcrossKindsIT.class.getResourceAsStream("types.sql")) {
            twin.onSource(DEFAULTS);
            twin.onSource(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("-- rows\n"));
            twin.with(
                    "tables",
                    "numbers,reals,bits,times,bytes,large,flat,text_latin1,text_ascii,"
                            + "text_utf8mb3,text_utf8mb4,text_ucs2,text_utf16,text_utf32");

            twin.onSource(
                    "ALTER TABLE text_utf8mb4 CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
            twin.structure();
            twin.copy();
            assertThat(twin.verify().tables()).allMatch(t -> t.equal());

            for (String table : twin.tables(twin.target())) {
                assertThat(twin.rows(twin.target(), table))
                        .as(table)
                        .isEqualTo(twin.rows(twin.source(), table));
            }
        }
    }

    @Test
    void whatHasNoEqualIsRefusedByName() {
        try (Twin twin = twin(true, "kinds_refused")) {
            twin.onSource(
                    DEFAULTS,
                    "CREATE TABLE fits (id INT PRIMARY KEY, v VARCHAR(9))",
                    "CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(9) COLLATE utf8mb4_0900_ai_ci)",
                    "CREATE TABLE place (id INT PRIMARY KEY, p POINT NOT NULL SRID 4326)",
                    "CREATE TABLE made (id INT PRIMARY KEY, a INT, KEY ((a + 1)), CONSTRAINT lax CHECK (a > 1) NOT ENFORCED,"
                            + " CONSTRAINT odd CHECK (a = SIN(a)))",
                    "CREATE VIEW seen AS SELECT id FROM fits");
            assertThatThrownBy(twin::structure)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("plain.v: the collation utf8mb4_0900_ai_ci")
                    .hasMessageContaining("place.p: the SRID")
                    .hasMessageContaining("made: the functional key")
                    .hasMessageContaining("check lax, which is NOT ENFORCED")
                    .hasMessageContaining("check odd")
                    .hasMessageNotContaining("fits");
            assertThat(twin.tables(twin.target())).isEmpty();

            twin.with("tables", "!plain,!place,!made");
            assertThatThrownBy(twin::structure)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("view seen");
            // the rows need no view
            twin.onTarget(
                    "CREATE TABLE fits (id INT PRIMARY KEY, v VARCHAR(9) COLLATE utf8mb4_unicode_520_ci)"
                            + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
            twin.onSource("INSERT INTO fits VALUES (1, 'é')");
            twin.copy();
            assertThat(twin.verify().equal()).isTrue();
            // one made by hand is left as it is
            twin.onTarget("CREATE VIEW seen AS SELECT id FROM fits");
            assertThat(twin.structure().ddl()).noneMatch(s -> s.contains("VIEW"));
        }
        try (Twin twin = twin(false, "kinds_refused_too")) {
            twin.onSource(
                    DEFAULTS,
                    "CREATE TABLE keyed (id UUID PRIMARY KEY, i INET6)",
                    "CREATE TABLE said (id INT PRIMARY KEY, v VARCHAR(9) COLLATE utf8mb4_uca1400_ai_ci, b BINARY(2) DEFAULT x'00ff')");
            assertThatThrownBy(twin::structure)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("keyed.id: the type uuid")
                    .hasMessageContaining("keyed.i: the type inet6")
                    .hasMessageContaining("said.v: the collation utf8mb4_uca1400_ai_ci")
                    .hasMessageContaining("said.b: the default");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesOfBothSidesMeet(boolean toMariaDb) {
        Duo duo =
                Duo.of(
                        twin(toMariaDb, "kinds_sync"),
                        DEFAULTS,
                        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20) UNIQUE, version INT) COLLATE utf8mb4_unicode_520_ci",
                        "CREATE TABLE child (id INT PRIMARY KEY, parent INT, d DOUBLE, f FLOAT, n DECIMAL(20,5), b VARBINARY(9), bits BIT(9),"
                                + " at TIMESTAMP(6) NULL, words LONGTEXT, e ENUM('a', ''), FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE)"
                                + " COLLATE utf8mb4_unicode_520_ci");
        try (Twin twin = duo.twin()) {
            duo.atLocal(
                    "INSERT INTO parent VALUES (1, 'one', 1), (2, 'two', 1)",
                    "INSERT INTO child VALUES (1, 1, 1, 1.234567, 1.5, x'00ff', b'101', '2001-01-01 00:00:00.5', 'ä🐫', ''),"
                            + " (2, 2, 1e300, NULL, -1, '', 0, NULL, NULL, 'a'), (3, 1, 0.1, 3, 0, NULL, NULL, NULL, '', NULL)");
            assertThat(duo.round().converged()).isTrue();
            assertSame(twin);

            duo.atLocal(
                    "UPDATE parent SET name = 'mine' WHERE id = 1",
                    "DELETE FROM parent WHERE id = 2",
                    "UPDATE child SET d = 2 WHERE id = 3");
            duo.atRemote(
                    "UPDATE parent SET name = 'theirs' WHERE id = 1",
                    "INSERT INTO parent VALUES (3, 'x', 1), (4, 'y', 1)",
                    "UPDATE parent SET name = 'z' WHERE id = 3",
                    "UPDATE parent SET name = 'x' WHERE id = 4",
                    "UPDATE parent SET name = 'y' WHERE id = 3",
                    // the same value as the other side writes
                    "UPDATE child SET d = 2 WHERE id = 3",
                    "UPDATE child SET words = 'more' WHERE id = 1");
            assertThat(duo.round().converged()).isTrue();
            assertSame(twin);
            assertThat(twin.read(twin.source(), "SELECT name FROM parent ORDER BY id"))
                    .containsExactly("theirs", "y", "x");
            assertThat(
                            twin.read(
                                    twin.source(),
                                    "SELECT CONCAT(conflict_type, local_data->>'$.name') FROM sync_conflicts"))
                    .containsExactly("UPDATE_UPDATEmine");

            duo.atRemote("TRUNCATE child");
            assertThat(duo.round().converged()).isTrue();
            assertThat(twin.read(twin.source(), "SELECT id FROM child")).isEmpty();
        }
    }

    private static void assertSame(Twin twin) {
        for (String table : List.of("parent", "child")) {
            assertThat(twin.rows(twin.target(), table))
                    .as(table)
                    .isEqualTo(twin.rows(twin.source(), table));
        }
    }
}
