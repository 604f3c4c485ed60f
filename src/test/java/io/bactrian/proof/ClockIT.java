package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server whose clock is an hour ahead: each session of an account without SUPER is told so when
 * it begins, applications' and ours.
 */
@Timeout(300)
class ClockIT {
    private static MySqlServer ahead;
    private static Server account;

    @TempDir Path folder;

    @BeforeAll
    static void launch() {
        ahead =
                MySqlServer.launch(
                        "--sysdate-is-now",
                        "--init-connect=SET timestamp = UNIX_TIMESTAMP(NOW(6)) + 3600");
        ahead.address()
                .execute(
                        "",
                        "CREATE USER ahead IDENTIFIED BY 'p'",
                        "GRANT ALL ON *.* TO ahead",
                        "REVOKE SUPER, CONNECTION_ADMIN ON *.* FROM ahead");
        account = new Server("127.0.0.1", ahead.address().port(), "ahead", "p");
    }

    @AfterAll
    static void end() {
        ahead.close();
    }

    @ParameterizedTest
    @MethodSource("io.bactrian.proof.Act#allOrRound")
    void anHourAheadHarmsNothing(Act act) throws Exception {
        try (Twin twin = Twin.of("clock", MySqlPair.shared().source(), account);
                Watch watch = new Watch(twin)) {
            String apart =
                    twin.one(
                            account,
                            "SELECT TIMESTAMPDIFF(MINUTE, '"
                                    + twin.one(twin.source(), "SELECT NOW()")
                                    + "', NOW())");
            assertThat(apart).isIn("59", "60");
            double seconds =
                    new Disturbed(act, new Act.Stage(twin, folder), watch).whole().toMillis()
                            / 1000.0;
            new Page("clock").row(act.toString().toLowerCase(Locale.ROOT), seconds);
        }
    }

    /** By the clocks alone the remote change would be the later one in both rows. */
    @Test
    void theLaterChangeWinsWhateverTheClocksSay() {
        try (Twin twin = Twin.of("clock", MySqlPair.shared().source(), account)) {
            Act.Stage stage = new Act.Stage(twin, folder);
            twin.onBoth(
                    "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))",
                    "INSERT INTO item VALUES (1, 'start'), (2, 'start')");
            stage.done("sync", "setup");
            twin.onTarget("UPDATE item SET name = 'remote' WHERE id = 1");
            twin.onSource("UPDATE item SET name = 'local' WHERE id = 2");
            // the offset is measured in a session whose clock stands still since it began
            twin.onSource("DO SLEEP(4)");
            twin.onSource("UPDATE item SET name = 'local' WHERE id = 1");
            twin.onTarget("UPDATE item SET name = 'remote' WHERE id = 2");

            stage.done("sync", "--strategy", "newest_wins");

            String names = "SELECT GROUP_CONCAT(name ORDER BY id) FROM item";
            assertThat(twin.one(twin.source(), names)).isEqualTo("local,remote");
            assertThat(twin.one(twin.target(), names)).isEqualTo("local,remote");
        }
    }
}
