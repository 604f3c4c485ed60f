package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.bactrian.backup.Backup;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.demo.MySqlClient;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.route.BackupStep;
import io.bactrian.schema.Schema;
import io.bactrian.sql.Digest;
import io.bactrian.sql.SchemaReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B2: a backup is lossless, and what others read it with gets every value. */
class BackupIT {
    private static final String[] OBJECTS = {
        "CREATE FUNCTION with_tax(p DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC"
                + " BEGIN\n  -- a comment; it's one\n  DECLARE t DECIMAL(10,2);\n  SET t = p * 1.19;\n  RETURN t;\nEND",
        "CREATE TABLE parent (id INT PRIMARY KEY, price DECIMAL(10,2))",
        "CREATE TABLE child (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, note VARCHAR(20), KEY note (note),"
                + " CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES parent (id))",
        "CREATE VIEW a_last AS SELECT * FROM b_first",
        "CREATE OR REPLACE VIEW b_first AS SELECT id, with_tax(price) AS taxed FROM parent",
        "CREATE TRIGGER before_child BEFORE INSERT ON child FOR EACH ROW BEGIN\n"
                + "  SET NEW.note = CONCAT(NEW.note, ';\n', ';;');\n  SET @x = 1;\nEND",
        "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2036-01-01 00:00:00' DISABLE DO SET @a = 1",
        "INSERT INTO parent VALUES (1, 9.99), (2, 0.01)",
    };

    @TempDir Path folder;
    private Twin twin;

    @BeforeEach
    void schema() {
        twin = Twin.of("backup");
        twin.with("backup.dir", folder.resolve("backups"));
    }

    @AfterEach
    void close() {
        twin.close();
    }

    private void everyType() throws IOException {
        try (InputStream in = BackupIT.class.getResourceAsStream("types.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            twin.onSource(script.split("-- rows\n"));
        }
    }

    private void objects() {
        twin.onSource(OBJECTS[0], OBJECTS[1], OBJECTS[2]);
        twin.onSource(OBJECTS[4], OBJECTS[3], OBJECTS[5], OBJECTS[6], OBJECTS[7]);
        twin.onSource("INSERT INTO child (parent, note) VALUES (1, 'one'), (NULL, 'none')");
    }

    private Backup save() {
        BackupStep.Report report = twin.save();
        return new Backups(folder.resolve("backups")).open(report.backupId());
    }

    /** What was read was what is there: the digests made here are those the server makes. */
    @ParameterizedTest
    @ValueSource(strings = {"32M", "1k"})
    void digestsAreThoseOfTheServer(String chunkBytes) throws IOException, SQLException {
        everyType();
        twin.analyzeTables();
        Backup backup = save(twin.with("chunk-bytes", chunkBytes));

        assertThat(backup.check(bytes -> {})).isEmpty();
        try (Connection c = twin.source().connect(twin.schema())) {
            Schema schema = SchemaReader.read(c, twin.schema(), t -> true);
            c.createStatement().execute("SET time_zone = '+00:00'");
            assertThat(backup.manifest().tables()).hasSameSizeAs(schema.tables());
            for (SavedTable saved : backup.manifest().tables()) {
                Digest digest = new Digest(schema.table(saved.table()).orElseThrow());
                for (SavedPart part : saved.parts()) {
                    assertThat(part.digest())
                            .as(part.toString())
                            .isEqualTo(digest.of(c, part.range()));
                }
            }
        }
    }

    private Backup save(Twin with) {
        return save();
    }

    @Test
    void theStockClientLoadsEveryValue() throws Exception {
        everyType();
        objects();
        Backup backup = save();

        loadByHand(backup);

        twin.assertSameRows();
        assertSameStructure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void myloaderLoadsEveryValue(String compression) throws Exception {
        assumeThat(isThere("myloader")).as("myloader is installed").isTrue();
        everyType();
        objects();
        Backup backup = save(twin.with("backup.compression", compression));

        Server target = twin.target();
        run(
                new ProcessBuilder(
                        "myloader",
                        "-h",
                        target.host(),
                        "-P",
                        Integer.toString(target.port()),
                        "-u",
                        target.user(),
                        "-o",
                        "-t",
                        "2",
                        "-B",
                        twin.schema(),
                        "-d",
                        backup.folder().toString()));

        twin.assertSameRows();
        assertSameStructure();
    }

    /** In the order that README gives. */
    private void loadByHand(Backup backup) throws Exception {
        List<Path> files = new ArrayList<>();
        for (String kind :
                List.of(
                        "-schema-create.sql",
                        "-schema.sql",
                        ".zst",
                        "-schema-triggers.sql",
                        "-schema-post.sql")) {
            try (Stream<Path> all = Files.list(backup.folder())) {
                all.filter(f -> f.toString().endsWith(kind)).sorted().forEach(files::add);
            }
        }
        for (Path file : files) {
            Path plain = file;
            if (file.toString().endsWith(".zst")) {
                assumeThat(isThere("zstd")).as("zstd is installed").isTrue();
                plain = folder.resolve("plain.sql");
                run(new ProcessBuilder("zstd", "-qdf", file.toString(), "-o", plain.toString()));
            }
            run(
                    MySqlClient.on(twin.target(), twin.schema(), "--comments")
                            .redirectInput(plain.toFile()));
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    private static void run(ProcessBuilder program) throws Exception {
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(program.command() + "\n" + said).isZero();
        assertThat(said).doesNotContain("Error", "ERROR", "CRITICAL");
    }

    private void assertSameStructure() throws SQLException {
        try (Connection one = twin.source().connect(twin.schema());
                Connection two = twin.target().connect(twin.schema())) {
            Schema wanted = SchemaReader.read(one, twin.schema(), t -> true);
            Schema there = SchemaReader.read(two, twin.schema(), t -> true);
            assertThat(there.tables()).isEqualTo(wanted.tables());
            assertThat(there.objects().stream().map(o -> spaceless(o.createAs(o.definer()))))
                    .isEqualTo(
                            wanted.objects().stream()
                                    .map(o -> spaceless(o.createAs(o.definer())))
                                    .toList());
        }
    }

    /** For myloader no line of a body ends in a semicolon. */
    private static String spaceless(String body) {
        return body.replace("; \n", ";\n").replace(";\\n", ";\n");
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        objects();
        Backup backup = save();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.folder())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(backup.folder())) {
            assertThat(files)
                    .allSatisfy(
                            f ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(f)))
                                            .isEqualTo("rw-------"));
        }
    }
}
