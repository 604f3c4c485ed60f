package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.Setup;
import io.bactrian.sync.SyncTable;
import io.bactrian.sync.Teardown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Laws Y1, Y9, Y10, Y11: what setup makes, notices and mends. */
class SyncSetupIT {
    private static final String ITEM = "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))";

    private static Setup again(SyncTwin twin) {
        return new Setup(twin.catalog());
    }

    @Test
    void firstContactReconcilesWhatWasThere() {
        try (SyncTwin twin = SyncTwin.of("ss1")) {
            twin.before(ITEM, "INSERT INTO item VALUES (1, 'same')");
            twin.atLocal("INSERT INTO item VALUES (2, 'only here'), (4, 'mine')");
            twin.atRemote("INSERT INTO item VALUES (3, 'only there'), (4, 'theirs')");
            twin.setUp();
            assertThat(twin.report().tables())
                    .containsExactly(new Setup.TableReport("item", true, 3));
            RoundReport round = twin.round();
            assertThat(round.converged()).as(round.toString()).isTrue();
            twin.assertBoth(
                    "SELECT id, name FROM item ORDER BY id",
                    List.of(
                            List.of("1", "same"),
                            List.of("2", "only here"),
                            List.of("3", "only there"),
                            List.of("4", "theirs")));
            assertThat(
                            twin.local(
                                    "SELECT record_id, conflict_type, local_data->>'$.name' FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("4", "INSERT_INSERT", "mine")));
            assertThat(again(twin).run(new Setup.Options(false, false, false)).statements())
                    .isEmpty();
        }
    }

    /** MySQL answers with error 3507, and the setup of all tables ended there. */
    @Test
    void aTableWhoseNamesNoTriggerCanHoldIsNamedAndTheRestSyncs() {
        TestServers.needs("MySQL: it garbles some names in triggers");
        try (SyncTwin twin = SyncTwin.of("ss10")) {
            twin.setUp(
                    ITEM,
                    "CREATE TABLE odd (id INT PRIMARY KEY, `größe``x` INT, `a``b` INT, `ö` INT)");

            assertThat(twin.report().tables())
                    .containsExactly(new Setup.TableReport("item", true, 0));
            SyncTable odd = twin.report().paused().get(0);
            assertThat(odd.name()).isEqualTo("odd");
            assertThat(odd.paused()).contains("größe``x", "3507");
            assertThat(odd.remedy()).contains("without a backtick");
            twin.atLocal("INSERT INTO item VALUES (1, 'a')");
            assertThat(twin.round().converged()).isTrue();

            twin.atLocal("ALTER TABLE odd RENAME COLUMN `größe``x` TO `größe`");
            twin.atRemote("ALTER TABLE odd RENAME COLUMN `größe``x` TO `größe`");
            assertThat(again(twin).run(new Setup.Options(false, false, false)).paused()).isEmpty();
            twin.atRemote("INSERT INTO odd VALUES (1, 2, 3, 4)");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT `a``b` FROM odd", List.of(List.of("3")));
        }
    }

    /** Our own triggers are known by names that end with the table's. */
    @Test
    void aTableWithALineBreakInItsNameSyncs() {
        try (SyncTwin twin = SyncTwin.of("ss11")) {
            twin.setUp(
                    "CREATE TABLE `a\r\nb` (id INT PRIMARY KEY)",
                    "CREATE TABLE `\ta` (id INT PRIMARY KEY)");
            assertThat(twin.report().unguarded()).isEmpty();
            assertThat(twin.catalog().tables()).allMatch(SyncTable::syncs);
            assertThat(again(twin).run(new Setup.Options(false, false, false)).statements())
                    .isEmpty();
        }
    }

    @Test
    void truncateReachesTheOtherSideAndARebuildDoesNot() {
        try (SyncTwin twin = SyncTwin.of("ss2").setUp(ITEM)) {
            twin.atLocal("INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            assertThat(twin.round().converged()).isTrue();
            twin.atRemote("ALTER TABLE item ENGINE=InnoDB");
            assertThat(twin.round().total().synced()).isZero();
            twin.atRemote("UPDATE item SET name = 'kept' WHERE id = 2");
            twin.atLocal("TRUNCATE item", "INSERT INTO item VALUES (9, 'new')");
            RoundReport round = twin.round();
            assertThat(round.converged()).as(round.toString()).isTrue();
            twin.assertBoth(
                    "SELECT id, name FROM item ORDER BY id",
                    List.of(List.of("2", "kept"), List.of("9", "new")));
        }
    }

    @Test
    void aLostTriggerIsNoticedAndWhatItMissedIsFound() {
        try (SyncTwin twin = SyncTwin.of("ss3").setUp(ITEM)) {
            twin.atLocal("DROP TRIGGER bactrian_ai_item", "INSERT INTO item VALUES (1, 'unseen')");
            twin.catalog().refresh();
            assertThat(twin.catalog().tables())
                    .singleElement()
                    .satisfies(t -> assertThat(t.paused()).contains("lost a trigger"));
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT id, name FROM item", List.of(List.of("1", "unseen")));
        }
    }

    @Test
    void aTriggerWithTheTextOfAnOlderVersionIsMadeAnewByTheNextRound() {
        String text =
                "SELECT action_statement FROM information_schema.triggers"
                        + " WHERE trigger_schema = DATABASE() AND trigger_name = 'bactrian_au_item'";
        String created = text.replace("action_statement", "CAST(created AS CHAR)");
        try (SyncTwin twin = SyncTwin.of("ss9").setUp(ITEM)) {
            List<List<String>> now = twin.local(text);
            twin.atLocal(
                    "DROP TRIGGER bactrian_au_item",
                    "CREATE TRIGGER bactrian_au_item AFTER UPDATE ON item FOR EACH ROW SET @older = 1");
            String moment = twin.local(created).get(0).get(0);
            twin.atLocal(
                    "UPDATE sync_metadata SET value = JSON_SET(value, '$.triggers.bactrian_au_item', 'older',"
                            + " '$.created.bactrian_au_item', '"
                            + moment
                            + "') WHERE key_name = 'sync/table/item'");
            twin.catalog().refresh();
            assertThat(twin.catalog().tables())
                    .singleElement()
                    .satisfies(t -> assertThat(t.paused()).contains("older structure or version"));

            assertThat(twin.round().converged()).isTrue();

            assertThat(twin.local(text)).isEqualTo(now);
            assertThat(twin.catalog().tables()).allMatch(SyncTable::syncs);
        }
    }

    @Test
    void aDroppedLogIsNoticedAndWhatItHeldIsFound() {
        try (SyncTwin twin = SyncTwin.of("ss8").setUp(ITEM)) {
            twin.atLocal("INSERT INTO item VALUES (1, 'a')");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal(
                    "INSERT INTO item VALUES (2, 'b')",
                    "DROP TABLE sync_log",
                    "INSERT INTO item VALUES (3, 'c')");
            twin.catalog().refresh();
            assertThat(twin.catalog().isSetUp()).isFalse();
            assertThat(again(twin).run(new Setup.Options(false, false, false)).tables())
                    .containsExactly(new Setup.TableReport("item", true, 2));
            assertThat(twin.round().converged()).isTrue();
            twin.assertEqual("item");
            twin.atRemote("TRUNCATE sync_log", "UPDATE item SET name = 'z' WHERE id = 1");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT name FROM item WHERE id = 1", List.of(List.of("z")));
        }
    }

    @Test
    void aTableOfAnotherStructurePausesAlone() {
        try (SyncTwin twin =
                SyncTwin.of("ss4").setUp(ITEM, "CREATE TABLE other (id INT PRIMARY KEY)")) {
            twin.atLocal("ALTER TABLE item ADD COLUMN price INT", "INSERT INTO other VALUES (1)");
            twin.atLocal("INSERT INTO item VALUES (1, 'a', 5)");
            RoundReport round = twin.round();
            assertThat(round.pending()).isOne();
            twin.assertBoth("SELECT id FROM other", List.of(List.of("1")));
            SyncTable paused =
                    twin.catalog().tables().stream().filter(t -> !t.syncs()).findFirst().get();
            assertThat(paused.name()).isEqualTo("item");
            assertThat(paused.remedy()).contains("ADD COLUMN `price` int");
            twin.atRemote(paused.remedy());
            RoundReport next = twin.round();
            assertThat(next.converged()).as(next.toString()).isTrue();
            twin.assertBoth("SELECT id, name, price FROM item", List.of(List.of("1", "a", "5")));
            // the new column is seen from now on
            twin.atRemote("UPDATE item SET price = 6");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT id, name, price FROM item", List.of(List.of("1", "a", "6")));
        }
    }

    @Test
    void aTableWithoutKeyIsNamedWithItsRemedy() {
        try (SyncTwin twin = SyncTwin.of("ss5").setUp(ITEM, "CREATE TABLE loose (id INT)")) {
            assertThat(twin.report().paused())
                    .singleElement()
                    .satisfies(
                            t -> {
                                assertThat(t.name()).isEqualTo("loose");
                                assertThat(t.paused()).isEqualTo("has no primary key");
                                assertThat(t.remedy()).startsWith("ALTER TABLE `loose` ADD");
                            });
        }
    }

    @Test
    void teardownLeavesNoTraceAndGivesTriggersBack() {
        try (SyncTwin twin = SyncTwin.of("ss6")) {
            twin.before(
                    ITEM,
                    "CREATE TABLE seen (n INT PRIMARY KEY AUTO_INCREMENT, id INT)",
                    "CREATE TRIGGER see AFTER INSERT ON item FOR EACH ROW INSERT INTO seen (id) VALUES (NEW.id)");
            String shape =
                    "SELECT table_name, create_options FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1";
            String triggers =
                    "SELECT trigger_name, action_statement, definer, sql_mode FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
            Map<String, List<List<String>>> before =
                    Map.of("tables", twin.local(shape), "triggers", twin.local(triggers));
            twin.setUp();
            assertThat(twin.report().unguarded()).containsExactly("one.see", "two.see");
            Setup.Report guarded = again(twin).run(new Setup.Options(false, true, false));
            assertThat(guarded.unguarded()).isEmpty();
            twin.atLocal("INSERT INTO item VALUES (1, 'a')");
            RoundReport round = twin.round();
            assertThat(round.converged()).as(round.toString()).isTrue();
            twin.assertBoth("SELECT n, id FROM seen", List.of(List.of("1", "1")));
            new Teardown(twin.sides()).run();
            assertThat(twin.local(shape)).isEqualTo(before.get("tables"));
            assertThat(twin.local(triggers)).isEqualTo(before.get("triggers"));
        }
    }

    /** A server has no statement that replaces a trigger, and what makes the new one may fail. */
    @Test
    void usersTriggerIsNotLostWhereItsReplacementFails() {
        String triggers =
                "SELECT trigger_name, action_order, action_statement, definer FROM information_schema.triggers"
                        + " WHERE trigger_schema = DATABASE() AND trigger_name NOT LIKE 'bactrian%' ORDER BY 1";
        String drop = "ALTER TABLE item DROP COLUMN note";
        String add = "ALTER TABLE item ADD COLUMN note VARCHAR(9)";
        try (SyncTwin twin = SyncTwin.of("ss8")) {
            twin.before(
                            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(9), note VARCHAR(9))",
                            "CREATE TRIGGER first BEFORE UPDATE ON item FOR EACH ROW SET NEW.name = 'first'",
                            "CREATE TRIGGER second BEFORE UPDATE ON item FOR EACH ROW SET NEW.note = 'second'")
                    .setUp();
            List<List<String>> before = twin.local(triggers);
            twin.atLocal(drop);
            twin.atRemote(drop);
            Setup.Options guard = new Setup.Options(false, true, false);
            assertThatThrownBy(() -> again(twin).run(guard)).hasMessageContaining("note");
            twin.atLocal(add);
            twin.atRemote(add);
            assertThat(again(twin).plan(guard).statements().toString()).contains("second");

            assertThat(again(twin).run(guard).unguarded()).isEmpty();
            assertThat(twin.local(triggers)).hasSize(2);

            twin.atLocal(drop);
            assertThatThrownBy(() -> new Teardown(twin.sides()).run()).hasMessageContaining("note");
            twin.atLocal(add);
            new Teardown(twin.sides()).run();
            assertThat(twin.local(triggers)).isEqualTo(before);
        }
    }

    @Test
    void addedColumnsAreEqualOnBothSides() {
        try (SyncTwin twin = SyncTwin.of("ss7")) {
            twin.before(ITEM, "INSERT INTO item VALUES (1, 'a')").setUp();
            again(twin).run(new Setup.Options(true, false, false));
            RoundReport idle = twin.round();
            assertThat(idle.total().synced()).as(idle.toString()).isZero();
            twin.atLocal("UPDATE item SET name = 'b'");
            assertThat(twin.round().converged()).isTrue();
            twin.assertBoth("SELECT name, version FROM item", List.of(List.of("b", "2")));
            twin.assertEqual("item");
        }
    }
}
