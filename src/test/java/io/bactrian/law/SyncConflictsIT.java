package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.route.SyncReport;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Laws Y6 and Y7: each strategy with each kind of conflict, and what looks like one but is none.
 */
@Timeout(60)
class SyncConflictsIT {
    private static final String BASE =
            "INSERT INTO doc (id, title, body) VALUES (1, 'base', 'base')";
    private static final String DOC = "SELECT id, title, body, version FROM doc ORDER BY id";
    private static final String KEPT =
            "conflict_type, IFNULL(local_data->>'$.title', '-'), IFNULL(remote_data->>'$.title', '-'), IFNULL(resolution, 'waits')";

    private static Duo duo;

    @BeforeAll
    static void setUp() {
        duo =
                Duo.of(
                        "strategies",
                        "CREATE TABLE doc (id INT PRIMARY KEY, title VARCHAR(20), body VARCHAR(20), code INT UNIQUE,"
                                + " version BIGINT NOT NULL DEFAULT 1,"
                                + " last_modified TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))",
                        "CREATE TABLE page (id INT PRIMARY KEY, doc INT, title VARCHAR(20),"
                                + " FOREIGN KEY (doc) REFERENCES doc (id) ON DELETE CASCADE)");
    }

    @AfterAll
    static void drop() {
        duo.close();
    }

    @BeforeEach
    void empty() {
        duo.set("strategy", Strategy.REMOTE_WINS);
        for (String table : List.of("page", "doc", "sync_log", "sync_conflicts")) {
            String statement = "SET @bactrian_origin = 'test'; DELETE FROM " + table;
            duo.atLocal(statement).atRemote(statement);
        }
    }

    private static SyncReport round(Strategy strategy) {
        duo.set("strategy", strategy);
        return duo.round();
    }

    private static void converges(SyncReport report) {
        assertThat(report.converged()).as(report + duo.left()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_WINS, 1 remote base 3, REMOTE",
        "LOCAL_WINS, 1 local base 3, LOCAL",
        "NEWEST_WINS, 1 remote base 3, REMOTE",
        "MERGE, 1 remote base 3, REMOTE",
    })
    void bothChangedTheSameColumn(Strategy strategy, String end, String winner) throws Exception {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atLocal("UPDATE doc SET title = 'local'");
        duo.atRemote("UPDATE doc SET title = 'remote'");
        converges(round(strategy));
        assertThat(duo.atBoth(DOC)).containsExactly(end);
        assertThat(duo.conflicts(KEPT)).containsExactly("UPDATE_UPDATE local remote " + winner);
        assertThat(duo.conflicts("base_data->>'$.title'")).containsExactly("base");
    }

    @Test
    void newestIsByTheRowsOwnTime() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atRemote("UPDATE doc SET title = 'remote', last_modified = NOW(6)");
        duo.atLocal("UPDATE doc SET title = 'local', last_modified = NOW(6) + INTERVAL 2 SECOND");
        converges(round(Strategy.NEWEST_WINS));
        assertThat(duo.atBoth(DOC)).containsExactly("1 local base 3");
    }

    @Test
    void mergeTakesEachSidesColumns() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atLocal("UPDATE doc SET title = 'local'");
        duo.atRemote("UPDATE doc SET body = 'remote'");
        converges(round(Strategy.MERGE));
        assertThat(duo.atBoth(DOC)).containsExactly("1 local remote 3");
        assertThat(duo.conflicts("resolution, resolved_data->>'$.title'"))
                .containsExactly("MERGED local");
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_WINS, true, '', REMOTE",
        "REMOTE_WINS, false, 1 changed base 3, REMOTE",
        "LOCAL_WINS, true, 1 changed base 3, LOCAL",
        "LOCAL_WINS, false, '', LOCAL",
        "MERGE, true, '', REMOTE",
    })
    void oneChangedWhatTheOtherDeleted(
            Strategy strategy, boolean remoteDeletes, String end, String winner) {
        duo.atLocal(BASE);
        converges(duo.round());
        String delete = "DELETE FROM doc";
        String update = "UPDATE doc SET title = 'changed'";
        duo.atLocal(remoteDeletes ? update : delete).atRemote(remoteDeletes ? delete : update);
        converges(round(strategy));
        assertThat(String.join("", duo.atBoth(DOC))).isEqualTo(end);
        assertThat(duo.conflicts(KEPT))
                .containsExactly(
                        "UPDATE_DELETE " + (remoteDeletes ? "changed - " : "- changed ") + winner);
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"REMOTE_WINS", "LOCAL_WINS"})
    void bothInsertedTheKey(Strategy strategy) {
        duo.atLocal("INSERT INTO doc (id, title) VALUES (1, 'local')");
        duo.atRemote("INSERT INTO doc (id, title) VALUES (1, 'remote')");
        converges(round(strategy));
        String winner = strategy == Strategy.LOCAL_WINS ? "local" : "remote";
        assertThat(duo.atBoth("SELECT title, version FROM doc")).containsExactly(winner + " 2");
        assertThat(duo.conflicts(KEPT))
                .containsExactly("INSERT_INSERT local remote " + winner.toUpperCase());
    }

    @Test
    void sameChangeOnBothSidesIsNoConflict() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atLocal("UPDATE doc SET title = 'same', version = 9");
        duo.atRemote("UPDATE doc SET title = 'same'");
        converges(duo.round());
        assertThat(duo.conflicts("id")).isEmpty();
        assertThat(duo.atBoth(DOC)).containsExactly("1 same base 9");
    }

    @Test
    void parkedRowAndWhatHangsOnItWaitAndAllElseFlows() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atLocal(
                "UPDATE doc SET title = 'local'",
                "INSERT INTO doc (id, title) VALUES (2, 'free')",
                "INSERT INTO page VALUES (2, 2, 'free')");
        duo.atRemote("DELETE FROM doc WHERE id = 1");
        SyncReport report = round(Strategy.MANUAL);
        assertThat(report.converged()).isFalse();
        assertThat(report.conflictsWaiting()).isPositive();
        assertThat(duo.conflicts(KEPT)).containsExactly("UPDATE_DELETE local - waits");
        assertThat(Duo.lines(duo.askLocal("SELECT id, title FROM doc ORDER BY id")))
                .containsExactly("1 local", "2 free");
        assertThat(Duo.lines(duo.askRemote("SELECT id, title FROM doc ORDER BY id")))
                .containsExactly("2 free");
        duo.atLocal("INSERT INTO page VALUES (1, 1, 'hangs')");
        assertThat(duo.round().converged()).isFalse();
        assertThat(Duo.lines(duo.askRemote("SELECT id FROM page"))).containsExactly("2");
        assertThat(duo.conflicts("id")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"REMOTE_WINS", "LOCAL_WINS"})
    void uniqueValueGoesToTheWinnerAndTheLosersRowIsKeptWhole(Strategy strategy) {
        duo.atLocal("INSERT INTO doc (id, title, code) VALUES (1, 'local', 7)");
        duo.atRemote("INSERT INTO doc (id, title, code) VALUES (2, 'remote', 7)");
        converges(round(strategy));
        String winner = strategy == Strategy.LOCAL_WINS ? "local" : "remote";
        assertThat(duo.atBoth("SELECT title, code FROM doc")).containsExactly(winner + " 7");
        assertThat(duo.conflicts(KEPT))
                .containsExactly("UNIQUE_KEY local remote " + winner.toUpperCase());
    }

    /**
     * The dispute about the row itself is not forgotten over the unique value that it also wants.
     */
    @Test
    void disputedRowThatAlsoClashesIsKeptTwice() {
        duo.atLocal("INSERT INTO doc (id, title, code) VALUES (1, 'local', 6)");
        duo.atRemote(
                "INSERT INTO doc (id, title) VALUES (1, 'remote')",
                "INSERT INTO doc (id, title, code) VALUES (2, 'other', 6)");
        converges(round(Strategy.LOCAL_WINS));
        assertThat(duo.atBoth("SELECT title, code FROM doc")).containsExactly("local 6");
        assertThat(duo.conflicts(KEPT))
                .containsExactlyInAnyOrder(
                        "INSERT_INSERT local remote LOCAL", "UNIQUE_KEY local other LOCAL");
    }

    @Test
    void disputedRowsWhoseValuesWereSwappedAreKept() {
        duo.atLocal(
                "INSERT INTO doc (id, title, code) VALUES (1, 'a', 1)",
                "INSERT INTO doc (id, title, code) VALUES (2, 'b', 2)");
        converges(duo.round());
        duo.atRemote(
                "UPDATE doc SET code = 0 WHERE id = 1",
                "UPDATE doc SET code = 1 WHERE id = 2",
                "UPDATE doc SET code = 2 WHERE id = 1");
        duo.atLocal("UPDATE doc SET title = CONCAT(title, ' local')");
        converges(round(Strategy.REMOTE_WINS));
        assertThat(duo.atBoth("SELECT id, title, code FROM doc ORDER BY id"))
                .containsExactly("1 a 2", "2 b 1");
        assertThat(duo.conflicts(KEPT))
                .containsExactlyInAnyOrder(
                        "UPDATE_UPDATE a local a REMOTE", "UPDATE_UPDATE b local b REMOTE");
    }

    @ParameterizedTest
    @CsvSource({"REMOTE_WINS, 0", "LOCAL_WINS, 1"})
    void deletedParentTakesNoChangedChildAlong(Strategy strategy, int left) {
        duo.atLocal(BASE, "INSERT INTO page VALUES (1, 1, 'old'), (2, 1, 'old')");
        converges(duo.round());
        duo.atRemote("DELETE FROM doc WHERE id = 1");
        duo.atLocal("UPDATE page SET title = 'changed' WHERE id = 1");
        converges(round(strategy));
        assertThat(duo.atBoth("SELECT id FROM doc")).hasSize(left);
        assertThat(duo.atBoth("SELECT id FROM page")).hasSize(left);
        assertThat(duo.conflicts("table_name, local_data->>'$.title'")).contains("page changed");
    }

    @Test
    void deletedParentIsDisputedItself() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atRemote("DELETE FROM doc WHERE id = 1");
        duo.atLocal("UPDATE doc SET title = 'local'", "INSERT INTO page VALUES (1, 1, 'new')");
        converges(round(Strategy.REMOTE_WINS));
        assertThat(duo.atBoth("SELECT id FROM doc")).isEmpty();
        assertThat(duo.conflicts("table_name, conflict_type, local_data->>'$.title'"))
                .containsExactlyInAnyOrder("doc UPDATE_DELETE local", "page FOREIGN_KEY new");
    }

    @Test
    void childComesWithItsParentWhicheverIsLoggedFirst() {
        duo.atLocal(BASE);
        converges(duo.round());
        duo.atLocal(
                "SET foreign_key_checks = 0; INSERT INTO page VALUES (1, 2, 'before');"
                        + " INSERT INTO doc (id, title) VALUES (2, 'parent')");
        converges(duo.round());
        assertThat(duo.atBoth("SELECT title FROM page")).containsExactly("before");
    }
}
