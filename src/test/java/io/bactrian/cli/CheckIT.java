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

class CheckIT {
    private static final Server SOURCE = MySqlPair.shared().source();
    private static final Server TARGET = MySqlPair.shared().target();
    private static final String[] CLEAN = {
        "DROP DATABASE IF EXISTS cl_check",
        "DROP USER IF EXISTS cl_few, cl_role_user",
        "DROP ROLE IF EXISTS cl_role"
    };

    @TempDir Path dir;

    @BeforeAll
    static void makeSchemas() throws Exception {
        dropSchemas();
        SOURCE.execute(
                "",
                "CREATE DATABASE cl_check",
                "CREATE TABLE cl_check.good (id INT PRIMARY KEY)",
                "CREATE TABLE cl_check.keyless (a INT)");
        TARGET.execute(
                "",
                "CREATE DATABASE cl_check",
                "CREATE USER cl_few IDENTIFIED BY 'hunter2'",
                "GRANT SELECT ON cl_check.* TO cl_few",
                "CREATE ROLE cl_role",
                "GRANT ALL ON cl_check.* TO cl_role",
                "CREATE USER cl_role_user IDENTIFIED BY 'hunter2' DEFAULT ROLE cl_role");
    }

    @AfterAll
    static void dropSchemas() throws Exception {
        SOURCE.execute("", CLEAN);
        TARGET.execute("", CLEAN);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        put(settings, "from", SOURCE, SOURCE.user(), SOURCE.password());
        put(settings, "to", TARGET, TARGET.user(), TARGET.password());
        settings.put("bactrian.source", "from");
        settings.put("bactrian.target", "to");
        return settings;
    }

    private static void put(
            Map<String, String> settings,
            String name,
            Server server,
            String user,
            String password) {
        String prefix = "bactrian.database." + name + ".";
        settings.put(prefix + "host", server.host());
        settings.put(prefix + "port", Integer.toString(server.port()));
        settings.put(prefix + "user", user);
        settings.put(prefix + "password", password);
        settings.put(prefix + "database", "cl_check");
    }

    @Test
    void aPairThatIsFineEndsWithZero() throws IOException {
        Cli cli = Cli.run(dir, settings(), "check", "--json");
        JsonNode databases = cli.json().path("databases");

        assertThat(cli.code()).isZero();
        assertThat(cli.json().path("result").asText()).isEqualTo("ok");
        assertThat(databases.findValuesAsText("name")).containsExactly("from", "to");
        assertThat(databases.get(0).path("connected").asBoolean()).isTrue();
        assertThat(databases.get(0).path("version").asText()).isNotEmpty();
        assertThat(Math.abs(databases.get(1).path("clock_offset_seconds").asDouble()))
                .as("both servers share this machine's clock")
                .isLessThan(1);
    }

    @Test
    void tablesWithoutKeyAreNamed() throws IOException {
        assertThat(Cli.run(dir, settings(), "check", "from").out())
                .contains("keyless")
                .doesNotContain("good");
    }

    @Test
    void missingPrivilegesComeWithAGrantThatMendsThem() throws Exception {
        Map<String, String> settings = settings();
        put(settings, "to", TARGET, "cl_few", "hunter2");
        Cli cli = Cli.run(dir, settings, "check", "to", "--json");

        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
        JsonNode findings = cli.json().path("databases").get(0).path("findings");
        assertThat(findings.get(0).path("about").asText()).isEqualTo("privileges");
        assertThat(findings.get(0).path("message").asText())
                .contains("INSERT", "CREATE VIEW", "TRIGGER")
                .doesNotContain("SELECT");

        assertThat(findings.findValuesAsText("about")).contains("sync");
        for (JsonNode finding : findings) {
            if (finding.path("advice").asText().startsWith("GRANT")) {
                TARGET.execute("", finding.path("advice").asText());
            }
        }
        Cli mended = Cli.run(dir, settings, "check", "to");
        assertThat(mended.code()).isZero();
        assertThat(mended.out()).doesNotContain("GRANT");
    }

    @Test
    void privilegesOfTheRoleInForceCount() throws IOException {
        Map<String, String> settings = settings();
        put(settings, "to", TARGET, "cl_role_user", "hunter2");

        assertThat(Cli.run(dir, settings, "check", "to").out()).doesNotContain("privileges");
    }

    @Test
    void aDatabaseThatDoesNotAnswerDoesNotHideTheOther() throws IOException {
        Map<String, String> settings = settings();
        put(settings, "to", TARGET, "cl_few", "wrong");
        Cli cli = Cli.run(dir, settings, "check", "--json");
        JsonNode databases = cli.json().path("databases");

        assertThat(cli.code()).isEqualTo(1);
        assertThat(databases.get(0).path("connected").asBoolean()).isTrue();
        assertThat(databases.get(1).path("connected").asBoolean()).isFalse();
        assertThat(databases.get(1).path("findings").get(0).path("about").asText())
                .isEqualTo("connection");
        assertThat(cli.out()).doesNotContain("wrong\"");
    }
}
