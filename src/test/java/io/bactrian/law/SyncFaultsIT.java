package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.config.SyncDirection;
import io.bactrian.error.DataException;
import io.bactrian.route.SyncReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Laws Y2 to Y5 where something comes in between: other writers, a kill, a second round. */
@Timeout(120)
class SyncFaultsIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), code INT UNIQUE)";
    private static final String ROWS = "SELECT id, name FROM item ORDER BY id";
    private static final String TOKENS =
            "SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'sync/token/%'";

    @TempDir Path folder;
    private Duo duo;

    @AfterEach
    void drop() {
        duo.close();
    }

    /** A session in a transaction. */
    private static Connection begin(Connection session, String... statements) throws SQLException {
        session.setAutoCommit(false);
        try (Statement s = session.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
        return session;
    }

    @Test
    void lateCommitOfSmallerLogIdIsCarriedByTheNextRound() throws Exception {
        duo = Duo.of("late", ITEM);
        try (Connection late = begin(duo.local(), "INSERT INTO item VALUES (1, 'late', 1)")) {
            duo.atLocal("INSERT INTO item VALUES (2, 'early', 2)");
            assertThat(duo.round().localToRemote().inserted()).isEqualTo(1);
            assertThat(Duo.lines(duo.askRemote(ROWS))).containsExactly("2 early");
            late.commit();
        }
        assertThat(duo.round().converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 late", "2 early");
    }

    @Test
    void carriedRowsAreNotLoggedAndTenIdleRoundsWriteNothing() {
        duo = Duo.of("echo", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2)");
        duo.atRemote("INSERT INTO item VALUES (3, 'c', 3)");
        assertThat(duo.round().converged()).isTrue();
        assertThat(duo.askRemote("SELECT record_id FROM sync_log")).hasSize(1);
        long before = duo.written();
        for (int i = 0; i < 10; i++) {
            SyncReport idle = duo.round();
            assertThat(idle.recordsSynced()).isZero();
            assertThat(idle.converged()).isTrue();
        }
        assertThat(duo.written()).isEqualTo(before);
    }

    @Test
    void killedBetweenTheTwoCommitsTheNextRoundOnlyAcknowledges() throws Exception {
        duo = Duo.of("killed_sync", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2)");
        // the log rows that are to be acknowledged are held, until the program is dead
        try (Connection brake = begin(duo.local(), "SELECT * FROM sync_log FOR UPDATE");
                Child child = Child.start(folder, duo.twin(), "96m", "sync")) {
            child.await(
                    "a token beside the rows",
                    () -> duo.askRemote(TOKENS).equals(List.of(List.of("1"))));
            child.kill();
            // what the dead program had asked for would be done as soon as the brake is off
            duo.endSessions();
            assertThat(Duo.lines(duo.askRemote(ROWS))).containsExactly("1 a", "2 b");
            brake.rollback();
        }
        assertThat(duo.askLocal("SELECT DISTINCT sync_status FROM sync_log"))
                .isEqualTo(List.of(List.of("PENDING")));
        // overwritten since: whoever carried the rows again would undo it
        duo.atRemote("UPDATE item SET name = 'newer' WHERE id = 1");

        SyncReport next = duo.round();

        assertThat(next.conflicts()).isZero();
        assertThat(next.localToRemote().rows()).isZero();
        assertThat(next.converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 newer", "2 b");
        assertThat(duo.askRemote(TOKENS)).isEqualTo(List.of(List.of("0")));
    }

    /** Whether the other log is being told, in vain, while the brake is on. */
    private static final String WAITING =
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE sync_log%' AND db = DATABASE()";

    /** Taken for a dispute, the later change would lose. */
    @Test
    void changeMadeWhileTheOtherLogCannotBeToldIsNoDispute() throws Exception {
        duo = Duo.of("acknowledged", ITEM);
        duo.atRemote("INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2)");
        try (Connection brake = begin(duo.remote(), "SELECT * FROM sync_log FOR UPDATE")) {
            Thread later =
                    new Thread(
                            () -> {
                                awaitLocal("SELECT COUNT(*) FROM item", "2");
                                duo.atLocal("UPDATE item SET name = 'newer' WHERE id = 1");
                                awaitRemote(WAITING, "1");
                                awaitRemote(WAITING, "0");
                                rollback(brake);
                            });
            later.start();
            duo.round();
            Duo.join(later);
        }
        duo.round();
        assertThat(duo.conflicts("record_id")).isEmpty();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 newer", "2 b");
    }

    // the test's own timeout is the end of both
    private void awaitLocal(String query, String wanted) {
        while (!duo.askLocal(query).get(0).get(0).equals(wanted)) {
            Thread.onSpinWait();
        }
    }

    private void awaitRemote(String query, String wanted) {
        while (!duo.askRemote(query).get(0).get(0).equals(wanted)) {
            Thread.onSpinWait();
        }
    }

    private static void rollback(Connection session) {
        try {
            session.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rowThatSomebodyHoldsIsLeftToTheNextRoundAndHisChangeIsSeen() throws Exception {
        duo = Duo.of("held", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2)");
        duo.round();
        duo.atLocal("UPDATE item SET name = CONCAT(name, ' local')");
        try (Connection writer =
                begin(duo.remote(), "UPDATE item SET name = 'a remote' WHERE id = 1")) {
            SyncReport during = duo.round();
            assertThat(during.converged()).isFalse();
            assertThat(during.localToRemote().updated()).isEqualTo(1);
            writer.commit();
        }
        SyncReport after = duo.round();
        assertThat(after.conflicts()).isEqualTo(1);
        assertThat(after.converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 a remote", "2 b local");
        assertThat(duo.conflicts("local_data->>'$.name', remote_data->>'$.name'"))
                .containsExactly("a local a remote");
    }

    @Test
    void rowThatSomebodyInsertsMeanwhileIsNotOverwritten() throws Exception {
        duo = Duo.of("gap", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'local', 1), (2, 'b', 2)");
        try (Connection writer = begin(duo.remote(), "INSERT INTO item VALUES (1, 'remote', 9)")) {
            SyncReport during = duo.round();
            assertThat(during.localToRemote().inserted()).isEqualTo(1);
            writer.commit();
        }
        assertThat(duo.round().converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 remote", "2 b");
        assertThat(duo.conflicts("conflict_type, local_data->>'$.name'"))
                .containsExactly("INSERT_INSERT local");
    }

    /** Rows that pass a unique value along, one of which wants what another session holds. */
    @Test
    void valueThatSomebodyHoldsRefusesNoRowOfItsKnot() throws Exception {
        duo = Duo.of("knot", "CREATE TABLE item (id INT PRIMARY KEY, code INT UNIQUE)");
        duo.atLocal("INSERT INTO item VALUES (4, 7)");
        duo.round();
        duo.atLocal("UPDATE item SET code = 3 WHERE id = 4", "INSERT INTO item VALUES (1, 7)");
        try (Connection writer = begin(duo.remote(), "INSERT INTO item VALUES (6, 3)")) {
            SyncReport during = duo.round();
            assertThat(during.errors()).as(during.toString()).isZero();
            assertThat(during.converged()).isFalse();
            writer.rollback();
        }
        assertThat(duo.round().converged()).isTrue();
        assertThat(duo.atBoth("SELECT CONCAT_WS(' ', id, code) FROM item ORDER BY id"))
                .containsExactly("1 7", "4 3");
    }

    @Test
    void changesMadeWhileRoundsRunAreNeitherLostNorUndone() throws Exception {
        duo = Duo.of("busy", ITEM);
        duo.atLocal(
                "SET @@cte_max_recursion_depth = 9999",
                "INSERT INTO item WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
                        + " SELECT i, 'x', i FROM n");
        duo.round();
        CompletableFuture<Void> local = writing(duo.local(), "local", 0);
        CompletableFuture<Void> remote = writing(duo.remote(), "remote", 1);
        int rounds = 0;
        while (!local.isDone() || !remote.isDone()) {
            duo.round();
            rounds++;
        }
        local.get();
        remote.get();
        duo.round();
        assertThat(duo.round().converged()).as("after %d rounds%s", rounds, duo.left()).isTrue();
        assertThat(duo.conflicts("id")).isEmpty();
        assertThat(duo.atBoth("SELECT DISTINCT name FROM item ORDER BY name"))
                .containsExactly("local 25", "remote 25");
    }

    /** Changes every other row, again and again. */
    private static CompletableFuture<Void> writing(Connection session, String who, int rest) {
        return CompletableFuture.runAsync(
                () -> {
                    try (session;
                            Statement s = session.createStatement()) {
                        for (int i = 1; i <= 25; i++) {
                            for (int id = 2 - rest; id <= 40; id += 2) {
                                s.execute(
                                        "UPDATE item SET name = '%s %d' WHERE id = %d"
                                                .formatted(who, i, id));
                            }
                        }
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void oneWayRoundKeepsTheOthersChanges() {
        duo = Duo.of("oneway", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'mine', 1)");
        duo.atRemote("INSERT INTO item VALUES (2, 'theirs', 2)");
        SyncReport oneWay = duo.round(SyncDirection.LOCAL_TO_REMOTE);
        assertThat(oneWay.pending()).isEqualTo(1);
        assertThat(Duo.lines(duo.askLocal(ROWS))).containsExactly("1 mine");
        assertThat(Duo.lines(duo.askRemote(ROWS))).containsExactly("1 mine", "2 theirs");
        assertThat(duo.round(SyncDirection.BIDIRECTIONAL).converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 mine", "2 theirs");
    }

    @Test
    void secondRoundOnThePairIsRefused() throws Exception {
        duo = Duo.of("twice", ITEM);
        duo.atLocal("INSERT INTO item VALUES (1, 'a', 1)");
        try (Connection brake = begin(duo.local(), "SELECT * FROM sync_log FOR UPDATE");
                Child child = Child.start(folder, duo.twin(), "96m", "sync")) {
            child.await(
                    "a round at work", () -> duo.askRemote(TOKENS).equals(List.of(List.of("1"))));
            assertThatThrownBy(() -> duo.round()).isInstanceOf(DataException.class);
            child.kill();
            brake.rollback();
        }
        // the lock is freed with its holder
        assertThat(duo.round().converged()).isTrue();
    }

    @Test
    void rowThatCannotBeCarriedDoesNotStopTheOthers() {
        duo = Duo.of("poison", ITEM, "CREATE TABLE other (id INT PRIMARY KEY, item INT)");
        duo.atRemote(
                "CREATE TRIGGER poison BEFORE INSERT ON item FOR EACH ROW IF NEW.id = 2"
                        + " THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
        duo.atLocal(
                "INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
                "INSERT INTO other VALUES (1, 1)");
        SyncReport report = duo.round();
        assertThat(report.errors()).isEqualTo(1);
        assertThat(report.converged()).isFalse();
        assertThat(Duo.lines(duo.askRemote(ROWS))).containsExactly("1 a", "3 c");
        assertThat(duo.atBoth("SELECT * FROM other")).containsExactly("1 1");
        assertThat(
                        duo.askLocal(
                                "SELECT record_id, error FROM sync_log WHERE sync_status = 'ERROR'"))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.get(0)).isEqualTo("2");
                            assertThat(row.get(1)).contains("not this one");
                        });
        duo.atRemote("DROP TRIGGER poison");
        // a new change of the row gives it another try
        duo.atLocal("UPDATE item SET name = 'better' WHERE id = 2");
        assertThat(duo.round().converged()).isTrue();
        assertThat(duo.atBoth(ROWS)).containsExactly("1 a", "2 better", "3 c");
    }

    @Test
    void sessionsThatDieAnywhereLeaveNothingHalfDone() {
        duo = Duo.of("dying", ITEM);
        int id = 0;
        for (int cut = 1; cut < 50; cut += 5) {
            for (int i = 0; i < 3; i++) {
                duo.atLocal("INSERT INTO item VALUES (%d, 'l', %d)".formatted(++id, id));
                duo.atRemote("INSERT INTO item VALUES (%d, 'r', %d)".formatted(++id, id));
            }
            duo.cutOff(null, cut);
        }
        duo.round();
        assertThat(duo.round().converged()).as(duo.left()).isTrue();
        assertThat(duo.atBoth("SELECT COUNT(*), COUNT(DISTINCT code) FROM item"))
                .containsExactly(id + " " + id);
        assertThat(duo.conflicts("id")).isEmpty();
        assertThat(duo.askRemote(TOKENS)).isEqualTo(List.of(List.of("0")));
        assertThat(duo.askLocal(TOKENS)).isEqualTo(List.of(List.of("0")));
    }
}
