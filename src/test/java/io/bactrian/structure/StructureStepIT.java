package io.bactrian.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.analyze.Analysis;
import io.bactrian.analyze.Analyzer;
import io.bactrian.analyze.Finding;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.sql.SchemaReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StructureStepIT {
    private static final String SCHEMA = "st_step";
    private Connection source;
    private Connection target;

    @BeforeEach
    void create() throws SQLException {
        source = TestServers.create(TestServers.SOURCE, SCHEMA);
        target = TestServers.create(TestServers.TARGET, SCHEMA);
    }

    @AfterEach
    void drop() throws SQLException {
        source.close();
        target.close();
        TestServers.drop(TestServers.SOURCE, SCHEMA);
        TestServers.drop(TestServers.TARGET, SCHEMA);
    }

    @Test
    void keepsTheRowsOfATableItWidensAndReorders() throws SQLException {
        run(
                source,
                "CREATE TABLE t (name varchar(50), id bigint PRIMARY KEY, extra int DEFAULT 7)");
        run(
                target,
                "CREATE TABLE t (id int PRIMARY KEY, name varchar(20)); INSERT INTO t VALUES (1, 'a'), (2, 'b')");

        StructurePlan plan = plan(StructureOptions.DEFAULT);
        Structure.applyAll(target, plan);

        assertThat(plan.lossy()).isEmpty();
        assertThat(text(target, "SELECT GROUP_CONCAT(id, name, extra ORDER BY id) FROM t"))
                .isEqualTo("1a7,2b7");
    }

    @Test
    void saysWhatIsLostAndCutsItOnceAgreed() throws SQLException {
        run(source, "CREATE TABLE t (id int PRIMARY KEY, n tinyint NOT NULL, s varchar(3))");
        run(
                target,
                "CREATE TABLE t (id int PRIMARY KEY, n int, s varchar(9), gone int); INSERT INTO t VALUES (1, 999, 'abcdef', 5), (2, NULL, 'x', 6)");

        StructurePlan plan = plan(StructureOptions.DEFAULT);
        Structure.applyAll(target, plan);

        assertThat(plan.lossy())
                .singleElement()
                .satisfies(
                        s ->
                                assertThat(s.losses())
                                        .containsExactly(
                                                "column gone is dropped with its values",
                                                "column n: tinyint cannot hold every int",
                                                "column n no longer takes NULL",
                                                "column s: varchar(3) cannot hold every varchar(9)"));
        assertThat(text(target, "SELECT GROUP_CONCAT(id, '/', n, '/', s ORDER BY id) FROM t"))
                .isEqualTo("1/127/abc,2/0/x");
    }

    @Test
    void namesTheTableWhoseRowsDoNotFitAndEmptiesItFirstIfAsked() throws SQLException {
        run(source, "CREATE TABLE t (id int PRIMARY KEY, n int, UNIQUE KEY u (n))");
        run(
                target,
                "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 1), (2, 1)");

        assertThatThrownBy(() -> Structure.applyAll(target, plan(StructureOptions.DEFAULT)))
                .isInstanceOfSatisfying(
                        StructureException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo("t");
                            assertThat(e.hint()).contains("--mode truncate");
                        });
        Structure.applyAll(target, plan(new StructureOptions(false, Set.of("t"), Set.of())));

        assertThat(plan(StructureOptions.DEFAULT).ddl()).isEmpty();
    }

    @Test
    void leavesExtraAndPendingTablesAlone() throws SQLException {
        run(
                source,
                "CREATE TABLE pending (id int PRIMARY KEY, n int, KEY k (n)); CREATE TABLE done (id int)");
        run(
                target,
                "CREATE TABLE pending (id int PRIMARY KEY, n int); CREATE TABLE extra (id int)");

        Structure.applyAll(target, plan(new StructureOptions(false, Set.of(), Set.of("pending"))));

        Schema reached = SchemaReader.read(target, SCHEMA, t -> true);
        assertThat(reached.tables()).extracting("name").containsExactly("done", "extra", "pending");
        assertThat(reached.table("pending").orElseThrow().indexes()).hasSize(1);
    }

    @Test
    void makesItsOwnAccountTheDefinerWhereTheOtherIsUnknown() throws SQLException {
        run(
                source,
                "CREATE DEFINER = 'st_nobody'@'%' VIEW v AS SELECT 1 AS one; CREATE DEFINER = 'st_nobody'@'%' PROCEDURE p () SELECT 1");

        List<String> notes = Structure.applyAll(target, plan(StructureOptions.DEFAULT));

        assertThat(notes)
                .hasSize(2)
                .allMatch(n -> n.contains("`st_nobody`@`%` is not on the target"));
        assertThat(
                        text(
                                target,
                                "SELECT DISTINCT definer FROM information_schema.views WHERE table_schema = 'st_step'"))
                .startsWith("root@");
        Analysis analysis = analyze();
        assertThat(analysis.equal()).isTrue();
        assertThat(analysis.findings()).extracting(Finding::check).containsOnly("AbsentDefiner");
    }

    @Test
    void findsWhatIsDifferent() throws SQLException {
        run(
                source,
                "CREATE TABLE a (id int, n int, KEY k (n)); CREATE TABLE b (id int); CREATE VIEW v AS SELECT 1 AS one");
        run(target, "CREATE TABLE a (n bigint, id int); CREATE TABLE c (id int)");

        Analysis analysis = analyze();

        assertThat(analysis.equal()).isFalse();
        assertThat(analysis.tables())
                .extracting(t -> t.table() + " " + t.status())
                .containsExactly("a DIFFERENT", "b MISSING", "c EXTRA");
        assertThat(analysis.tables().get(0).differences())
                .containsExactly(
                        new Analysis.Difference(
                                "column", "n", "`n` int DEFAULT NULL", "`n` bigint DEFAULT NULL"),
                        new Analysis.Difference("column order", "", "id, n", "n, id"),
                        new Analysis.Difference("index", "k", "KEY `k` (`n`)", null));
        assertThat(analysis.objects())
                .contains(new Analysis.ObjectComparison("VIEW", "v", Analysis.Status.MISSING));
    }

    @Test
    void leavesOutControlTablesAndGeneratedTriggers() throws SQLException {
        run(
                source,
                "CREATE TABLE sync_log (id int); CREATE TABLE t (id int); CREATE TRIGGER bactrian_bi_t BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1");

        Schema schema = SchemaReader.read(source, SCHEMA, t -> true);

        assertThat(schema.tables()).extracting("name").containsExactly("t");
        assertThat(schema.objects()).isEmpty();
    }

    @Test
    void leavesTheSessionAsItWas() throws SQLException {
        String state =
                "SELECT CONCAT_WS('/', @@sql_mode, @@foreign_key_checks, @@time_zone, @@character_set_client, @@collation_connection, DATABASE())";
        String before = text(target, state);
        run(
                source,
                "SET NAMES latin1; CREATE TABLE t (id int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1");

        Structure.applyAll(target, plan(StructureOptions.DEFAULT));

        assertThat(text(target, state)).isEqualTo(before);
    }

    @Test
    void namesATableThatStillDiffers() throws SQLException {
        run(source, "CREATE TABLE t (id int)");
        run(target, "CREATE TABLE t (id bigint)");

        assertThatThrownBy(
                        () ->
                                Structure.verify(
                                        SchemaReader.read(source, SCHEMA, t -> true),
                                        SchemaReader.read(target, SCHEMA, t -> true),
                                        StructureOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        StructureException.class, e -> assertThat(e.object()).isEqualTo("t"));
    }

    private StructurePlan plan(StructureOptions options) {
        return StructurePlan.of(
                SchemaReader.read(source, SCHEMA, t -> true),
                SchemaReader.read(target, SCHEMA, t -> true),
                options);
    }

    private Analysis analyze() {
        return Analyzer.analyze(
                SchemaReader.read(source, SCHEMA, t -> true),
                SchemaReader.read(target, SCHEMA, t -> true));
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                // the error of a later statement shows only when its result is asked for
            }
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
