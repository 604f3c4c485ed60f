package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.cli.Cli;
import io.bactrian.law.Twin;
import io.bactrian.proof.Served.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decisions about conflicts that cannot be: what is refused changes nothing on either side, and the
 * conflict waits as before; what is taken is the same row on both.
 */
class DecisionFuzzIT {
    private static final List<String> NAMES =
            List.of("id", "n", "d", "f", "t", "b", "j", "at", "e", "s", "y", "bits", "g", "v", "N");
    private static final String STATE =
            "SELECT CONCAT_WS('|', id, IFNULL(resolution, '-'), HEX(resolved_data)) FROM sync_conflicts ORDER BY id";

    @TempDir Path folder;
    private Twin twin;
    private Act.Stage stage;
    private int changes;

    @BeforeEach
    void setUp() {
        twin = Twin.of("decide");
        stage = new Act.Stage(twin, folder);
        twin.with("sync.strategy", "MANUAL");
        twin.onBoth(
                "CREATE TABLE item (id INT PRIMARY KEY, n INT NOT NULL DEFAULT 0, d DECIMAL(10,2), f DOUBLE, t VARCHAR(10) UNIQUE,"
                        + " b VARBINARY(4), j JSON, at DATETIME(3), e ENUM('a', 'b'), s SET('x', 'y'), y YEAR, bits BIT(4),"
                        + " g INT AS (n + 1), p POINT, CONSTRAINT small CHECK (n < 1000))");
        stage.done("sync", "setup");
        twin.onSource("INSERT INTO item (id, t) VALUES (1, 'one'), (2, 'taken')");
        stage.done("sync");
    }

    @AfterEach
    void drop() {
        twin.close();
    }

    /** Has row 1 wait for a decision, and returns the conflict's number. */
    private String dispute() {
        changes++;
        twin.onSource("UPDATE item SET n = " + (changes % 400) + " WHERE id = 1");
        twin.onTarget("UPDATE item SET n = " + (500 + changes % 400) + " WHERE id = 1");
        assertThat(stage.run(List.of("sync")).code()).isEqualTo(3);
        return stage.json("conflicts", "list", "--waiting").at("/conflicts/0/id").asText();
    }

    private List<String> state() {
        List<String> all = new ArrayList<>(twin.read(twin.target(), STATE));
        all.addAll(twin.read(twin.source(), STATE));
        all.addAll(twin.rows(twin.source(), "item"));
        all.addAll(twin.rows(twin.target(), "item"));
        return all;
    }

    private void requireSame() {
        assertThat(twin.rows(twin.target(), "item")).isEqualTo(twin.rows(twin.source(), "item"));
    }

    private static String row(Random random) {
        List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name =
                    random.nextInt(8) == 0
                            ? Values.text(random)
                            : NAMES.get(random.nextInt(NAMES.size()));
            fields.add(Values.quoted(name) + ": " + Values.json(random, Path.of("/etc/passwd")));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    @Test
    void atTheCommandLine() {
        Random random = Proof.random("decisions");
        int times = Proof.times(5, 200);
        int refused = 0;
        String id = dispute();
        for (int i = 0; i < times; i++) {
            List<String> before = state();
            List<String> words =
                    switch (i % 5) {
                        case 0 -> List.of(id, "--keep", "x" + random.nextInt());
                        case 1 ->
                                List.of(
                                        Long.toString(random.nextLong() | 1 << 20),
                                        "--keep",
                                        "local");
                        default -> List.of(id, "--with", row(random));
                    };
            List<String> all = new ArrayList<>(List.of("conflicts", "resolve"));
            all.addAll(words);
            Cli cli = stage.run(all);
            String what = words + " " + cli;
            assertThat(cli.out() + cli.err())
                    .as(what)
                    .doesNotContain("unexpected ", "Exception", "\tat ", "SQL syntax");
            if (cli.code() == 0) {
                requireSame();
                id = dispute();
                continue;
            }
            refused++;
            assertThat(cli.code()).as(what).isIn(1, 2);
            assertThat(cli.err()).as(what).startsWith("error: ");
            assertThat(state()).as(what).isEqualTo(before);
        }
        stage.done("conflicts", "resolve", id, "--keep", "local");
        assertThat(stage.run(List.of("conflicts", "resolve", id, "--keep", "remote")).code())
                .as("decided already")
                .isEqualTo(2);
        requireSame();
        new Page("inputs").row("decisions, command", times, refused);
    }

    @Test
    void overHttp() throws IOException {
        Random random = Proof.random("decisions over HTTP");
        int times = Proof.times(5, 200);
        int refused = 0;
        String id = dispute();
        try (Served daemon = Served.start(stage)) {
            for (int i = 0; i < times; i++) {
                List<String> before = state();
                String row = row(random);
                String body =
                        i % 6 == 0
                                ? "{\"keep\": " + Values.json(random, Path.of("local")) + "}"
                                : "{\"with\": " + row + "}";
                Reply reply =
                        daemon.post(
                                "/api/conflicts/" + id + "/resolution",
                                "application/json",
                                body.getBytes(StandardCharsets.UTF_8));
                String what = body + " " + reply.text();
                if (reply.status() == 200) {
                    requireSame();
                    id = dispute();
                    continue;
                }
                refused++;
                assertThat(reply.status()).as(what).isBetween(400, 499);
                assertThat(reply.json().at("/error/message").asText()).as(what).isNotBlank();
                assertThat(reply.text())
                        .as(what)
                        .doesNotContain("unexpected ", "Exception", "\tat ", "SQL syntax");
                assertThat(state()).as(what).isEqualTo(before);
            }
            assertThat(daemon.child().said()).doesNotContain("Exception", "\tat ");
        }
        new Page("inputs").row("decisions, HTTP", times, refused);
    }
}
