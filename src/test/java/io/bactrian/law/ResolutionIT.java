package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.sql.ExactJson;
import io.bactrian.sync.Resolution.Choice;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.Side;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Law Y7: what a person decides about a conflict comes to be on both sides, and nothing is lost.
 */
class ResolutionIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20), code INT UNIQUE, price DECIMAL(8,2),"
                    + " version BIGINT UNSIGNED NOT NULL DEFAULT 1)";
    private static final String[] FAMILY = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20))",
        "CREATE TABLE child (id INT PRIMARY KEY, parent INT, name VARCHAR(20),"
                + " FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE)"
    };
    private static final String ROWS =
            "SELECT id, name, code, price, version FROM item ORDER BY id";
    private static final String WAITING =
            "SELECT COUNT(*) FROM sync_conflicts WHERE resolution IS NULL";
    private static final String OPEN_LOG =
            "SELECT COUNT(*) FROM sync_log WHERE sync_status <> 'SYNCED'";

    private static Choice keep(Side side) {
        return new Choice(side, null, "me");
    }

    private static Choice with(String json) {
        return new Choice(null, json(json), "me");
    }

    private static JsonNode json(String text) {
        try {
            return ExactJson.read(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Row 1 changed on both sides, row 2 changed on local and deleted on remote, row 3 the other
     * way.
     */
    private static SyncTwin disputed(String schema, String strategy) {
        SyncTwin twin = SyncTwin.of(schema).with("strategy", strategy).setUp(ITEM);
        twin.atLocal(
                "INSERT INTO item (id, name, code, price) VALUES (1, 'one', 1, 1.10), (2, 'two', 2, 2.20), (3, 'three', 3, 3.30)");
        assertThat(twin.round().converged()).isTrue();
        twin.atLocal(
                "UPDATE item SET name = 'mine' WHERE id IN (1, 2)",
                "DELETE FROM item WHERE id = 3");
        twin.atRemote(
                "UPDATE item SET name = 'theirs', price = 9 WHERE id IN (1, 3)",
                "DELETE FROM item WHERE id = 2");
        twin.round();
        return twin;
    }

    private static long conflictOf(SyncTwin twin, String table, Object record) {
        String query =
                "SELECT MAX(id) FROM sync_conflicts WHERE table_name = '"
                        + table
                        + "' AND record_id = '"
                        + record
                        + "'";
        String remote = twin.remote(query).get(0).get(0);
        return Long.parseLong(remote != null ? remote : twin.local(query).get(0).get(0));
    }

    private static void assertNothingWaits(SyncTwin twin, RoundReport report) {
        assertThat(report.converged()).as(report.toString()).isTrue();
        twin.assertBoth(WAITING, List.of(List.of("0")));
        twin.assertBoth(OPEN_LOG, List.of(List.of("0")));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void theKeptRowComesToBothSidesWithTheNextVersion(Side side) {
        try (SyncTwin twin = disputed("cf1", "MANUAL")) {
            twin.assertBoth(
                    "SELECT COUNT(*) FROM sync_log WHERE sync_status = 'CONFLICT'",
                    List.of(List.of("3")));
            RoundReport report = null;
            for (int id = 1; id <= 3; id++) {
                report = twin.decide(conflictOf(twin, "item", id), keep(side));
            }
            assertNothingWaits(twin, report);
            twin.assertBoth(
                    ROWS,
                    side == Side.LOCAL
                            ? List.of(
                                    List.of("1", "mine", "1", "1.10", "3"),
                                    List.of("2", "mine", "2", "2.20", "3"))
                            : List.of(
                                    List.of("1", "theirs", "1", "9.00", "3"),
                                    List.of("3", "theirs", "3", "9.00", "3")));
            assertThat(
                            twin.remote(
                                    "SELECT record_id, local_data->>'$.name', remote_data->>'$.name', resolution, resolved_by FROM sync_conflicts ORDER BY record_id"))
                    .isEqualTo(
                            List.of(
                                    Arrays.asList("1", "mine", "theirs", side.name(), "me"),
                                    Arrays.asList("2", "mine", null, side.name(), "me"),
                                    Arrays.asList("3", null, "theirs", side.name(), "me")));
        }
    }

    @Test
    void columnsThatAreGivenAreLaidOverTheRow() {
        try (SyncTwin twin = disputed("cf2", "MANUAL")) {
            twin.decide(conflictOf(twin, "item", 1), with("{\"name\": \"both\", \"code\": null}"));
            twin.decide(conflictOf(twin, "item", 2), with("{\"price\": 7.77}"));
            RoundReport report =
                    twin.decide(conflictOf(twin, "item", 3), with("{\"NAME\": \"x\"}"));
            assertNothingWaits(twin, report);
            twin.assertBoth(
                    ROWS,
                    List.of(
                            Arrays.asList("1", "both", null, "9.00", "3"),
                            List.of("2", "mine", "2", "7.77", "3"),
                            List.of("3", "x", "3", "9.00", "3")));
            assertThat(
                            twin.remote(
                                    "SELECT resolution, resolved_data->>'$.name' FROM sync_conflicts ORDER BY record_id"))
                    .isEqualTo(
                            List.of(
                                    List.of("MERGED", "both"),
                                    List.of("MERGED", "mine"),
                                    List.of("MERGED", "x")));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        try (SyncTwin twin = disputed("cf3", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            List<List<String>> before = twin.remote(ROWS);
            for (String row :
                    List.of(
                            "{\"colour\": 1}",
                            "{\"price\": \"cheap\"}",
                            "{\"price\": 12345678901}",
                            "{\"name\": \"longer than twenty characters\"}",
                            "{\"version\": null}",
                            "{\"code\": 3}",
                            "{\"name\": [1]}")) {
                assertThatThrownBy(() -> twin.decide(id, with(row)))
                        .as(row)
                        .isInstanceOf(DataException.class);
            }
            assertThatThrownBy(() -> twin.decide(id, with("{\"id\": 8}")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("key");
            assertThat(twin.remote(ROWS)).isEqualTo(before);
            assertThat(twin.remote(WAITING)).isEqualTo(List.of(List.of("3")));
        }
    }

    @Test
    void aRowThatChangedMeanwhileIsShownAnewAndNotOverwritten() {
        try (SyncTwin twin = disputed("cf4", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            twin.atRemote("UPDATE item SET name = 'news' WHERE id = 1");
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("has changed");
            assertThat(twin.remote("SELECT name FROM item WHERE id = 1"))
                    .isEqualTo(List.of(List.of("news")));
            assertThat(
                            twin.remote(
                                    "SELECT remote_data->>'$.name', remote_version, resolution FROM sync_conflicts WHERE id = "
                                            + id))
                    .isEqualTo(List.of(Arrays.asList("news", "3", null)));
            twin.decide(id, keep(Side.LOCAL));
            twin.assertBoth(
                    "SELECT name, version FROM item WHERE id = 1", List.of(List.of("mine", "4")));
        }
    }

    @Test
    void aLoserOfAStrategyComesBackAndTheWinnerStaysInTheConflict() {
        try (SyncTwin twin = disputed("cf5", "REMOTE_WINS")) {
            twin.assertBoth(
                    "SELECT id, name FROM item ORDER BY id",
                    List.of(List.of("1", "theirs"), List.of("3", "theirs")));
            RoundReport report = null;
            for (int id = 1; id <= 3; id++) {
                report = twin.decide(conflictOf(twin, "item", id), keep(Side.LOCAL));
            }
            assertNothingWaits(twin, report);
            twin.assertBoth(
                    "SELECT id, name FROM item ORDER BY id",
                    List.of(List.of("1", "mine"), List.of("2", "mine")));
            assertThat(
                            twin.local(
                                    "SELECT record_id, local_data->>'$.name', remote_data->>'$.name', resolution FROM sync_conflicts ORDER BY record_id"))
                    .isEqualTo(
                            List.of(
                                    Arrays.asList("1", "mine", "theirs", "LOCAL"),
                                    Arrays.asList("2", "mine", null, "LOCAL"),
                                    Arrays.asList("3", null, "theirs", "LOCAL")));
        }
    }

    @Test
    void aSecondDecisionMustBeAskedForAndLosesNothing() {
        try (SyncTwin twin = disputed("cf6", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            twin.decide(id, with("{\"name\": \"both\"}"));
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("was resolved to MERGED by me");
            twin.decide(id, new Choice(Side.LOCAL, null, true, "me"));
            twin.assertBoth(
                    "SELECT name, version FROM item WHERE id = 1", List.of(List.of("mine", "4")));
            assertThat(
                            twin.remote(
                                    "SELECT remote_data->>'$.name', resolution FROM sync_conflicts WHERE record_id = '1' ORDER BY id"))
                    .isEqualTo(List.of(List.of("theirs", "LOCAL"), List.of("both", "LOCAL")));
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("already");
        }
    }

    private static SyncTwin rivals(String schema, String strategy) {
        SyncTwin twin = SyncTwin.of(schema).with("strategy", strategy).setUp(ITEM);
        twin.atLocal("INSERT INTO item (id, name, code) VALUES (1, 'mine', 7)");
        twin.atRemote("INSERT INTO item (id, name, code) VALUES (2, 'theirs', 7)");
        twin.round();
        return twin;
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void ofTwoRowsWithOneUniqueValueTheKeptOneStays(Side side) {
        try (SyncTwin twin = rivals("cf7", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            assertNothingWaits(twin, twin.decide(id, keep(side)));
            twin.assertBoth(
                    "SELECT id, code FROM item",
                    List.of(List.of(side == Side.LOCAL ? "1" : "2", "7")));
            assertThat(
                            twin.remote(
                                    "SELECT local_data->>'$.name', remote_data->>'$.name', resolution FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("mine", "theirs", side.name())));
        }
    }

    @Test
    void anotherUniqueValueLetsBothRowsStay() {
        try (SyncTwin twin = rivals("cf8", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            assertThatThrownBy(() -> twin.decide(id, with("{\"name\": \"still\"}")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("1062");
            assertNothingWaits(twin, twin.decide(id, with("{\"code\": 8}")));
            twin.assertBoth(
                    "SELECT id, name, code FROM item ORDER BY id",
                    List.of(List.of("1", "mine", "8"), List.of("2", "theirs", "7")));
        }
    }

    @Test
    void aRivalThatIsGoneIsNoneAndOneThatChangedIsShown() {
        try (SyncTwin twin = rivals("cf9", "MANUAL")) {
            long id = conflictOf(twin, "item", 1);
            twin.atRemote("UPDATE item SET name = 'news' WHERE id = 2");
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("has changed");
            assertThat(twin.remote("SELECT remote_data->>'$.name' FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("news")));
            twin.atRemote("DELETE FROM item WHERE id = 2");
            assertThatThrownBy(() -> twin.decide(id, keep(Side.REMOTE)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("gone");
            assertNothingWaits(twin, twin.decide(id, keep(Side.LOCAL)));
            twin.assertBoth("SELECT id, code FROM item", List.of(List.of("1", "7")));
        }
    }

    @Test
    void aRowThatLostItsUniqueValueComesBackWithAnother() {
        try (SyncTwin twin = rivals("cf10", "REMOTE_WINS")) {
            long id = conflictOf(twin, "item", 1);
            twin.assertBoth("SELECT id FROM item", List.of(List.of("2")));
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("1062");
            assertNothingWaits(twin, twin.decide(id, with("{\"code\": 8}")));
            twin.assertBoth(
                    "SELECT id, name, code FROM item ORDER BY id",
                    List.of(List.of("1", "mine", "8"), List.of("2", "theirs", "7")));
        }
    }

    private static SyncTwin family(String schema, String strategy) {
        SyncTwin twin = SyncTwin.of(schema).with("strategy", strategy).setUp(FAMILY);
        twin.atLocal("INSERT INTO parent VALUES (1, 'p'), (2, 'q')");
        assertThat(twin.round().converged()).isTrue();
        twin.atRemote("DELETE FROM parent WHERE id = 1");
        twin.atLocal("INSERT INTO child VALUES (5, 1, 'new')");
        twin.round();
        return twin;
    }

    @Test
    void theParentComesBackOrTheChildGoes() {
        try (SyncTwin twin = family("cf11", "MANUAL")) {
            assertNothingWaits(twin, twin.decide(conflictOf(twin, "child", 5), keep(Side.LOCAL)));
            twin.assertBoth(
                    "SELECT id FROM parent ORDER BY id", List.of(List.of("1"), List.of("2")));
            twin.assertBoth("SELECT id FROM child", List.of(List.of("5")));
        }
        try (SyncTwin twin = family("cf11", "MANUAL")) {
            assertNothingWaits(twin, twin.decide(conflictOf(twin, "child", 5), keep(Side.REMOTE)));
            twin.assertBoth("SELECT id FROM parent", List.of(List.of("2")));
            twin.assertBoth("SELECT id FROM child", List.of());
            assertThat(twin.remote("SELECT local_data->>'$.name' FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("new")));
        }
    }

    @Test
    void theChildGetsAnotherParent() {
        for (String strategy : List.of("MANUAL", "REMOTE_WINS")) {
            try (SyncTwin twin = family("cf12", strategy)) {
                assertNothingWaits(
                        twin, twin.decide(conflictOf(twin, "child", 5), with("{\"parent\": 2}")));
                twin.assertBoth("SELECT id FROM parent", List.of(List.of("2")));
                twin.assertBoth(
                        "SELECT id, parent, name FROM child", List.of(List.of("5", "2", "new")));
            }
        }
    }

    @Test
    void aChildThatIsGoneFreesItsParent() {
        try (SyncTwin twin = family("cf13", "MANUAL")) {
            long id = conflictOf(twin, "child", 5);
            twin.atLocal("DELETE FROM child");
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(DataException.class);
            assertNothingWaits(twin, twin.decide(id, keep(Side.REMOTE)));
            twin.assertBoth("SELECT id FROM parent", List.of(List.of("2")));
        }
    }

    @Test
    void noDecisionTakesOtherRowsAlong() {
        try (SyncTwin twin = SyncTwin.of("cf14").with("strategy", "MANUAL").setUp(FAMILY)) {
            twin.atLocal("INSERT INTO parent VALUES (1, 'p')");
            assertThat(twin.round().converged()).isTrue();
            twin.atLocal("DELETE FROM parent");
            twin.atRemote("UPDATE parent SET name = 'kept'");
            twin.round();
            twin.atRemote("INSERT INTO child VALUES (5, 1, 'late')");
            long id = conflictOf(twin, "parent", 1);
            assertThatThrownBy(() -> twin.decide(id, keep(Side.LOCAL)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("hangs on it");
            assertThat(twin.remote("SELECT id FROM child")).isEqualTo(List.of(List.of("5")));
            assertNothingWaits(twin, twin.decide(id, keep(Side.REMOTE)));
            twin.assertBoth("SELECT id, parent FROM child", List.of(List.of("5", "1")));
        }
    }
}
