package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.route.SyncReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law Y7 for a key that goes and comes back written otherwise, which its collation takes for one:
 * the log tells of it under two names, far apart.
 */
@Timeout(60)
class RespelledKeysIT {
    private Duo duo;

    @AfterEach
    void drop() {
        duo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_WINS, VARCHAR(9) PRIMARY KEY, 'abc', 'ABC', 0",
        "LOCAL_WINS, VARCHAR(9) PRIMARY KEY, 'abc', 'ABC', 1",
        "REMOTE_WINS, 'VARCHAR(9), b INT DEFAULT 1, PRIMARY KEY (k, b)', 'abc', '\u00e1bc', 0",
        "LOCAL_WINS, 'VARCHAR(9), b INT DEFAULT 1, PRIMARY KEY (k, b)', 'abc', '\u00e1bc', 1"
    })
    void rowThatTheOtherSideDeletedIsDisputed(
            Strategy strategy, String key, String old, String now, int left) {
        duo = Duo.with("batch-size", 2, "respelled", "CREATE TABLE item (k " + key + ", v INT)");
        String begin = "INSERT INTO item (k, v) VALUES ('%s', 0), ('gone 1', 0), ('gone 2', 0)";
        duo.atLocal(begin.formatted(old));
        duo.round();
        duo.atRemote("DELETE FROM item");
        duo.atLocal(
                "DELETE FROM item WHERE k = '%s'".formatted(old),
                "INSERT INTO item (k, v) VALUES ('x 1', 1), ('x 2', 2), ('x 3', 3), ('x 4', 4), ('x 5', 5)",
                "INSERT INTO item (k, v) VALUES ('%s', 9)".formatted(now));

        SyncReport report = duo.set("strategy", strategy).round();

        assertThat(report.converged()).as(report + duo.left()).isTrue();
        assertThat(duo.atBoth("SELECT COUNT(*) FROM item WHERE v = 9"))
                .containsExactly(Integer.toString(left));
        assertThat(duo.atBoth("SELECT COUNT(*) FROM item WHERE v < 9")).containsExactly("5");
        assertThat(duo.conflicts("conflict_type, local_data->>'$.v', IFNULL(remote_data, 'none')"))
                .containsExactly("UPDATE_DELETE 9 none");
    }
}
