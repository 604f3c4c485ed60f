package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law O4: names are never statements, and secrets are never shown. */
class OddNamesIT {
    private static final String EVIL = "a`; drop table x;-- ";
    private static final String PASSWORD = "p@ss'\"w\\ord$ {}#%ü`";

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void makeSchemas() {
        scene = Scene.shared(dir);
    }

    @AfterEach
    void dropSchemas() {
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute("", "DROP USER IF EXISTS bi_secret");
        }
        scene.close();
    }

    private static String q(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private void makeOddThings() {
        String table = q(EVIL.strip());
        scene.inBoth("CREATE TABLE x (id INT PRIMARY KEY)", "INSERT INTO x VALUES (1)");
        scene.inSource(
                "CREATE TABLE "
                        + table
                        + " (`i``d'\"` INT, `größe ☃ \\` VARCHAR(40) DEFAULT 'it''s \"\\\\\"', `select` INT,"
                        + " `ge``n` INT GENERATED ALWAYS AS (`select` + 1) STORED,"
                        + " PRIMARY KEY (`i``d'\"`, `select`), KEY `k`` ' \"` (`größe ☃ \\`), CONSTRAINT `c``'` CHECK (`select` < 1000000)"
                        + ") COMMENT 'a `comment` -- ''; drop table x;'",
                "CREATE TABLE `ch'ild\"` (id INT PRIMARY KEY, `p``a` INT, `p'b` INT, CONSTRAINT `f``k'` FOREIGN KEY (`p``a`, `p'b`) REFERENCES "
                        + table
                        + " (`i``d'\"`, `select`))",
                "CREATE TABLE `no {key \\ / % *` (`a.b` TEXT, `?` INT)",
                "CREATE VIEW `v``; drop table x;-- '` AS SELECT `i``d'\"` AS `o``'\"` FROM "
                        + table,
                "CREATE TRIGGER `t``'\"` BEFORE INSERT ON "
                        + table
                        + " FOR EACH ROW SET NEW.`größe ☃ \\` = CONCAT(NEW.`größe ☃ \\`, '`''\"')",
                "INSERT INTO "
                        + table
                        + " (`i``d'\"`, `größe ☃ \\`, `select`) VALUES (1, '`; drop table x; -- 😀 ''', 1), (2, '\\t\\n\\0', 2), (3, NULL, 3)",
                "INSERT INTO `ch'ild\"` VALUES (1, 1, 1), (2, NULL, NULL)",
                "INSERT INTO `no {key \\ / % *` VALUES ('a', 1), ('a', 1), (NULL, NULL)");
    }

    @Test
    void oddNamesGoThroughEveryCommand() throws IOException {
        makeOddThings();
        Cli analyzed = scene.run("analyze", "--json");
        assertThat(analyzed.code()).as(analyzed.err()).isEqualTo(3);
        assertThat(analyzed.out()).contains("drop table x");

        Cli structure = scene.run("structure", "--yes", "--json");
        assertThat(structure.code()).as(structure.err()).isZero();
        assertThat(scene.run("analyze").code()).isZero();

        Cli data = scene.run("data", "--yes", "--json");
        assertThat(data.code()).as(data.err()).isZero();
        scene.requireEqual();
        assertThat(scene.fromTarget("SELECT * FROM x")).isEqualTo("1");

        scene.inTarget(
                "UPDATE " + q(EVIL.strip()) + " SET `größe ☃ \\` = '''; drop table x;'",
                "DELETE FROM `ch'ild\"`",
                "INSERT INTO `no {key \\ / % *` VALUES ('`', 2)");
        Cli different = scene.run("verify", "--columns", "--json");
        assertThat(different.code()).isEqualTo(3);
        assertThat(different.out()).contains("größe ☃");
        Cli repaired = scene.run("verify", "--repair", "--yes", "--json");
        assertThat(repaired.code()).as(repaired.err()).isZero();
        assertThat(scene.run("tables", "from").out()).contains(EVIL.strip());

        Cli all = scene.run("replicate", "--yes", "--json");
        assertThat(all.code()).as(all.err()).isZero();
        Cli one =
                scene.run(
                        "replicate", "--tables", EVIL.strip().replace("*", "?"), "--yes", "--json");
        assertThat(one.code()).as(one.err()).isZero();
        scene.requireEqual();
        assertThat(scene.fromTarget("SELECT * FROM x")).isEqualTo("1");
        for (String kind :
                List.of(
                        "SHOW TABLES",
                        "SELECT trigger_name, event_object_table, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
                        "SHOW CREATE TABLE `ch'ild\"`")) {
            assertThat(scene.fromTarget(kind)).isEqualTo(scene.fromSource(kind));
        }
    }

    @Test
    void aSchemaOfAnOddNameIsFine() throws IOException {
        String schema = scene.schema() + "-`ö'\" %41;";
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute("", "CREATE SCHEMA " + q(schema));
        }
        try {
            scene.source()
                    .execute(
                            "",
                            "CREATE TABLE " + q(schema) + ".a (id INT PRIMARY KEY)",
                            "INSERT INTO " + q(schema) + ".a VALUES (1)");
            scene.with("bactrian.database.from.database", schema)
                    .with("bactrian.database.to.database", schema);
            Cli cli = scene.run("replicate", "--yes", "--json");
            assertThat(cli.code()).as(cli.err()).isZero();
            scene.requireEqual();
            assertThat(Scene.ask(scene.target(), "", "SELECT * FROM " + q(schema) + ".a"))
                    .isEqualTo("1");
        } finally {
            for (Server server : List.of(scene.source(), scene.target())) {
                server.execute("", "DROP SCHEMA " + q(schema));
            }
        }
    }

    @Test
    void thePasswordIsNowhere() throws Exception {
        makeOddThings();
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute(
                    "",
                    "CREATE USER bi_secret IDENTIFIED BY '"
                            + PASSWORD.replace("\\", "\\\\").replace("'", "''")
                            + "'",
                    "GRANT ALL ON *.* TO bi_secret");
        }
        scene.database("from", scene.source(), "bi_secret", PASSWORD)
                .database("to", scene.target(), "bi_secret", PASSWORD)
                .with("bactrian.log-level", "TRACE");
        StringBuilder shown = new StringBuilder();
        shown.append(run(0, "replicate", "--yes", "--verbose"));
        shown.append(run(0, "replicate", "--yes", "--json"));
        shown.append(run(0, "config"));
        shown.append(run(0, "config", "--json"));
        shown.append(run(0, "check", "--verbose"));
        shown.append(run(0, "runs", "--json"));
        scene.inTarget("DROP TABLE x", "CREATE TABLE x (id INT PRIMARY KEY, CHECK (id > 5))");
        shown.append(run(1, "data", "--tables", "x", "--yes", "--verbose", "--json"));
        scene.database("to", scene.target(), "bi_secret", PASSWORD + "wrong");
        shown.append(run(1, "replicate", "--yes", "--verbose", "--json"));
        scene.with("bactrian.database.to.host", "no-such-host.invalid");
        shown.append(run(1, "replicate", "--yes", "--verbose"));

        assertThat(scene.logs().resolve("dead_letters.log")).exists();
        try (Stream<Path> files = Files.walk(scene.logs())) {
            files.filter(Files::isRegularFile).forEach(f -> shown.append(text(f)));
        }
        for (String form : List.of(PASSWORD, "p@ss", "w\\ord", "w\\\\ord", "ord$")) {
            assertThat(shown.toString()).doesNotContain(form);
        }
    }

    /** Output of a JVM of its own, while which the list of processes shows no password either. */
    private String run(int code, String... args) throws Exception {
        try (Child child = scene.start(args)) {
            List<String> commandLines = new ArrayList<>();
            while (child.process().isAlive()) {
                commandLines.add(commandLine(child.process().pid()));
                Thread.sleep(200);
            }
            Cli cli = child.end(60);
            assertThat(cli.code()).as(String.join(" ", args) + "\n" + cli).isEqualTo(code);
            return cli.out() + cli.err() + String.join("\n", commandLines);
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            // it has ended
            return "";
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
