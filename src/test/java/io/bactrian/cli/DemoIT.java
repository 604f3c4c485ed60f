package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.Program;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final String[] TABLES = {
        "audit", "category", "customer", "order_items", "orders", "product", "stock"
    };

    @TempDir Path dir;

    @Test
    void endsWithATargetThatIsEqual() throws Exception {
        Cli cli = Cli.run(dir, Map.of(), "demo");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().strip())
                .contains("1. bactrian analyze", "3 of 8 tables are equal")
                .contains("would lose data:", "product: column colour is dropped with its values")
                .contains("2. bactrian replicate --drop-extra --yes", "structures are equal now")
                .contains("2 of 7 tables are equal", "6 of them repaired")
                .contains("the target was put back as it was")
                .contains("Proven equal: 7 tables with 13,340 rows,")
                .contains("761 rows synced", "conflicts wait for a decision")
                .contains("INSERT_INSERT", "UPDATE_DELETE", "UNIQUE_KEY", "FOREIGN_KEY", "MERGED")
                .contains("Books for children", "Books for experts")
                .endsWith(
                        "Proven equal: 7 tables with 13,339 rows, 1 function, 1 procedure, 2 views,"
                                + " 1 trigger, 1 event.");
        Matcher schema = Pattern.compile("/(shop_\\w+)").matcher(cli.out());
        assertThat(schema.find()).isTrue();
        MySqlPair pair = MySqlPair.shared();
        assertThat(look(pair.target(), schema.group(1)))
                .isEqualTo(look(pair.source(), schema.group(1)));
    }

    /** What the server itself tells of the tables: definitions, sums, and a FLOAT in full. */
    private static List<String> look(Server server, String schema) throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                seen.add(text(statement, "SHOW CREATE TABLE " + table, 2));
                seen.add(text(statement, "CHECKSUM TABLE " + table, 2));
            }
            seen.add(text(statement, "SHOW CREATE VIEW best_customers", 2));
            // the server keeps the separator of a trigger made by one of several statements
            String trigger = text(statement, "SHOW CREATE TRIGGER product_price", 3);
            seen.add(trigger.replaceFirst(";$", ""));
            seen.add(text(statement, "SELECT weight + 0e0 FROM product WHERE id = 7", 1));
        }
        assertThat(seen).endsWith("1.5");
        return seen;
    }

    private static String text(Statement statement, String sql, int column) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(column);
        }
    }

    @Test
    void tellsInJsonWhatEachStepFound() throws Exception {
        Cli cli = Cli.run(dir, Map.of(), "demo", "--json");

        JsonNode steps = cli.json().path("steps");
        assertThat(cli.json().path("result").asText()).as(cli.toString()).isEqualTo("ok");
        assertThat(cli.json().path("equal").asBoolean()).isTrue();
        assertThat(steps.findValuesAsText("command"))
                .containsExactly(
                        "analyze",
                        "replicate --drop-extra --yes",
                        "verify",
                        "verify --columns",
                        "verify --repair --yes",
                        "replicate --yes",
                        "analyze",
                        "verify",
                        "sync setup --guard-triggers --yes",
                        "sync --yes",
                        "conflicts list",
                        "conflicts show 4",
                        "conflicts resolve 4 --keep local --yes",
                        "sync --yes",
                        "analyze",
                        "verify");
        List<String> rows = new ArrayList<>();
        for (JsonNode table : steps.get(3).path("report").path("tables")) {
            table.path("rows")
                    .forEach(
                            r ->
                                    rows.add(
                                            table.path("table").asText()
                                                    + " "
                                                    + r.path("kind").asText()
                                                    + r.path("columns")));
        }
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "audit EXTRA[]",
                        "customer DIFFERENT[\"nickname\"]",
                        "customer DIFFERENT[\"nickname\"]",
                        "order_items MISSING[]",
                        "product DIFFERENT[\"weight\"]",
                        "stock EXTRA[]");
        assertThat(steps.get(4).path("report").path("repaired").asInt()).isEqualTo(6);
        assertThat(steps.get(5).path("report").path("message").asText())
                .contains("Unknown database", "put back as it was", "verified");
        JsonNode synced = steps.get(9).path("report");
        assertThat(synced.path("local_to_remote").path("updated").asInt()).isEqualTo(151);
        assertThat(synced.path("remote_to_local").path("updated").asInt()).isEqualTo(603);
        assertThat(synced.path("conflicts").asInt())
                .as(synced + "\n" + steps.get(10).path("report"))
                .isEqualTo(7);
        assertThat(steps.get(10).path("report").findValuesAsText("conflict_type"))
                .containsExactlyInAnyOrder(
                        "UPDATE_UPDATE",
                        "UPDATE_UPDATE",
                        "UPDATE_UPDATE",
                        "UPDATE_DELETE",
                        "INSERT_INSERT",
                        "UNIQUE_KEY",
                        "FOREIGN_KEY");
        assertThat(steps.get(13).path("report").path("converged").asBoolean()).isTrue();
    }

    @Test
    @Timeout(120)
    void keepsServersDaemonAndDashboardUntilItIsInterrupted() throws Exception {
        List<String> command = Program.words();
        command.addAll(List.of("demo", "--keep"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(dir.toFile()).redirectError(dir.resolve("err").toFile());
        builder.environment().keySet().removeIf(v -> v.startsWith("BACTRIAN_TEST_"));
        Process demo = builder.start();
        try {
            BufferedReader lines = demo.inputReader();
            String dashboard = find(lines, Pattern.compile("dashboard is at (\\S+);"));
            int port =
                    Integer.parseInt(
                            find(lines, Pattern.compile("export .*MYSQL_LOCAL_PORT=(\\d+)")));
            new Socket("127.0.0.1", port).close();
            assertThat(get(dashboard)).contains("<title>Bactrian</title>");
            assertThat(get(dashboard + "api/sync")).contains("\"set_up\":true");

            new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
            assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> new Socket("127.0.0.1", port))
                    .isInstanceOf(ConnectException.class);
            assertThat(Files.readString(dir.resolve("err"))).doesNotContain("error");
        } finally {
            // its own hook ends the servers
            demo.destroy();
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    /** What stands in the first line that matches. */
    private static String find(BufferedReader lines, Pattern pattern) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("ended without telling " + pattern);
    }
}
