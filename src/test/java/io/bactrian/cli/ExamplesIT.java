package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.bactrian.data.ColumnMapper;
import io.bactrian.state.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples in {@code routes/examples}, copied into a site's {@code routes/} as they stand. */
@Timeout(180)
class ExamplesIT {
    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void setUp() throws Exception {
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE stock (id INT PRIMARY KEY, pieces INT UNSIGNED, place VARCHAR(40))",
                "INSERT INTO stock VALUES (1, 100, 'shelf'), (2, 5, 'shelf')");
        assertThat(scene.run("sync", "setup", "--yes").code()).isZero();
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private void example(String name) throws Exception {
        Path routes = Files.createDirectories(dir.resolve("routes"));
        Files.copy(Path.of("routes/examples", name), routes.resolve(name));
    }

    private JsonNode round(Living daemon) throws Exception {
        return daemon.ended(daemon.run("{\"pipeline\": \"sync\"}"));
    }

    @Test
    void stockCountersAreAddedUp() throws Exception {
        example("StockCounters.java");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET pieces = pieces - 7 WHERE id = 1");
            scene.inTarget("UPDATE stock SET pieces = pieces - 20, place = 'cellar' WHERE id = 1");

            JsonNode round = round(daemon);

            assertThat(round.path("report").path("converged").asBoolean())
                    .as(round.toString())
                    .isTrue();
            assertThat(scene.fromSource("SELECT * FROM stock WHERE id = 1"))
                    .isEqualTo(scene.fromTarget("SELECT * FROM stock WHERE id = 1"))
                    .contains("73", "cellar");
            JsonNode conflict = daemon.json("/api/conflicts").path("conflicts").get(0);
            assertThat(conflict.path("resolution").asText()).isEqualTo("MERGED");
            assertThat(conflict.path("resolution_strategy").asText()).isEqualTo("RESOLVER");
            assertThat(conflict.path("local_data").path("pieces").asInt()).isEqualTo(93);
            assertThat(conflict.path("remote_data").path("pieces").asInt()).isEqualTo(80);
        }
    }

    @Test
    void singleRoundAddsThemUpToo() throws Exception {
        example("StockCounters.java");
        scene.inSource("UPDATE stock SET pieces = pieces - 7 WHERE id = 1");
        scene.inTarget("UPDATE stock SET pieces = pieces - 20 WHERE id = 1");
        try (Child round = scene.start("sync", "--yes", "--json")) {
            assertThat(round.end(90).json().path("converged").asBoolean()).isTrue();
        }
        assertThat(scene.fromSource("SELECT pieces FROM stock WHERE id = 1"))
                .isEqualTo(scene.fromTarget("SELECT pieces FROM stock WHERE id = 1"))
                .isEqualTo("73");
    }

    /** More was sold than there is: an unsigned column does not take the sum. */
    @Test
    void sumThatDoesNotFitIsAnErrorAndNothingIsWritten() throws Exception {
        example("StockCounters.java");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET pieces = 1 WHERE id = 2");
            scene.inTarget("UPDATE stock SET pieces = 0 WHERE id = 2");

            JsonNode round = round(daemon);

            assertThat(round.path("result").asText()).as(round.toString()).isEqualTo("failed");
            assertThat(round.path("report").path("errors").asInt()).isPositive();
            assertThat(scene.fromSource("SELECT pieces FROM stock WHERE id = 2")).contains("1");
            assertThat(scene.fromTarget("SELECT pieces FROM stock WHERE id = 2")).contains("0");
        }
    }

    private void customers() {
        scene.inBoth("DROP TABLE stock");
        scene.inSource(
                "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(120) UNIQUE,"
                        + " born DATE, note TEXT, city VARCHAR(40))",
                "INSERT INTO customer VALUES (1, 'Zoë Meier', 'zoe@example.org', '1980-05-17', 'pays late', 'Bern'),"
                        + " (2, 'Bo', NULL, NULL, NULL, 'Basel')");
    }

    private void assertMasked(JsonNode report) {
        assertThat(scene.fromTarget("SELECT * FROM customer ORDER BY id"))
                .isEqualTo(
                        "1\tCustomer 1\tcustomer1@example.com\t1980-01-01\tBern\n"
                                + "2\tCustomer 2\tcustomer2@example.com\tnull\tBasel");
        JsonNode mapped = report.path("mapped").get(0);
        assertThat(mapped.path("masked").toString()).contains("name", "email", "born");
        assertThat(mapped.path("left_out").get(0).asText()).isEqualTo("note");
    }

    @Test
    void customersArriveMasked() throws Exception {
        example("MaskedCustomers.java");
        customers();
        try (Living daemon = Living.start(dir, scene)) {
            JsonNode run =
                    daemon.ended(
                            daemon.run("{\"pipeline\": \"replicate\", \"tables\": \"customer\"}"));

            assertThat(run.path("result").asText()).as(run.toString()).isEqualTo("ok");
            assertMasked(run.path("report"));
        }
        // a command that does not know of the mapper must not undo it
        Cli cli = scene.run("replicate", "--tables", "customer", "--yes", "--json");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("an earlier run withheld");
    }

    @Test
    void singleCommandMasksThemToo() throws Exception {
        example("MaskedCustomers.java");
        customers();
        try (Child replicate =
                scene.start("replicate", "--tables", "customer", "--yes", "--json")) {
            Cli cli = replicate.end(90);
            assertThat(cli.code()).as(cli.err()).isZero();
            assertMasked(cli.json());
        }
    }

    /** What a jar in {@code lib/} is made of. */
    @Test
    void singleCommandsFindTheMapperByServiceLoader() throws Exception {
        Path classes = Files.createDirectories(dir.resolve("classes"));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                "routes/examples/MaskedCustomers.java");
        assertThat(code).isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(ColumnMapper.class.getName()), "MaskedCustomers");
        customers();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader with =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(with);

            Cli cli = scene.run("replicate", "--tables", "customer", "--yes", "--json");

            assertThat(cli.code()).as(cli.err()).isZero();
            assertMasked(cli.json());
            Cli people = scene.run("verify", "--tables", "customer");
            assertThat(people.out())
                    .contains("1 of 1 tables are equal", "not as in the source:", "left out note");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A program that has Bactrian in it. */
    static final class Shop {
        public static void main(String[] args) {
            new BactrianMain()
                    .bind("note", "what the shop keeps")
                    .routes(
                            new RouteBuilder() {
                                @Override
                                public void configure() {
                                    from("direct:after-sync")
                                            .routeId("shop-note")
                                            .setBody(
                                                    e ->
                                                            e.getContext()
                                                                    .getRegistry()
                                                                    .lookupByName("note"))
                                            .to("file:.?fileName=note.txt");
                                }
                            })
                    .exit(args);
        }
    }

    @Test
    void livesInAProgramOfTheIntegrators() throws Exception {
        scene.main(Shop.class);
        try (Living daemon = Living.start(dir, scene)) {
            assertThat(round(daemon).path("result").asText()).isEqualTo("ok");
            assertThat(dir.resolve("note.txt")).hasContent("what the shop keeps");
        }
    }

    @Test
    void eachConflictIsSentOn() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer books =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        books.createContext(
                "/",
                e -> {
                    heard.add(new String(e.getRequestBody().readAllBytes()));
                    e.sendResponseHeaders(204, -1);
                    e.close();
                });
        books.start();
        example("AuditConflicts.java");
        scene.with("audit.uri", "http://127.0.0.1:" + books.getAddress().getPort() + "/");
        try (Living daemon = Living.start(dir, scene)) {
            scene.inSource("UPDATE stock SET place = 'mine'");
            scene.inTarget("UPDATE stock SET place = 'theirs'");

            assertThat(round(daemon).path("report").path("conflicts").asInt()).isEqualTo(2);
            assertThat(round(daemon).path("report").path("conflicts").asInt()).isZero();

            assertThat(heard).hasSize(2);
            JsonNode first = Json.mapper().readTree(heard.get(0));
            assertThat(first.toString()).contains("stock").contains("mine").contains("theirs");
        } finally {
            books.stop(0);
        }
    }
}
