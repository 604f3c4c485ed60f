package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.TestServers;
import io.bactrian.data.TableCopy;
import io.bactrian.error.DataException;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.sql.Database;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.RowCopy;
import io.bactrian.sql.Snapshot;
import io.bactrian.sql.SnapshotRows;
import io.bactrian.sql.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** D5: no row is lost and no value is bent in silence, and the target's triggers sleep. */
@Timeout(60)
class NothingSilentIT {
    private Twin twin;

    @BeforeEach
    void make() {
        twin = Twin.of("silent");
        twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY, a INT, s VARCHAR(20) NOT NULL)");
        twin.onSource("INSERT INTO t VALUES (1, 10, 'x'), (2, 13, 'same'), (3, 30, 'SAME')");
    }

    @AfterEach
    void drop() {
        twin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD CHECK (a <> 13)",
                "ALTER TABLE t ADD UNIQUE KEY (s)",
                "ALTER TABLE t PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (3))"
            })
    void aRowThatTheTargetRefusesFailsTheCopy(String change) {
        twin.onTarget(change);

        assertThatThrownBy(twin::copy)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the target took 2 of 3 rows");

        assertThat(twin.verify().equal()).isFalse();
    }

    @Test
    void aTargetOfOtherColumnsIsRefused() {
        twin.onTarget("ALTER TABLE t MODIFY s VARCHAR(3) NOT NULL");
        assertThatThrownBy(twin::copy)
                .isInstanceOf(StructureException.class)
                .hasMessageContaining("t");
        assertThat(twin.read(twin.target(), "SELECT * FROM t")).isEmpty();
    }

    /**
     * Nobody can make such a view again, so it must not be found out in the middle of a restore.
     */
    @Test
    void aViewThatItsServerCannotReadIsRefusedByName() {
        TestServers.needs("MySQL: it loses an alias of control characters");
        twin.onSource(
                "CREATE VIEW fine AS SELECT s AS `a``\u0001`, 'AS ``' AS b FROM t",
                "CREATE VIEW lost AS SELECT s AS `\u0001` FROM t");
        for (ThrowingCallable step : List.<ThrowingCallable>of(twin::structure, twin::save)) {
            assertThatThrownBy(step)
                    .isInstanceOf(StructureException.class)
                    .hasMessageContaining("lost")
                    .hasMessageContaining("control characters");
        }
        twin.onSource("DROP VIEW lost");
        twin.structure();
        assertThat(twin.read(twin.target(), "SELECT b FROM fine")).isEmpty();
    }

    /** As when somebody alters the target between the comparison of the structures and the copy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s VARCHAR(3) NOT NULL",
                "s ENUM('x', 'y') NOT NULL",
                "a TINYINT",
                "a DATE",
                "d DECIMAL(10,1)",
                "moment DATE"
            })
    void aValueThatTheTargetBendsIsNotCommitted(String narrower) throws SQLException {
        twin.onBoth("ALTER TABLE t ADD d DECIMAL(10,2), ADD moment DATETIME(6)");
        twin.onSource("UPDATE t SET a = 300, d = 1.25, moment = '2024-05-05 05:05:05.4'");
        twin.onTarget("ALTER TABLE t MODIFY " + narrower);
        try (Database source = open("one");
                Database target = open("two");
                Snapshot snapshot = Snapshot.unheld(source, 1)) {
            Table table = source.with("t", c -> TargetTable.read(c, "t").orElseThrow());
            target.with(
                    "t",
                    c -> {
                        Metadata.create(c);
                        return null;
                    });
            TableCopy copy =
                    new TableCopy(new SnapshotRows(snapshot, 1000, target), target, 1 << 20);
            assertThatThrownBy(() -> copy.chunk(table, Chunk.whole(3)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("the target changed values it was sent");
            try (Connection reader = source.connect();
                    Connection writer = target.connect()) {
                writer.setAutoCommit(false);
                RowCopy inserts = new RowCopy(table, 1000, target, false);
                assertThat(inserts.chunk(reader, writer, Chunk.whole(3)).doubted()).isTrue();
                writer.rollback();
            }
        }
        assertThat(twin.read(twin.target(), "SELECT * FROM t")).isEmpty();
    }

    private Database open(String name) {
        return Database.open(twin.settings().database(name), 3, Duration.ofSeconds(10));
    }
}
