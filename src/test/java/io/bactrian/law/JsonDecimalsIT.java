package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.demo.MySqlPair.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose JSON holds DECIMALs, which no text carries, are written twice, and many at once. */
class JsonDecimalsIT {
    private static final int ROWS = 2_500;
    private static final String DONE =
            "SELECT count_star FROM performance_schema.events_statements_summary_global_by_event_name"
                    + " WHERE event_name = 'statement/sql/%s'";

    private static final String TABLE =
            "CREATE TABLE t (id INT PRIMARY KEY, up INT, j JSON, b VARBINARY(9), n DECIMAL(9,2),"
                    + " CONSTRAINT up FOREIGN KEY (up) REFERENCES t (id))";

    /** The first row refers to the last one; strings are of any kind; one value takes megabytes. */
    private static final String[] FILL = {
        "SET SESSION cte_max_recursion_depth = 100000, foreign_key_checks = 0",
        "INSERT INTO t WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT n, IF(n = 1, "
                + ROWS
                + ", NULL), JSON_OBJECT('Größe \\'\"\\\\ 🐫', 1.50, 'x', n / 2, 'l', JSON_ARRAY(1, 'é', NULL)),"
                + " CHAR(n % 256 USING binary), n / 100 FROM s",
        "UPDATE t SET j = JSON_OBJECT('big', REPEAT('ü', 1500000), 'd', 2.500) WHERE id = 77"
    };

    private Twin twin;

    @BeforeEach
    void setUp() {
        TestServers.needs("MySQL: DECIMALs in JSON");
    }

    @AfterEach
    void clean() {
        if (twin != null) {
            twin.close();
        }
    }

    private long done(String statement) {
        return Long.parseLong(twin.one(twin.target(), DONE.formatted(statement)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copyCarriesThemManyAtOnce(boolean localInfile) {
        twin = Twin.of("json_decimals");
        twin.onBoth(TABLE);
        twin.onSource(FILL);
        Server target = twin.target();
        target.execute("", "SET GLOBAL local_infile = " + localInfile);
        try {
            long inserts = done("insert");
            long deletes = done("delete");

            twin.copy();

            twin.assertSameRows();
            assertThat(done("insert") - inserts).isLessThan(60);
            assertThat(done("delete") - deletes).isLessThan(30);
        } finally {
            target.execute("", "SET GLOBAL local_infile = 1");
        }
    }

    @Test
    void repairCarriesThem() {
        twin = Twin.of("json_decimals");
        twin.onBoth(TABLE);
        twin.onBoth(FILL);
        twin.onTarget(
                "UPDATE t SET j = CAST(CAST(j AS CHAR) AS JSON) WHERE id % 2",
                "DELETE FROM t WHERE id % 5 = 3");
        twin.repair();
        twin.assertSameRows();
    }

    @Test
    void roundCarriesThem() {
        try (SyncTwin sync = SyncTwin.of("json_decimals").setUp(TABLE)) {
            sync.atLocal(FILL);
            assertThat(sync.round().converged()).isTrue();
            sync.assertEqual("t");
            sync.atLocal("UPDATE t SET j = JSON_SET(j, '$.x', 7.10, '$.y', id / 3)");
            long before = deletes(sync);
            assertThat(sync.round().converged()).isTrue();
            sync.assertEqual("t");
            assertThat(deletes(sync) - before).isLessThan(ROWS / 10);
        }
    }

    private static long deletes(SyncTwin sync) {
        return Long.parseLong(sync.remote(DONE.formatted("delete")).get(0).get(0));
    }
}
