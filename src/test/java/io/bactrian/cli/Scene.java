package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.TestServers;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A schema on two servers, the settings that name them {@code from} and {@code to}, and commands.
 */
final class Scene implements AutoCloseable {
    private final Path dir;
    private final Server source;
    private final Server target;
    private final String schema;
    private final Map<String, String> settings = new HashMap<>();
    private Class<?> main = Bactrian.class;

    private Scene(Path dir, Server source, Server target, String schema) {
        this.dir = dir;
        this.source = source;
        this.target = target;
        this.schema = schema;
        database("from", source, source.user(), source.password());
        database("to", target, target.user(), target.password());
        with("bactrian.source", "from");
        with("bactrian.target", "to");
        with("bactrian.log.dir", dir.resolve("logs").toString());
        with("bactrian.backup.dir", dir.resolve("backups").toString());
        with("bactrian.retry-delay", "200ms");
        with("bactrian.connection-timeout", "2s");
    }

    /** On the servers that all tests share. */
    static Scene shared(Path dir) {
        MySqlPair pair = MySqlPair.shared();
        return new Scene(dir, pair.source(), pair.target(), pair.createSchema("bi"));
    }

    /** On servers of the test's own. */
    static Scene on(Path dir, Server source, Server target) {
        Scene scene = new Scene(dir, source, target, "bi");
        for (Server server : List.of(source, target)) {
            server.execute("", "DROP SCHEMA IF EXISTS bi", "CREATE SCHEMA bi");
        }
        return scene;
    }

    /** Sets a key for the commands to come. */
    Scene with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Makes {@code name} a database: the schema of this scene, through another account. */
    Scene database(String name, Server server, String user, String password) {
        String prefix = "bactrian.database." + name + ".";
        with(prefix + "host", server.host());
        with(prefix + "port", Integer.toString(server.port()));
        with(prefix + "user", user);
        with(prefix + "password", password);
        return with(prefix + "database", schema);
    }

    String schema() {
        return schema;
    }

    Server source() {
        return source;
    }

    Server target() {
        return target;
    }

    Path logs() {
        return dir.resolve("logs");
    }

    void inSource(String... statements) {
        execute(source, statements);
    }

    void inTarget(String... statements) {
        execute(target, statements);
    }

    private void execute(Server server, String... statements) {
        Dialect dialect = TestServers.dialect(server);
        server.execute(
                schema,
                Arrays.stream(statements)
                        .map(sql -> TestServers.words(dialect, sql))
                        .toArray(String[]::new));
    }

    void inBoth(String... statements) {
        inSource(statements);
        inTarget(statements);
    }

    String fromSource(String query) {
        return ask(source, schema, query);
    }

    String fromTarget(String query) {
        return ask(target, schema, query);
    }

    /** Rows of one query: columns joined by a tab, rows by a line break. */
    static String ask(Server server, String schema, String query) {
        try (Connection c = server.connect(schema);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(r.getString(i));
                }
                rows.add(String.join("\t", row));
            }
            return String.join("\n", rows);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Runs a command in this JVM. */
    Cli run(String... args) throws IOException {
        return Cli.run(dir, settings, args);
    }

    /** By whose {@code main} commands are started. */
    Scene main(Class<?> other) {
        main = other;
        return this;
    }

    /** Starts a command in a JVM of its own. */
    Child start(String... args) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value.replace("\\", "\\\\")));
        Path file = Files.write(dir.resolve("child.properties"), lines);
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add("--config");
        all.add(file.toString());
        return Child.start(dir, main, all);
    }

    /** Both sides are equal by Bactrian's own proof. */
    void requireEqual() throws IOException {
        Cli cli = run("verify", "--json");
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.json().path("equal").asBoolean()).isTrue();
    }

    /** The latest run, as {@code bactrian runs} shows it. */
    JsonNode lastRun() throws IOException {
        JsonNode runs = run("runs", "--json").json().path("runs");
        return runs.get(runs.size() - 1);
    }

    /** Rows of errors that a server has raised so far. */
    static long raised(Server server, int error) {
        return Long.parseLong(
                ask(
                        server,
                        "",
                        "SELECT sum_error_raised FROM performance_schema.events_errors_summary_global_by_error"
                                + " WHERE error_number = "
                                + error));
    }

    /** Waits until it holds. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain: " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /**
     * The one error of a command called with {@code --json}: one document on standard output, one
     * error with at most one hint on standard error, no trace.
     */
    static JsonNode failure(Cli cli, Kind kind) throws IOException {
        String all = cli.out() + cli.err();
        assertThat(cli.code()).as(all).isEqualTo(kind == Kind.CONFIGURATION ? 2 : 1);
        assertThat(cli.json().path("result").asText()).isEqualTo("failed");
        JsonNode error = cli.json().path("error");
        assertThat(error.path("kind").asText()).as(all).isEqualTo(kind.name());
        assertThat(error.path("object").asText()).as(all).isNotBlank();
        assertThat(error.path("message").asText()).as(all).isNotBlank().doesNotContain("Exception");
        assertThat(error.path("hint").asText()).as("hint of " + all).isNotBlank();
        List<String> lines = cli.err().lines().toList();
        assertThat(lines).as(all).filteredOn(l -> l.startsWith("error: ")).hasSize(1);
        assertThat(lines).as(all).filteredOn(l -> l.startsWith("hint: ")).hasSize(1);
        assertThat(lines)
                .as(all)
                .noneMatch(
                        l ->
                                l.startsWith("\tat ")
                                        || l.contains("Caused by")
                                        || l.contains("camel"));
        return error;
    }

    @Override
    public void close() {
        for (Server server : List.of(source, target)) {
            server.execute("", "DROP SCHEMA IF EXISTS " + schema);
        }
    }
}
