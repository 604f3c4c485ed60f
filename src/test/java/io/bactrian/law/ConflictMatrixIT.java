package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.route.SyncReport;
import io.bactrian.sync.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law Y7: every strategy with every kind of conflict. Local is always the one who wrote last. */
@Timeout(60)
class ConflictMatrixIT {
    private static final String BASE = "INSERT INTO doc (id, title) VALUES (1, 'base')";
    private static final String DELETE = "DELETE FROM doc";

    /**
     * A way to come to a conflict.
     *
     * @param before what both have
     * @param byRemote what remote does
     * @param byLocal what local does then
     * @param images the titles that the conflict shows of local and remote
     * @param ifLocal what both have if local wins: docs with their versions, then pages
     * @param ifRemote the same if remote does
     */
    private enum Kind {
        UPDATE_UPDATE(BASE, title("remote"), title("local"), "local remote", "local 3", "remote 3"),
        UPDATE_DELETE(BASE, title("remote"), DELETE, "- remote", "", "remote 3"),
        DELETE_UPDATE(BASE, DELETE, title("local"), "local -", "local 3", ""),
        INSERT_INSERT(
                "DO 0",
                insert(1, "remote"),
                insert(1, "local"),
                "local remote",
                "local 2",
                "remote 2"),
        UNIQUE_KEY(
                "DO 0",
                insert(2, "remote"),
                insert(1, "local"),
                "local remote",
                "local 1",
                "remote 1"),
        FOREIGN_KEY(BASE, DELETE, page("local"), "base - or local -", "base 1 local", ""),
        FOREIGN_KEY_OF_REMOTE(
                BASE, page("remote"), DELETE, "- base or - remote", "", "base 1 remote");

        private final String before;
        private final String byRemote;
        private final String byLocal;
        private final String images;
        private final String ifLocal;
        private final String ifRemote;

        Kind(
                String before,
                String byRemote,
                String byLocal,
                String images,
                String ifLocal,
                String ifRemote) {
            this.before = before;
            this.byRemote = byRemote;
            this.byLocal = byLocal;
            this.images = images;
            this.ifLocal = ifLocal;
            this.ifRemote = ifRemote;
        }

        private String type() {
            return this == DELETE_UPDATE
                    ? "UPDATE_DELETE"
                    : this == FOREIGN_KEY_OF_REMOTE ? "FOREIGN_KEY" : name();
        }

        private static String title(String title) {
            return "UPDATE doc SET title = '" + title + "'";
        }

        private static String insert(int id, String title) {
            return "INSERT INTO doc (id, title, code) VALUES (" + id + ", '" + title + "', 7)";
        }

        private static String page(String title) {
            return "INSERT INTO page VALUES (1, 1, '" + title + "')";
        }
    }

    private static Duo duo;

    @BeforeAll
    static void setUp() {
        duo =
                Duo.of(
                        "matrix",
                        "CREATE TABLE doc (id INT PRIMARY KEY, title VARCHAR(20), code INT UNIQUE,"
                                + " version BIGINT NOT NULL DEFAULT 1,"
                                + " last_modified TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))",
                        "CREATE TABLE page (id INT PRIMARY KEY, doc INT, title VARCHAR(20),"
                                + " FOREIGN KEY (doc) REFERENCES doc (id))");
    }

    @AfterAll
    static void drop() {
        duo.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("page", "doc", "sync_log", "sync_conflicts")) {
            String statement = "SET @bactrian_origin = 'test'; DELETE FROM " + table;
            duo.atLocal(statement).atRemote(statement);
        }
    }

    private static Side winner(Strategy strategy) {
        return strategy == Strategy.LOCAL_WINS || strategy == Strategy.NEWEST_WINS
                ? Side.LOCAL
                : Side.REMOTE;
    }

    static Stream<Arguments> byStrategy() {
        return Stream.of(Kind.values())
                .flatMap(
                        kind ->
                                Stream.of(Strategy.values())
                                        .filter(s -> s != Strategy.MANUAL)
                                        .map(s -> Arguments.of(kind, s)));
    }

    @ParameterizedTest
    @MethodSource("byStrategy")
    void theWinnersRowIsOnBothSidesAndTheLosersInTheConflict(Kind kind, Strategy strategy) {
        dispute(kind, strategy);
        Side winner = winner(strategy);

        endsAs(kind, winner, duo.round());

        String query = "SELECT conflict_type, resolution FROM sync_conflicts";
        List<String> written =
                Duo.lines(winner == Side.LOCAL ? duo.askRemote(query) : duo.askLocal(query));
        assertThat(written).isNotEmpty().containsOnly(kind.type() + " " + winner);
        assertThat(winner == Side.LOCAL ? duo.askLocal(query) : duo.askRemote(query)).isEmpty();
        assertThat(kind.images.split(" or ")).contains(shown());
        idle();
    }

    static Stream<Arguments> byDecision() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Side.values()).map(s -> Arguments.of(kind, s)));
    }

    @ParameterizedTest
    @MethodSource("byDecision")
    void bothKeepTheirsUntilAPersonDecides(Kind kind, Side keep) {
        dispute(kind, Strategy.MANUAL);
        String local = state(duo::askLocal);
        String remote = state(duo::askRemote);

        SyncReport report = duo.round();

        assertThat(report.converged()).isFalse();
        assertThat(report.conflictsWaiting()).isPositive();
        idle();
        assertThat(state(duo::askLocal)).isEqualTo(local);
        assertThat(state(duo::askRemote)).isEqualTo(remote);
        assertThat(duo.askLocal("SELECT id FROM sync_conflicts")).isEmpty();
        assertThat(Duo.lines(duo.askRemote("SELECT conflict_type, resolution FROM sync_conflicts")))
                .containsExactly(kind.type() + " null");
        assertThat(kind.images.split(" or ")).contains(shown());

        long id = Long.parseLong(duo.askRemote("SELECT id FROM sync_conflicts").get(0).get(0));
        endsAs(kind, keep, duo.decide(id, keep));

        assertThat(
                        duo.askRemote(
                                "SELECT resolution, resolved_by FROM sync_conflicts WHERE id = "
                                        + id))
                .containsExactly(List.of(keep.name(), "me"));
        idle();
    }

    private static void dispute(Kind kind, Strategy strategy) {
        duo.set("strategy", strategy);
        duo.atLocal(kind.before);
        assertThat(duo.round().converged()).isTrue();
        duo.atRemote(kind.byRemote);
        duo.atLocal(kind.byLocal);
    }

    private static void endsAs(Kind kind, Side winner, SyncReport report) {
        assertThat(report.converged()).as(report + duo.left()).isTrue();
        assertThat(state(duo::askLocal))
                .isEqualTo(winner == Side.LOCAL ? kind.ifLocal : kind.ifRemote);
        assertThat(state(duo::askRemote)).isEqualTo(state(duo::askLocal));
        assertThat(duo.differences(List.of("doc", "page"))).isEmpty();
    }

    /** What a side has: docs with their versions, then pages. */
    private static String state(Function<String, List<List<String>>> side) {
        List<String> state =
                new ArrayList<>(
                        Duo.lines(side.apply("SELECT title, version FROM doc ORDER BY id")));
        state.addAll(Duo.lines(side.apply("SELECT title FROM page")));
        return String.join(" ", state);
    }

    /** What the first conflict shows. */
    private static String shown() {
        return duo.conflicts(
                        "IFNULL(local_data->>'$.title', '-'), IFNULL(remote_data->>'$.title', '-')")
                .get(0);
    }

    private static void idle() {
        long before = duo.written();
        duo.round();
        duo.round();
        assertThat(duo.written()).as("rows written by idle rounds").isEqualTo(before);
    }
}
