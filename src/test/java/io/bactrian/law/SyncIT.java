package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.sync.RoundReport;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws Y1-Y8: two databases that both change come to be equal, and nothing is lost on the way. */
class SyncIT {
    private static final String ITEM =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), code INT UNIQUE)";

    @Test
    void changesOfBothSidesReachTheOther() {
        try (SyncTwin twin = SyncTwin.of("sy1").setUp(ITEM)) {
            twin.atLocal("INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
            twin.atRemote("INSERT INTO item VALUES (10, 'x', 10)");
            RoundReport first = twin.round();
            assertThat(first.converged()).as(first.toString()).isTrue();
            assertThat(first.total().localToRemote().inserted()).isEqualTo(3);
            assertThat(first.total().remoteToLocal().inserted()).isEqualTo(1);
            twin.atLocal(
                    "UPDATE item SET name = 'A' WHERE id = 1", "DELETE FROM item WHERE id = 10");
            twin.atRemote("UPDATE item SET id = 20 WHERE id = 2");
            RoundReport second = twin.round();
            assertThat(second.converged()).as(second.toString()).isTrue();
            twin.assertBoth(
                    "SELECT id, name FROM item ORDER BY id",
                    List.of(List.of("1", "A"), List.of("3", "c"), List.of("20", "b")));
            String log = "SELECT COUNT(*), MAX(id), SUM(sync_status = 'SYNCED') FROM sync_log";
            List<List<String>> before = twin.local(log);
            List<List<String>> beforeThere = twin.remote(log);
            for (int i = 0; i < 10; i++) {
                assertThat(twin.round().total().synced()).isZero();
            }
            assertThat(twin.local(log)).isEqualTo(before);
            assertThat(twin.remote(log)).isEqualTo(beforeThere);
        }
    }

    @Test
    void remoteWinsAndTheLoserIsKept() {
        try (SyncTwin twin =
                SyncTwin.of("sy2")
                        .setUp(
                                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), version BIGINT NOT NULL DEFAULT 1)")) {
            twin.atLocal(
                    "INSERT INTO item (id, name) VALUES (1, 'base'), (2, 'base'), (3, 'base')");
            twin.round();
            twin.atLocal(
                    "UPDATE item SET name = 'mine' WHERE id = 1",
                    "DELETE FROM item WHERE id = 2",
                    "UPDATE item SET name = 'mine' WHERE id = 3");
            twin.atRemote(
                    "UPDATE item SET name = 'theirs' WHERE id = 1",
                    "UPDATE item SET name = 'theirs' WHERE id = 2",
                    "DELETE FROM item WHERE id = 3");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            assertThat(report.total().conflicts()).isEqualTo(3);
            twin.assertBoth(
                    "SELECT id, name, version FROM item ORDER BY id",
                    List.of(List.of("1", "theirs", "3"), List.of("2", "theirs", "3")));
            assertThat(
                            twin.local(
                                    "SELECT record_id, conflict_type, base_data->>'$.name', local_data->>'$.name', remote_data->>'$.name', resolution FROM sync_conflicts ORDER BY record_id"))
                    .isEqualTo(
                            List.of(
                                    List.of(
                                            "1",
                                            "UPDATE_UPDATE",
                                            "base",
                                            "mine",
                                            "theirs",
                                            "REMOTE"),
                                    java.util.Arrays.asList(
                                            "2", "UPDATE_DELETE", "base", null, "theirs", "REMOTE"),
                                    java.util.Arrays.asList(
                                            "3", "UPDATE_DELETE", "base", "mine", null, "REMOTE")));
        }
    }

    @Test
    void lateCommitsAreNotSkipped() throws Exception {
        try (SyncTwin twin = SyncTwin.of("sy3").setUp(ITEM);
                Connection late = twin.localSession();
                Statement s = late.createStatement()) {
            late.setAutoCommit(false);
            s.execute("INSERT INTO item VALUES (1, 'late', 1)");
            twin.atLocal("INSERT INTO item VALUES (2, 'early', 2)");
            twin.round();
            assertThat(twin.remote("SELECT id FROM item")).isEqualTo(List.of(List.of("2")));
            late.commit();
            assertThat(twin.round().converged()).isTrue();
            twin.assertEqual("item");
        }
    }

    @Test
    void uniqueValuesSwapAndPassAlong() {
        try (SyncTwin twin = SyncTwin.of("sy4").setUp(ITEM)) {
            twin.atLocal(
                    "INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)");
            twin.round();
            twin.atLocal(
                    "UPDATE item SET code = NULL WHERE id = 1",
                    "UPDATE item SET code = 1 WHERE id = 2",
                    "UPDATE item SET code = 2 WHERE id = 1",
                    "DELETE FROM item WHERE id = 4",
                    "UPDATE item SET code = 4 WHERE id = 3",
                    "INSERT INTO item VALUES (5, 'e', 3)");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            twin.assertBoth(
                    "SELECT id, code FROM item ORDER BY id",
                    List.of(
                            List.of("1", "2"),
                            List.of("2", "1"),
                            List.of("3", "4"),
                            List.of("5", "3")));
        }
    }

    @Test
    void uniqueClashKeepsTheLoserWhole() {
        try (SyncTwin twin = SyncTwin.of("sy5").setUp(ITEM)) {
            twin.atLocal("INSERT INTO item VALUES (1, 'mine', 7)");
            twin.atRemote("INSERT INTO item VALUES (2, 'theirs', 7)");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            twin.assertBoth("SELECT id FROM item", List.of(List.of("2")));
            assertThat(
                            twin.local(
                                    "SELECT record_id, conflict_type, local_data->>'$.name', remote_data->>'$.name' FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("1", "UNIQUE_KEY", "mine", "theirs")));
        }
    }

    private static final String[] FAMILY = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20))",
        "CREATE TABLE child (id INT PRIMARY KEY, parent INT, name VARCHAR(20), FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE)",
        "CREATE TABLE toy (id INT PRIMARY KEY, child INT, FOREIGN KEY (child) REFERENCES child (id) ON DELETE SET NULL)"
    };

    @Test
    void cascadesReachTheOtherSide() {
        try (SyncTwin twin = SyncTwin.of("sy6").setUp(FAMILY)) {
            twin.atLocal(
                    "INSERT INTO parent VALUES (1, 'p'), (2, 'q')",
                    "INSERT INTO child VALUES (1, 1, 'c'), (2, 2, 'd')",
                    "INSERT INTO toy VALUES (1, 1), (2, 2)");
            assertThat(twin.round().converged()).isTrue();
            twin.atRemote(
                    "DELETE FROM parent WHERE id = 1", "UPDATE parent SET id = 3 WHERE id = 2");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            twin.assertBoth("SELECT id FROM parent", List.of(List.of("3")));
            twin.assertBoth("SELECT id, parent FROM child", List.of(List.of("2", "3")));
            twin.assertBoth(
                    "SELECT id, IFNULL(child, 'none') FROM toy ORDER BY id",
                    List.of(List.of("1", "none"), List.of("2", "2")));
        }
    }

    @Test
    void deletedParentTakesNoNewChildAlong() {
        try (SyncTwin twin = SyncTwin.of("sy7").setUp(FAMILY)) {
            twin.atLocal("INSERT INTO parent VALUES (1, 'p'), (2, 'q')");
            assertThat(twin.round().converged()).isTrue();
            twin.atRemote("DELETE FROM parent WHERE id = 1");
            twin.atLocal("INSERT INTO child VALUES (1, 1, 'new')");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            twin.assertBoth("SELECT id FROM parent", List.of(List.of("2")));
            assertThat(
                            twin.local(
                                    "SELECT table_name, conflict_type, local_data->>'$.name' FROM sync_conflicts"))
                    .isEqualTo(List.of(List.of("child", "FOREIGN_KEY", "new")));
        }
        try (SyncTwin twin = SyncTwin.of("sy7").with("strategy", "LOCAL_WINS").setUp(FAMILY)) {
            twin.atLocal("INSERT INTO parent VALUES (1, 'p'), (2, 'q')");
            assertThat(twin.round().converged()).isTrue();
            twin.atRemote("DELETE FROM parent WHERE id = 1");
            twin.atLocal("INSERT INTO child VALUES (1, 1, 'new')");
            RoundReport report = twin.round();
            assertThat(report.converged()).as(report.toString()).isTrue();
            twin.assertBoth(
                    "SELECT id FROM parent ORDER BY id", List.of(List.of("1"), List.of("2")));
            twin.assertBoth("SELECT id FROM child", List.of(List.of("1")));
        }
    }
}
