package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.backup.Backup;
import io.bactrian.backup.Backups;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.Job;
import io.bactrian.route.ReplicateReport;
import io.bactrian.schema.Schema;
import io.bactrian.sql.SchemaReader;
import io.bactrian.state.RunNote;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** B1: a replication that fails after it changed something leaves the target as it was. */
@Timeout(120)
class RollbackIT {
    private static final String[] SOURCE = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, since DATE)",
        "CREATE TABLE child (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, note VARCHAR(400), KEY note (note(20)),"
                + " CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES parent (id))",
        "CREATE TABLE fresh (id INT PRIMARY KEY)",
        "CREATE VIEW fresh_view AS SELECT * FROM fresh",
        "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n",
        "INSERT INTO parent VALUES (1, 'one', '2020-02-02'), (2, 'two', NULL)",
        "INSERT INTO child VALUES (1, 1, 'a'), (2, 2, 'b')",
        "INSERT INTO fresh VALUES (1), (2), (3)",
    };

    private static final String[] TARGET = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, gone DOUBLE)",
        "CREATE TABLE child (id INT AUTO_INCREMENT PRIMARY KEY, note TEXT, parent INT,"
                + " CONSTRAINT other FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE) AUTO_INCREMENT = 700",
        "CREATE TABLE mine (id INT PRIMARY KEY, parent INT, CONSTRAINT mine FOREIGN KEY (parent) REFERENCES parent (id))",
        "CREATE TABLE keyless (a VARCHAR(20))",
        "CREATE VIEW old_view AS SELECT name FROM parent",
        "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n + n",
        "CREATE TRIGGER on_child BEFORE INSERT ON child FOR EACH ROW SET NEW.note = UPPER(NEW.note)",
        "INSERT INTO parent VALUES (5, 'five', -0.1), (6, 'six', NULL)",
        "INSERT INTO child (parent, note) VALUES (5, 'x'), (6, 'y'), (NULL, 'z')",
        "INSERT INTO mine VALUES (1, 5)",
        "INSERT INTO keyless VALUES ('twice'), ('twice'), (NULL)",
    };

    @TempDir Path folder;
    private Twin twin;

    @BeforeEach
    void schema() {
        twin = Twin.of("rollback").with("backup.dir", folder.resolve("backups"));
        twin.with("retry-attempts", 1);
        twin.onSource(SOURCE);
        twin.onTarget(TARGET);
    }

    @AfterEach
    void close() {
        twin.source().execute("", "DROP SCHEMA IF EXISTS lw_elsewhere");
        twin.close();
    }

    /** All of the target, to the bit. */
    private record Picture(List<?> tables, List<?> objects, Map<String, List<String>> rows) {}

    private Picture picture() {
        try (Connection c = twin.target().connect(twin.schema())) {
            Schema schema = SchemaReader.read(c, twin.schema(), t -> true);
            Map<String, List<String>> rows = new TreeMap<>();
            twin.tables(twin.target()).stream()
                    .filter(t -> !t.startsWith("sync_"))
                    .forEach(t -> rows.put(t, twin.rows(twin.target(), t)));
            return new Picture(schema.tables(), schema.objects(), rows);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Job job() {
        return twin.job().copying(Job.Mode.TRUNCATE, false).droppingExtra(true);
    }

    /** A view that the target server refuses, after all tables were altered, made or dropped. */
    private void failInStructure() {
        twin.onSource(
                "CREATE SCHEMA IF NOT EXISTS lw_elsewhere",
                "CREATE TABLE IF NOT EXISTS lw_elsewhere.t (id INT)",
                "CREATE VIEW of_elsewhere AS SELECT id FROM lw_elsewhere.t");
    }

    /** Rows without a parent in the target, found when all rows are there. */
    private void failInData() {
        twin.onSource("SET foreign_key_checks = 0", "INSERT INTO child VALUES (9, 99, 'orphan')");
        twin.with("tables", "!parent,!old_view");
    }

    private ReplicationException fails(Job job) {
        AtomicReference<ReplicationException> failure = new AtomicReference<>();
        assertThatThrownBy(() -> twin.replicate(job))
                .isInstanceOfSatisfying(ReplicationException.class, failure::set);
        return failure.get();
    }

    @Test
    void failedInStructureTheTargetIsAsItWas() {
        Picture before = picture();
        failInStructure();

        ReplicationException e = fails(job());

        assertThat(e.kind()).isEqualTo(ReplicationException.Kind.STRUCTURE);
        assertThat(e.getMessage())
                .contains("lw_elsewhere")
                .contains("put back as it was")
                .contains("verified");
        assertThat(picture()).isEqualTo(before);
        assertThat(twin.tables(twin.target())).doesNotContain("sync_metadata");
    }

    @Test
    void failedInDataTheTargetIsAsItWas() {
        Picture before = picture();
        failInData();

        ReplicationException e = fails(job());

        assertThat(e.kind()).isEqualTo(ReplicationException.Kind.DATA);
        assertThat(e.getMessage()).contains("no parent").contains("put back as it was");
        assertThat(picture()).isEqualTo(before);
        assertThat(twin.tables(twin.target())).doesNotContain("sync_metadata");
    }

    @Test
    void whatWasNotThereBeforeIsGoneAgain() {
        Picture before = picture();
        twin.onSource(
                "CREATE TABLE newcomer (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id))",
                "SET foreign_key_checks = 0",
                "INSERT INTO newcomer VALUES (9, 99)");
        twin.with("tables", "newcomer");

        ReplicationException e = fails(twin.job().copying(Job.Mode.TRUNCATE, false));

        assertThat(e.getMessage()).contains("no parent").contains("put back as it was");
        assertThat(picture()).isEqualTo(before);
    }

    /**
     * What only the target has stays when it is not to be dropped, and is not dropped by the way
     * back.
     */
    @Test
    void whatOnlyTheTargetHasIsLeftInPeace() {
        Picture before = picture();
        failInStructure();

        fails(twin.job().copying(Job.Mode.TRUNCATE, false));

        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void aTargetThatIsKeptSaysWhatMendsIt() {
        Picture before = picture();
        failInStructure();

        ReplicationException e = fails(job().onFailure(Job.OnFailure.KEEP));

        assertThat(e.getMessage()).contains("left half changed");
        assertThat(picture()).isNotEqualTo(before);
        String id = note().orElseThrow().wayBack().get(0);
        assertThat(e.hint()).contains("bactrian restore " + id + " --into two");
        twin.restore(twin.restoring(id).droppingExtra(true).saving(false));
        assertThat(picture()).isEqualTo(before);
        assertThat(note()).isEmpty();
    }

    private Optional<RunNote> note() {
        try (Connection c = twin.target().connect(twin.schema())) {
            return RunNote.find(c);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The way back of a run that is gone on with is the state before the first of them. */
    @Test
    void goneOnWithAndFailedAgainItIsAsItWasBeforeTheFirst() {
        Picture before = picture();
        failInStructure();
        fails(job().onFailure(Job.OnFailure.KEEP));

        fails(twin.job().copying(Job.Mode.TRUNCATE, true).droppingExtra(true));

        assertThat(picture()).isEqualTo(before);
        assertThat(note()).isEmpty();
    }

    @Test
    void killedWithMinus9TheNoteTellsTheWayBack() throws Exception {
        Picture before = picture();
        twin.onSource(
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO child (parent, note) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000)"
                        + " SELECT 1, REPEAT(LEFT(SHA2(i, 256), 32), 9) FROM n");
        try (Child child = Child.start(folder, twin, "128m", "replicate", "--drop-extra")) {
            child.await(
                    "structure changed",
                    () -> note().isPresent() && twin.tables(twin.target()).contains("fresh"));
            child.kill();
        }
        assertThat(picture()).isNotEqualTo(before);

        String id = note().orElseThrow().wayBack().get(0);
        twin.restore(twin.restoring(id).droppingExtra(true).saving(false));

        assertThat(picture()).isEqualTo(before);
        assertThat(note()).isEmpty();
    }

    /** What was only about structure is whole once the structure is; half copied rows are not. */
    @ParameterizedTest
    @CsvSource({"structure, true", "replicate, false"})
    void theNoteGoesOnceWhatWasKilledIsDone(String command, boolean structureOnly)
            throws Exception {
        try (Connection brake = twin.target().connect(twin.schema());
                Statement s = brake.createStatement();
                Child child = Child.start(folder, twin, "128m", command, "--drop-extra")) {
            brake.setAutoCommit(false);
            s.execute("SELECT 1 FROM keyless LIMIT 1");
            child.await("a note", () -> note().isPresent());
            child.kill();
        }

        twin.structure();

        assertThat(note().isEmpty()).isEqualTo(structureOnly);
        assertThat(twin.tables(twin.target()).contains("sync_metadata"))
                .isNotEqualTo(structureOnly);
    }

    @Test
    void nothingIsSavedWhereNothingIsChanged() {
        twin.onTarget(
                "DROP TABLE mine, child, parent, keyless",
                "DROP VIEW old_view",
                "DROP FUNCTION twice");
        ReplicateReport first = twin.replicate(job());
        assertThat(first.backup().rows()).isZero();

        twin.structure();

        assertThat(new Backups(folder.resolve("backups")).list()).hasSize(1);
    }

    /** A repair saves the rows it writes and no others: its way back costs what it costs. */
    @Test
    void whatARepairHasWrittenCanBePutBack() {
        String rows =
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT";
        twin.onSource(
                "DROP VIEW fresh_view", "DROP TABLE child, parent, fresh", "DROP FUNCTION twice");
        twin.onTarget(
                "DROP TABLE mine, child, parent, keyless",
                "DROP VIEW old_view",
                "DROP FUNCTION twice");
        twin.onBoth(
                "CREATE TABLE pairs (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(90))",
                "CREATE TABLE bag (a INT)",
                "SET SESSION cte_max_recursion_depth = 20000",
                "INSERT INTO pairs " + rows + " i, -i, REPEAT(LEFT(SHA2(i, 256), 32), 2) FROM n",
                "INSERT INTO bag VALUES (1), (1), (2)",
                "CREATE TRIGGER on_pairs BEFORE INSERT ON pairs FOR EACH ROW SET NEW.v = 'fired'");
        // values of a unique key change places between ranges, rows are missing and extra
        twin.onTarget(
                "UPDATE pairs SET u = 1 WHERE id = 3",
                "UPDATE pairs SET u = -3 WHERE id = 15000",
                "UPDATE pairs SET u = -15000 WHERE id = 3",
                "DELETE FROM pairs WHERE id IN (7, 20000)",
                "INSERT INTO pairs VALUES (20001, 5, 'mine')",
                "INSERT INTO bag VALUES (1), (3)");
        twin.analyzeTables();
        Picture before = picture();

        twin.repair();

        twin.assertSameRows();
        Backup saved = onlyBackup();
        assertThat(saved.manifest().rows()).isBetween(5L, 15_000L);
        twin.restore(twin.restoring(saved.id()).saving(false));
        assertThat(picture()).isEqualTo(before);
        assertThat(twin.tables(twin.target())).doesNotContain("sync_metadata");
    }

    private Backup onlyBackup() {
        Backups store = new Backups(folder.resolve("backups"));
        assertThat(store.list()).hasSize(1);
        return store.open(store.list().get(0).id());
    }

    /** Tables that structure alters are saved whole, rows that are reconciled by themselves. */
    @Test
    void aReconciliationThatFailsIsPutBackInBothSteps() {
        twin.onTarget("DROP TABLE mine");
        Picture before = picture();
        twin.onSource("SET foreign_key_checks = 0", "INSERT INTO child VALUES (9, 99, 'orphan')");
        twin.with("tables", "!parent,!old_view");

        ReplicationException e = fails(twin.job().copying(Job.Mode.RECONCILE, false));

        assertThat(e.getMessage()).contains("no parent").contains("put back as it was");

        assertThat(picture()).isEqualTo(before);
        assertThat(note()).isEmpty();
    }
}
