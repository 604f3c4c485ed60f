package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.error.DataException;
import io.bactrian.route.DataStep;
import io.bactrian.sql.Database;
import io.bactrian.sql.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** D3: a copy shows one moment of the source, however many sessions read it. */
@Timeout(120)
class SnapshotIT {
    private static final int ACCOUNTS = 2000;
    private static final int WRITERS = 6;
    private static Twin twin;

    @BeforeAll
    static void fill() {
        twin = Twin.of("snapshot").with("threads", 6).with("chunk-bytes", "32K");
        twin.onBoth(
                "CREATE TABLE a (id INT PRIMARY KEY, money INT, pad VARCHAR(500))",
                "CREATE TABLE b (id INT PRIMARY KEY, money INT, pad VARCHAR(500))");
        for (String table : new String[] {"a", "b"}) {
            // makes the copy cut a small table, so that all sessions read of it
            twin.onTarget(
                    "CREATE TRIGGER on_"
                            + table
                            + " BEFORE INSERT ON "
                            + table
                            + " FOR EACH ROW SET @x = 1");
            twin.onSource(
                    "SET SESSION cte_max_recursion_depth = 10000",
                    "INSERT INTO "
                            + table
                            + " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                            + ACCOUNTS
                            + ") SELECT n, 1000, REPEAT('x', 500) FROM s");
        }
        for (String user : new String[] {"lw_reader", "lw_locker"}) {
            twin.source()
                    .execute(
                            "",
                            "DROP USER IF EXISTS " + user,
                            "CREATE USER " + user + " IDENTIFIED BY 'pw'",
                            "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON "
                                    + twin.schema()
                                    + ".* TO "
                                    + user,
                            TestServers.words(
                                    TestServers.dialect(twin.source()),
                                    "GRANT SHOW_ROUTINE ON *.* TO " + user));
        }
        twin.source().execute("", "GRANT LOCK TABLES ON " + twin.schema() + ".* TO lw_locker");
    }

    @AfterAll
    static void drop() {
        twin.source().execute("", "DROP USER lw_reader", "DROP USER lw_locker");
        twin.close();
    }

    @Test
    void whatWritersKeepEqualIsEqualInTheTarget() throws Exception {
        twin.as(twin.source().user(), twin.source().password());
        assertThat(copyAmongWriters().snapshot()).contains("FLUSH TABLES WITH READ LOCK");
        assertThat(total()).isEqualTo("4000000");
    }

    @Test
    void locksOnTheTablesDoAsWell() throws Exception {
        twin.as("lw_locker", "pw");
        assertThat(copyAmongWriters().snapshot()).contains("LOCK TABLES");
        assertThat(total()).isEqualTo("4000000");
    }

    @Test
    void theReportTellsThatNoLockCouldBeHad() {
        twin.as("lw_reader", "pw");
        assertThat(twin.copy().snapshot()).contains("without a lock", "milliseconds apart");
    }

    /** Nobody waits for the end of a copy, neither who alters a table nor who stands behind him. */
    @Test
    void tableIsLetGoWhenItIsRead() {
        TestServers.needs(
                "MySQL: metadata locks that a savepoint gives back in spite of a binary log");
        String sum = "SELECT CONCAT(SUM(money), ' ', COUNT(*)) FROM ";
        twin.as(twin.source().user(), twin.source().password());
        DatabaseSettings source = twin.settings().database("one");
        try (Database database = Database.open(source, 3, Duration.ofSeconds(9));
                Snapshot snapshot = Snapshot.open(database, List.of("a", "b"), 2)) {
            String a = snapshot.read("a", c -> one(c, sum + "a"));
            String b = snapshot.read("b", c -> one(c, sum + "b"));
            twin.onSource(
                    "SET SESSION lock_wait_timeout = 2",
                    "ALTER TABLE a ADD COLUMN late INT",
                    "ALTER TABLE a DROP COLUMN late",
                    "UPDATE b SET money = money + 1");

            for (int session = 0; session < 2; session++) {
                String again = snapshot.read("b", c -> one(c, sum + "b"));
                assertThat(again).isEqualTo(b);
                assertThatThrownBy(() -> snapshot.read("a", c -> one(c, sum + "a")))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("1412");
            }
            assertThat(twin.one(twin.source(), sum + "a")).isEqualTo(a);
        } finally {
            twin.onSource("UPDATE b SET money = money - 1");
        }
    }

    private static String one(Connection c, String query) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            r.next();
            return r.getString(1);
        }
    }

    private static String total() {
        return twin.one(
                twin.target(), "SELECT (SELECT SUM(money) FROM a) + (SELECT SUM(money) FROM b)");
    }

    /** Each transfer takes from one table what it gives the other, in one transaction. */
    private static DataStep.Report copyAmongWriters() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        String before = twin.one(twin.source(), "SELECT SUM(money) FROM a");
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> transfers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            transfers.add(writers.submit(() -> transfer(enough, writer)));
        }
        try {
            DataStep.Report report = twin.copy();
            assertThat(twin.one(twin.target(), "SELECT SUM(money) FROM a"))
                    .as("transfers before the snapshot")
                    .isNotEqualTo(before);
            return report;
        } finally {
            enough.set(true);
            for (Future<?> transfer : transfers) {
                transfer.get();
            }
            writers.shutdown();
        }
    }

    private static void transfer(AtomicBoolean enough, int writer) {
        try (Connection c = twin.source().connect(twin.schema())) {
            c.setAutoCommit(false);
            for (int i = writer; !enough.get(); i += WRITERS) {
                add(c, "a", i, -1);
                add(c, "b", i, 1);
                c.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(Connection c, String table, int account, int money)
            throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("UPDATE " + table + " SET money = money + ? WHERE id = ?")) {
            s.setInt(1, money);
            s.setInt(2, Math.floorMod(account, ACCOUNTS) + 1);
            s.execute();
        }
    }
}
