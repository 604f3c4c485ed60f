package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ReplicationException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a site's {@code routes/} is to commands that end by themselves. */
@Timeout(180)
class SiteCommandsIT {
    private static final String WORKS_BY_ITSELF =
            """
            - route:
                id: by-itself
                from:
                  uri: timer:now
                  parameters: {delay: 0, repeatCount: 1}
                  steps:
                    - to: file:.?fileName=timer.txt
            - route:
                id: door
                from:
                  uri: platform-http:/door
                  steps:
                    - to: direct:note
            """;

    private static final String NOTES_ROUNDS =
            """
            - route:
                id: after-round
                from:
                  uri: direct:after-sync
                  steps:
                    - setBody:
                        simple: "converged: ${body.converged} at {{shop.name}}"
                    - to: seda:note
            - route:
                id: note
                from:
                  uri: seda:note
                  steps:
                    - delay:
                        constant: 500
                    - to: file:.?fileName=note.txt
            """;

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void setUp() {
        scene = Scene.shared(dir);
        scene.inSource("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private void route(String name, String text) throws Exception {
        Files.writeString(Files.createDirectories(dir.resolve("routes")).resolve(name), text);
    }

    private Cli end(String... args) throws Exception {
        try (Child child = scene.start(args)) {
            return child.end(90);
        }
    }

    private long targetTables() {
        return Long.parseLong(
                scene.fromTarget(
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"));
    }

    @Test
    void hooksAreCalledAndNothingBeginsByItself() throws Exception {
        route("by-itself.camel.yaml", WORKS_BY_ITSELF);
        route("notes.camel.yaml", NOTES_ROUNDS);
        scene.with("shop.name", "Bern");
        scene.inTarget("CREATE TABLE t (id INT PRIMARY KEY)");

        Cli cli = end("sync", "setup", "--yes");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(scene.fromTarget("SELECT id FROM t")).isEqualTo("1");
        // in spite of the pause before it is written
        assertThat(dir.resolve("note.txt")).hasContent("converged: true at Bern");
        assertThat(dir.resolve("timer.txt")).doesNotExist();
    }

    /** Camel names neither the file nor the route of an expression. */
    @Test
    void settingThatIsMissingIsToldWithItsPlace() throws Exception {
        route("notes.camel.yaml", NOTES_ROUNDS);

        Cli cli = end("sync", "setup", "--yes");

        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains("routes/notes.camel.yaml:7: ").contains("shop.name");
    }

    @Test
    void hookForbidsAndNothingIsChanged() throws Exception {
        route(
                "Friday.java",
                """
                import org.apache.camel.builder.RouteBuilder;

                public class Friday extends RouteBuilder {
                    @Override
                    public void configure() {
                        from("direct:before-replicate")
                                .routeId("friday")
                                .throwException(new IllegalStateException("not on a Friday"));
                    }
                }
                """);

        Cli cli = end("replicate", "--yes", "--json");

        assertThat(cli.code()).as(cli.err()).isEqualTo(1);
        assertThat(cli.err()).contains("not on a Friday");
        assertThat(targetTables()).isZero();
    }

    /** A mapper may be in it, and what it would have masked must not travel. */
    @Test
    void fileThatIsWrongKeepsTheCommandFromBeginning() throws Exception {
        route(
                "Masks.java",
                """
                import org.apache.camel.builder.RouteBuilder;

                public class Masks extends RouteBuilder {
                    public void configure() {
                        nonsense();
                    }
                }
                """);

        for (String[] command :
                new String[][] {
                    {"replicate", "--yes", "--json"}, {"sync", "setup", "--yes", "--json"}
                }) {
            JsonNode error = Scene.failure(end(command), Kind.CONFIGURATION);
            assertThat(error.path("object").asText()).isEqualTo("routes/Masks.java:5");
            assertThat(error.path("message").asText()).contains("nonsense");
        }
        assertThat(targetTables()).isZero();
    }
}
