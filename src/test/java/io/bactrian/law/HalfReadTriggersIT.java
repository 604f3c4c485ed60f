package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bactrian.TestServers;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.sql.Database;
import io.bactrian.sql.DdlRunner;
import io.bactrian.sql.DdlSession;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Teardown;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What MariaDB 10.11.19 makes of a statement that ends while the server reads the triggers of a
 * table; other servers read them again, and the tests are skipped there.
 */
class HalfReadTriggersIT {
    private static final String TRIGGERS =
            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
                    + " AND trigger_name LIKE '%s'";

    private SyncTwin twin;

    @BeforeEach
    void setUp() throws SQLException {
        TestServers.needs("MariaDB: triggers that stay half read");
        twin =
                SyncTwin.of("half_read")
                        .setUp(
                                "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
                                "CREATE TRIGGER mine AFTER INSERT ON t FOR EACH ROW SET @seen = NEW.v",
                                "CREATE TRIGGER other BEFORE DELETE ON t FOR EACH ROW SET @gone = OLD.v");
        twin.atRemote("INSERT INTO t VALUES (1, 1)");
        assumeTrue(isHalfRead(), "the server reads triggers again after a statement that ended");
    }

    @AfterEach
    void clean() {
        if (twin != null) {
            twin.close();
        }
    }

    /** Has a statement end at different moments of the reading, until writes are refused. */
    private boolean isHalfRead() throws SQLException {
        try (Connection c = twin.remoteSession();
                Statement s = c.createStatement()) {
            for (int i = 1; i <= 200; i++) {
                s.execute("FLUSH TABLES t");
                try {
                    s.execute(
                            "SET STATEMENT max_statement_time = %.5f FOR SELECT * FROM t"
                                    .formatted(i / 100_000.0));
                    s.execute("UPDATE t SET v = v + 1");
                } catch (SQLException e) {
                    if (isRefused(s)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isRefused(Statement s) {
        try {
            s.execute("UPDATE t SET v = v + 1");
            return false;
        } catch (SQLException e) {
            return e.getMessage().contains("has an error in its body");
        }
    }

    private String triggers(String like) {
        return twin.remote(TRIGGERS.formatted(like)).get(0).get(0);
    }

    @Test
    void teardownTakesNothingButItsOwnAway() {
        new Teardown(twin.sides()).run();

        assertThat(triggers("bactrian%")).isEqualTo("0");
        assertThat(triggers("%")).isEqualTo("2");
        twin.atRemote("INSERT INTO t VALUES (2, 2)", "DELETE FROM t WHERE id = 1");
    }

    @Test
    void setupMakesItsTriggersAgainAndLosesNone() {
        String all = triggers("%");
        twin.atRemote("DELETE FROM sync_metadata WHERE key_name LIKE 'sync/table/%'");
        new Setup(twin.catalog()).mend(twin.catalog().tables());
        assertThat(triggers("%")).isEqualTo(all);
    }

    /** As {@code structure} drops a trigger that only the target has, or has otherwise. */
    @Test
    void structureDropsTheOneItNames() throws SQLException {
        String all = triggers("%");
        try (Connection c = twin.remoteSession()) {
            DdlRunner.run(c, List.of("DROP TRIGGER `mine`"), null, DdlSession.strict());
        }
        assertThat(triggers("mine")).isEqualTo("0");
        assertThat(Integer.parseInt(triggers("%"))).isEqualTo(Integer.parseInt(all) - 1);
    }

    @Test
    void writeThatIsRefusedTellsTheRemedy() {
        Database remote = twin.sides().remote();
        assertThatThrownBy(() -> remote.with("t", HalfReadTriggersIT::write))
                .isInstanceOf(DataException.class)
                .satisfies(
                        e ->
                                assertThat(((ReplicationException) e).hint())
                                        .contains("FLUSH TABLES on two"));
        twin.atRemote("FLUSH TABLES");
        remote.with("t", HalfReadTriggersIT::write);
        assertThat(twin.round().converged()).isTrue();
        twin.assertEqual("t");
    }

    private static int write(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            return s.executeUpdate("UPDATE t SET v = v + 1");
        }
    }
}
