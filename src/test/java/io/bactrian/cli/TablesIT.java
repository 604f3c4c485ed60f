package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesIT {
    private static final Server SERVER = MySqlPair.shared().source();

    @TempDir Path dir;

    @BeforeAll
    static void makeTables() throws Exception {
        SERVER.execute(
                "",
                "DROP DATABASE IF EXISTS cl_tables",
                "CREATE DATABASE cl_tables",
                "USE cl_tables",
                "CREATE TABLE plain (id INT PRIMARY KEY, t TEXT)",
                "INSERT INTO plain VALUES (1, 'a'), (2, 'b'), (3, 'c')",
                "CREATE TABLE composite (b INT, a VARCHAR(9), PRIMARY KEY (a, b))",
                "CREATE TABLE keyless (a INT)",
                "CREATE TABLE uniq (a INT NOT NULL, b INT NOT NULL, UNIQUE KEY u (b, a))",
                "CREATE TABLE nullable (a INT, UNIQUE KEY (a))",
                "CREATE TABLE prefixed (a VARCHAR(99) NOT NULL, UNIQUE KEY (a(5)))",
                "CREATE TABLE functional (a INT NOT NULL, UNIQUE KEY f ((a + 1)))",
                "CREATE TABLE computed (a INT NOT NULL,"
                        + " g INT AS (a + 1) STORED NOT NULL, UNIQUE KEY (g))",
                "CREATE TABLE defaulted (a DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                        + " UNIQUE KEY (a))",
                "CREATE TABLE flat (id INT PRIMARY KEY) ENGINE = MyISAM",
                "CREATE TABLE `a``; drop table plain;-- x` (id INT PRIMARY KEY)",
                "CREATE TABLE `größe ☂` (id INT PRIMARY KEY)",
                "CREATE VIEW seen AS SELECT * FROM plain");
    }

    @AfterAll
    static void dropTables() throws Exception {
        SERVER.execute("", "DROP DATABASE IF EXISTS cl_tables");
    }

    private Cli tables(String... more) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("bactrian.database.one.host", SERVER.host());
        settings.put("bactrian.database.one.port", Integer.toString(SERVER.port()));
        settings.put("bactrian.database.one.user", SERVER.user());
        settings.put("bactrian.database.one.password", SERVER.password());
        settings.put("bactrian.database.one.database", "cl_tables");
        String[] args = new String[more.length + 2];
        args[0] = "tables";
        args[1] = "one";
        System.arraycopy(more, 0, args, 2, more.length);
        return Cli.run(dir, settings, args);
    }

    private JsonNode table(String name) throws IOException {
        for (JsonNode table : tables("--json").json().path("tables")) {
            if (table.path("table").asText().equals(name)) {
                return table;
            }
        }
        throw new AssertionError("no table " + name);
    }

    @Test
    void listsBaseTablesOfAnyName() throws IOException {
        assertThat(tables("--json").json().path("tables").findValuesAsText("table"))
                .contains("plain", "größe ☂", "a`; drop table plain;-- x")
                .doesNotContain("seen")
                .hasSize(12);
    }

    @Test
    void tellsRowsBytesAndKey() throws IOException {
        assertThat(table("plain").path("rows").asLong()).isEqualTo(3);
        assertThat(table("plain").path("bytes").asLong()).isPositive();
        assertThat(table("plain").path("syncable").asBoolean()).isTrue();
        assertThat(table("composite").path("key").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void tellsWhyATableCannotSyncAndWhatMendsIt() throws IOException {
        assertThat(table("uniq").path("reason").asText())
                .isEqualTo("no primary key: ALTER TABLE `uniq` ADD PRIMARY KEY (`b`, `a`)");
        assertThat(table("keyless").path("reason").asText()).contains("AUTO_INCREMENT PRIMARY KEY");
        assertThat(table("flat").path("reason").asText()).contains("ENGINE=InnoDB");
    }

    @Test
    void onlyAKeyThatTellsAllRowsApartIsOne() throws IOException {
        for (String name :
                new String[] {"keyless", "nullable", "prefixed", "functional", "computed"}) {
            assertThat(table(name).path("key")).as(name).isEmpty();
        }
        assertThat(table("defaulted").path("key").toString()).isEqualTo("[\"a\"]");
    }

    @Test
    void theMendingStatementsWork() throws Exception {
        for (JsonNode table : tables("--json").json().path("tables")) {
            if (!table.path("syncable").asBoolean()) {
                String reason = table.path("reason").asText();
                SERVER.execute("cl_tables", reason.substring(reason.indexOf("ALTER")));
            }
        }
        assertThat(tables().out()).doesNotContain("no: ");
        makeTables();
    }

    @Test
    void globsSelectAndUnknownOnesAreAnError() throws IOException {
        assertThat(tables("--tables", "p*,!prefixed", "--json").json().path("tables")).hasSize(1);

        Cli unknown = tables("--tables", "plane");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("plane matches no table in one", "did you mean plain?");
    }
}
