package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.demo.MariaDb;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.DataException;
import io.bactrian.route.Job;
import io.bactrian.route.RestoreStep;
import io.bactrian.schema.Schema;
import io.bactrian.schema.ServerKind;
import io.bactrian.sql.SchemaReader;
import io.bactrian.state.RunNote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B1 and B2: what was saved comes back, and what is replaced is saved before. */
@Timeout(120)
class RestoreIT {
    private static final String[] SHOP = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20))",
        "CREATE TABLE child (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, note VARCHAR(400), KEY note (note(20)),"
                + " CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES parent (id)) AUTO_INCREMENT = 90000",
        "CREATE TABLE keyless (a INT, b VARCHAR(20))",
        "CREATE TABLE nothing (id INT PRIMARY KEY)",
        "CREATE VIEW names AS SELECT name FROM parent",
        "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n",
        "CREATE TRIGGER on_child BEFORE INSERT ON child FOR EACH ROW SET NEW.note = 'fired'",
        "INSERT INTO parent VALUES (1, 'one'), (2, 'two')",
        "INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, NULL)",
    };
    private static final String ROWS =
            "INSERT INTO child (id, parent, note) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                    + " SELECT a.i * 1000 + b.i, 1 + b.i % 2, REPEAT(LEFT(SHA2(b.i, 256), 32), 10) FROM n a, n b WHERE a.i <= 20";

    private static MySqlServer withoutLocalInfile;

    @TempDir Path folder;
    private Twin twin;

    @BeforeAll
    static void launch() {
        boolean mariaDb = TestServers.dialect(TestServers.SOURCE).kind() == ServerKind.MARIADB;
        withoutLocalInfile =
                mariaDb
                        ? MariaDb.launch("--local-infile=OFF", "--max-allowed-packet=64M")
                        : MySqlServer.launch("--local-infile=OFF");
    }

    @AfterAll
    static void end() {
        withoutLocalInfile.close();
    }

    @BeforeEach
    void schema() {
        begin(MySqlPair.shared().target());
    }

    private void begin(Server target) {
        twin = Twin.of("restore", target).with("backup.dir", folder.resolve("backups"));
    }

    @AfterEach
    void close() {
        twin.close();
    }

    private void shop() {
        twin.onSource(SHOP);
        twin.onSource(
                "SET SESSION cte_max_recursion_depth = 2000",
                "DROP TRIGGER on_child",
                ROWS,
                SHOP[6]);
        twin.analyzeTables();
    }

    private Schema structure(Server server) {
        try (Connection c = server.connect(twin.schema())) {
            return SchemaReader.read(c, twin.schema(), t -> true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void assertSame() {
        twin.assertSameRows();
        Schema source = structure(twin.source());
        Schema target = structure(twin.target());
        assertThat(target.tables()).isEqualTo(source.tables());
        assertThat(target.objects()).isEqualTo(source.objects());
        assertThat(twin.tables(twin.target())).doesNotContain("sync_metadata");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyValueComesBack(boolean localInfile) throws IOException {
        if (!localInfile) {
            twin.close();
            begin(withoutLocalInfile.address());
        }
        try (InputStream in = RestoreIT.class.getResourceAsStream("types.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            twin.onSource(script.split("-- rows\n"));
        }

        twin.restore(twin.save().backupId());

        assertSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "none"})
    void aDatabaseOfManyChunksComesBackWithAllThatIsInIt(String compression) {
        twin.with("chunk-bytes", "1M").with("backup.compression", compression);
        shop();

        RestoreStep.Report report = twin.restore(twin.save().backupId());

        assertThat(report.rows()).isEqualTo(2 + 3 + 20 * 999);
        assertSame();
    }

    /**
     * It does not matter what is there: other columns, rows, triggers, a view in a table's place.
     */
    @Test
    void whatIsThereIsReplacedAndSavedBefore() {
        shop();
        twin.onTarget(
                "CREATE TABLE child (id INT PRIMARY KEY, other TEXT)",
                "INSERT INTO child VALUES (1, 'mine')",
                "CREATE TABLE extra (id INT PRIMARY KEY)",
                "INSERT INTO extra VALUES (7)",
                "CREATE VIEW parent AS SELECT 1 AS id");

        RestoreStep.Report report = twin.restore(twin.save().backupId());

        assertThat(twin.one(twin.target(), "SELECT id FROM extra")).isEqualTo("7");
        twin.onTarget("DROP TABLE extra");
        assertSame();

        twin.onTarget("DROP TABLE child, parent, keyless, nothing");
        twin.restore(report.savedAs());
        assertThat(twin.one(twin.target(), "SELECT other FROM child")).isEqualTo("mine");
        assertThat(twin.one(twin.target(), "SELECT id FROM parent")).isEqualTo("1");
    }

    @Test
    void someTablesComeBackAndNothingElseIsTouched() {
        shop();
        String id = twin.save().backupId();
        twin.restore(id);
        twin.onTarget(
                "DELETE FROM keyless",
                "DELETE FROM child",
                "DROP FUNCTION twice",
                "DROP VIEW names");

        twin.with("tables", "keyless").restore(id);

        assertThat(twin.one(twin.target(), "SELECT COUNT(*) FROM keyless")).isEqualTo("3");
        assertThat(twin.one(twin.target(), "SELECT COUNT(*) FROM child")).isEqualTo("0");
        assertThat(structure(twin.target()).objects())
                .extracting("name")
                .containsExactly("on_child");
    }

    /** The next call of any kind tells; --resume goes on where it stopped. */
    @Test
    void killedWithMinus9ItGoesOn() throws Exception {
        twin.with("chunk-bytes", "100k");
        shop();
        String id = twin.save().backupId();
        try (Child child = Child.start(folder, twin, "128m", "restore", id, "--into", "two")) {
            child.await("chunks", () -> marks() > 3);
            child.kill();
        }
        assertThat(note().restoring()).isEqualTo(id);

        assertThatThrownBy(
                        () ->
                                twin.restore(
                                        twin.restoring(twin.save().backupId())
                                                .copying(Job.Mode.TRUNCATE, true)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no restore of");
        twin.restore(twin.restoring(id).copying(Job.Mode.TRUNCATE, true));

        assertSame();
    }

    private RunNote note() throws SQLException {
        try (Connection c = twin.target().connect(twin.schema())) {
            return RunNote.find(c).orElseThrow();
        }
    }

    private int marks() {
        return twin.tables(twin.target()).contains("sync_metadata")
                ? Integer.parseInt(
                        twin.one(
                                twin.target(),
                                "SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'copy/chunk/%'"))
                : 0;
    }
}
