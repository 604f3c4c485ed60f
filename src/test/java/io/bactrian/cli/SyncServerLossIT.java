package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sync with servers that are away when it begins, or die in the middle or at the acknowledgement.
 */
@Timeout(180)
class SyncServerLossIT {
    private static final String ROWS = "SELECT id, name FROM item ORDER BY id";
    private static final String BOTH = "1\tmine\n2\tmine too\n3\ttheirs";

    private static MySqlServer local;
    private static MySqlServer remote;

    @TempDir Path dir;
    private Scene scene;

    @BeforeAll
    static void startServers() {
        local = MySqlServer.launch();
        remote = MySqlServer.launch();
    }

    @AfterAll
    static void stopServers() {
        local.close();
        remote.close();
    }

    @BeforeEach
    void setUpWithChangesOnBothSides() throws Exception {
        local.start();
        remote.start();
        scene =
                Scene.on(dir, local.address(), remote.address())
                        .with("bactrian.retry-attempts", "2")
                        .with("bactrian.connection-timeout", "5s");
        scene.inBoth("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
        Cli setup = scene.run("sync", "setup", "--yes", "--json");
        assertThat(setup.code()).as(setup.toString()).isZero();
        scene.inSource("INSERT INTO item VALUES (1, 'mine'), (2, 'mine too')");
        scene.inTarget("INSERT INTO item VALUES (3, 'theirs')");
    }

    private static MySqlServer server(String name) {
        return name.equals("from") ? local : remote;
    }

    /** A session that holds what a round has to wait for; its server may die meanwhile. */
    private record Brake(MySqlServer server, Connection session) implements AutoCloseable {
        static Brake on(MySqlServer server, String query) throws SQLException {
            Connection session = server.address().connect("bi");
            session.setAutoCommit(false);
            try (Statement s = session.createStatement()) {
                s.execute(query);
            }
            return new Brake(server, session);
        }

        @Override
        public void close() throws SQLException {
            if (server.isRunning()) {
                session.close();
            } else {
                session.abort(Runnable::run);
            }
        }
    }

    /** The round has said plainly that a server is away; once it is back, nothing is missing. */
    private void assertToldAndMended(Cli cut, String name) throws Exception {
        JsonNode error = Scene.failure(cut, Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo(name);
        assertThat(scene.lastRun().path("result").asText()).isEqualTo("failed");
        server(name).start();

        Cli next = scene.run("sync", "--yes", "--json");
        assertThat(next.code()).as(next.toString()).isZero();
        assertThat(next.json().path("converged").asBoolean()).isTrue();
        assertThat(next.json().path("conflicts").asInt()).isZero();
        assertThat(next.json().path("pending").asInt()).isZero();
        assertThat(scene.fromSource(ROWS)).isEqualTo(BOTH);
        assertThat(scene.fromTarget(ROWS)).isEqualTo(BOTH);
        String waiting =
                "SELECT (SELECT COUNT(*) FROM sync_log WHERE sync_status <> 'SYNCED')"
                        + " + (SELECT COUNT(*) FROM sync_metadata WHERE key_name LIKE 'sync/token/%')";
        assertThat(scene.fromSource(waiting)).isEqualTo("0");
        assertThat(scene.fromTarget(waiting)).isEqualTo("0");
        Cli idle = scene.run("sync", "--yes", "--json");
        assertThat(idle.json().path("records_synced").asInt()).isZero();
        scene.requireEqual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void serverThatIsAwayAtTheStart(String name) throws Exception {
        server(name).kill();

        Cli cut = scene.run("sync", "--yes", "--json");

        assertToldAndMended(cut, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void serverThatDiesWhileRowsAreWritten(String name) throws Exception {
        Cli cut;
        // the row that goes to that side waits for a lock when the server dies
        MySqlServer written = server(name);
        String row = name.equals("from") ? "3" : "1";
        try (Brake brake =
                        Brake.on(
                                written,
                                "INSERT INTO item VALUES (" + row + ", 'never committed')");
                Child child = scene.start("sync", "--yes", "--json")) {
            Scene.await("a round that waits for the row", () -> waits(written, "item"));
            written.kill();
            cut = child.end(60);
        }
        assertToldAndMended(cut, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void serverThatDiesAtTheAcknowledgement(String name) throws Exception {
        Cli cut;
        // the rows are over there and their token with them; this side's log is held
        try (Brake brake = Brake.on(local, "SELECT * FROM sync_log FOR UPDATE");
                Child child =
                        scene.start("sync", "--direction", "local_to_remote", "--yes", "--json")) {
            Scene.await("an acknowledgement that waits", () -> waits(local, "sync_log"));
            assertThat(scene.fromTarget(ROWS)).isEqualTo(BOTH);
            server(name).kill();
            if (name.equals("to")) {
                brake.close();
            }
            cut = child.end(60);
        }
        assertToldAndMended(cut, name);
    }

    /** Whether a statement of a round that writes the table is held up. */
    private static boolean waits(MySqlServer server, String table) {
        return !Scene.ask(
                        server.address(),
                        "",
                        "SELECT info FROM information_schema.processlist WHERE db = 'bi' AND command = 'Query'"
                                + " AND (info LIKE 'UPDATE%"
                                + table
                                + "%' OR info LIKE 'INSERT INTO%"
                                + table
                                + "%') AND state NOT IN ('', 'starting', 'end')")
                .isEmpty();
    }

    /** A server that takes no row just now has refused none. */
    @ParameterizedTest
    @CsvSource({
        "binlog_format, ROW, STATEMENT, binlog_format = ROW",
        "read_only, OFF, ON, mend what the message names"
    })
    void serverThatTakesNothingJustNow(String variable, String good, String bad, String hint)
            throws Exception {
        String account =
                "CREATE USER IF NOT EXISTS 'plain'@'%' IDENTIFIED BY 'p'; GRANT ALL ON bi.* TO 'plain'@'%'";
        remote.address().execute("", account.split("; "));
        scene.database("to", remote.address(), "plain", "p");
        remote.address().execute("", "SET GLOBAL " + variable + " = " + bad);
        Cli refused = scene.run("sync", "--yes", "--json");
        remote.address().execute("", "SET GLOBAL " + variable + " = " + good);

        assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains(hint);
        assertThat(scene.fromSource("SELECT COUNT(*) FROM sync_log WHERE sync_status = 'PENDING'"))
                .isEqualTo("2");
        Cli next = scene.run("sync", "--yes", "--json");
        assertThat(next.code()).as(next.toString()).isZero();
        assertThat(scene.fromTarget(ROWS)).isEqualTo(BOTH);
    }

    @Test
    void aLogOfStatementsIsToldBeforehand() throws Exception {
        remote.address().execute("", "SET GLOBAL binlog_format = STATEMENT");
        Cli check = scene.run("check", "--json");
        Cli setup = scene.run("sync", "setup", "--yes", "--json");
        remote.address().execute("", "SET GLOBAL binlog_format = ROW");

        assertThat(check.out()).contains("binlog_format=STATEMENT", "SET PERSIST binlog_format");
        JsonNode error = Scene.failure(setup, Kind.CONNECTION);
        assertThat(error.path("object").asText()).isEqualTo("to");
        assertThat(error.path("hint").asText()).isEqualTo("SET PERSIST binlog_format = ROW;");
    }

    @Test
    void roundsGoOnByThemselvesOnceTheServerIsBack() throws Exception {
        try (Child child = scene.start("sync", "--every", "1", "--yes", "--json")) {
            Scene.await("the first rows", () -> scene.fromTarget(ROWS).equals(BOTH));
            remote.kill();
            scene.inSource("INSERT INTO item VALUES (4, 'while it was away')");
            Scene.await("a warning", () -> child.text(child.err()).contains("the next will try"));
            remote.start();
            Scene.await(
                    "the row is there",
                    () -> scene.fromTarget("SELECT COUNT(*) FROM item").equals("4"));
            child.signal("TERM");
            Cli cli = child.end(60);
            assertThat(cli.json().path("converged").asBoolean()).as(cli.toString()).isTrue();
            assertThat(cli.err().lines().filter(l -> l.contains("the next will try")))
                    .as(cli.err())
                    .hasSize(1);
        }
        scene.requireEqual();
    }
}
