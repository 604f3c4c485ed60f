package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Cli;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told where a type would not arrive as it is, before rows are carried. */
class CanaryIT {
    private static final String ROWS = "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')";

    @TempDir Path folder;

    private static Act.Stage stage(Twin twin, Path folder) {
        twin.onSource("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))", ROWS);
        return new Act.Stage(twin, folder);
    }

    private long lines() throws IOException {
        Path log = folder.resolve("logs/canaries.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void everyTypeComesBackAndNothingIsLeft() {
        try (Twin twin = Twin.of("canary")) {
            JsonNode answer = stage(twin, folder).json("check", "--canary");

            assertThat(answer.path("canary").path("types").asInt()).isGreaterThanOrEqualTo(31);
            assertThat(answer.path("canary").path("refused")).isEmpty();
            assertThat(answer.path("findings")).isEmpty();
            assertThat(twin.tables(twin.target())).isEmpty();
            assertThat(twin.tables(twin.source())).containsExactly("t");
        }
    }

    @Test
    void isSentWhereServersMeetAndNotAgain() throws Exception {
        try (Twin twin = Twin.of("canary")) {
            Act.Stage stage = stage(twin, folder);
            stage.done("replicate");
            assertThat(lines()).isEqualTo(1);
            stage.done("data");
            stage.done("sync", "setup");
            // the other way round they have not met as source and target, but these have
            assertThat(lines()).isEqualTo(1);
        }
    }

    /** Something in between that takes one kind of text for another. */
    private static byte[] recoded(byte[] answer) {
        String latin = new String(answer, StandardCharsets.ISO_8859_1);
        return latin.replace("\u00F0\u009F\u0090\u00AB", "????")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatStandsBetweenAndChangesTextIsFound() throws Exception {
        try (Twin twin = Twin.of("canary");
                Proxy proxy = new Proxy(twin.source())) {
            Act.Stage stage = stage(twin, folder);
            twin.through("one", proxy.change(CanaryIT::recoded).address());

            Cli check = stage.run(List.of("check", "--canary"));
            assertThat(check.code()).as(check.toString()).isEqualTo(1);
            assertThat(check.json().path("canary").path("refused").findValuesAsText("type"))
                    .containsExactly("char(20)", "varchar(40)", "text", "json");
            assertThat(check.out()).contains("such as a proxy");

            JsonNode error = refused(stage, "replicate");
            assertThat(error.path("object").asText())
                    .isEqualTo("char(20), varchar(40), text, json");
            assertThat(refused(stage, "data").path("message").asText())
                    .contains("does not come back bit for bit");
            assertThat(refused(stage, "sync", "setup").path("hint").asText()).contains("proxy");
            assertThat(twin.tables(twin.target())).isEmpty();
            assertThat(lines()).isZero();

            proxy.change(UnaryOperator.identity());
            stage.done("replicate");
            assertThat(lines()).isEqualTo(1);
        }
    }

    private static JsonNode refused(Act.Stage stage, String... words) throws IOException {
        Cli cli = stage.run(List.of(words));
        assertThat(cli.code()).as(cli.toString()).isEqualTo(1);
        return cli.json().path("error");
    }

    @Test
    void theSettingIsNamedThatIsInTheWay() throws Exception {
        try (MySqlServer narrow = MySqlServer.launch("--max-allowed-packet=8K");
                Twin twin = Twin.of("canary", MySqlPair.shared().source(), narrow.address())) {
            JsonNode error = refused(stage(twin, folder), "replicate");

            // each value alone comes back; rows are not read by the packet
            assertThat(error.path("object").asText()).isEqualTo("a row of all types");
            assertThat(error.path("message").asText())
                    .contains("a row is larger than max_allowed_packet");
            assertThat(error.path("hint").asText())
                    .isEqualTo("mend the setting: two: max_allowed_packet is 8192");
        }
    }

    /** Settings that would bend what is sent, were they not the session's own. */
    @Test
    void settingsOfTheServerDoNotReachOurSessions() throws Exception {
        try (MySqlServer odd =
                        MySqlServer.launch(
                                "--init-connect=SET NAMES latin1, SESSION sql_select_limit = 2, sql_safe_updates = 1,"
                                        + " sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH', completion_type = 2,"
                                        + " max_join_size = 10, max_execution_time = 1, sql_quote_show_create = 0,"
                                        + " show_create_table_verbosity = ON, show_gipk_in_create_table_and_information_schema = OFF");
                Twin twin = Twin.of("canary", odd.address(), odd.address())) {
            odd.address()
                    .execute(
                            "",
                            "CREATE SCHEMA lw_other",
                            "CREATE USER plain IDENTIFIED BY 'p'",
                            "GRANT ALL ON *.* TO plain",
                            "REVOKE SUPER, CONNECTION_ADMIN ON *.* FROM plain");
            Server plain = new Server("127.0.0.1", odd.address().port(), "plain", "p");
            Act.Stage stage = stage(twin, folder);
            twin.onSource(
                    "CREATE TABLE `größe` (`maß` INT PRIMARY KEY, t TEXT)",
                    "INSERT INTO `größe` VALUES (1, 'é'), (2, 'ä'), (3, 'ö')",
                    "SET SESSION sql_generate_invisible_primary_key = ON",
                    "CREATE TABLE keyless (v INT)",
                    "INSERT INTO keyless (my_row_id, v) VALUES (4, 1), (9, 2)",
                    "CREATE TABLE many (id INT PRIMARY KEY, t TEXT)",
                    "INSERT INTO many SELECT a.`maß` * 243 + b.`maß` * 81 + c.`maß` * 27 + d.`maß` * 9 + e.`maß` * 3 + f.`maß`,"
                            + " REPEAT('x', 9000) FROM `größe` a, `größe` b, `größe` c, `größe` d, `größe` e, `größe` f");
            twin.through("one", plain)
                    .through("two", plain)
                    .with("database.two.database", "lw_other");

            stage.done("check", "--canary");
            stage.done("replicate");
            assertThat(twin.read(odd.address(), "SELECT COUNT(*) FROM lw_other.`größe`"))
                    .containsExactly("3");
            assertThat(
                            twin.read(
                                    odd.address(),
                                    "SELECT CONCAT(my_row_id, ', ', v) FROM lw_other.keyless"))
                    .containsExactlyInAnyOrder("4, 1", "9, 2");
            stage.done("verify");
            // root, to whom none of it is done
            twin.through("one", odd.address());
            stage.done("analyze");
        }
    }

    private static String said(Act.Stage stage) {
        try (Child child = stage.start(List.of("replicate"))) {
            assertThat(child.exitCode()).as(child.said()).isZero();
            return child.said();
        }
    }

    @Test
    void anAccountThatMayNotMakeTheTableGoesOnWithoutAndIsToldOnce() throws Exception {
        try (Twin twin = Twin.of("canary")) {
            Act.Stage stage = stage(twin, folder);
            twin.source()
                    .execute(
                            "",
                            "DROP USER IF EXISTS canary_reader",
                            "CREATE USER canary_reader IDENTIFIED BY 'p'",
                            "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON "
                                    + twin.schema()
                                    + ".* TO canary_reader",
                            "GRANT SHOW_ROUTINE ON *.* TO canary_reader");
            twin.as("canary_reader", "p");

            Cli check = stage.done("check", "--canary");
            assertThat(check.out()).contains("is left out", "lacks CREATE TEMPORARY TABLES");
            String told = "the account of one lacks CREATE TEMPORARY TABLES";
            assertThat(said(stage)).contains(told);
            assertThat(said(stage)).doesNotContain(told);
            twin.source().execute("", "DROP USER canary_reader");
        }
    }
}
