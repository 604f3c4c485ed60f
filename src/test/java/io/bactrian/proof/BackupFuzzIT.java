package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Cli;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import io.bactrian.proof.Forgery.Harm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Backups that were damaged, or forged with checksums that fit. What is wrong is told with its
 * file, and nothing outside of the folder of backups is read, written or taken away.
 */
class BackupFuzzIT {
    private static final String CANARY = "canary outside of all backups";

    @TempDir Path folder;
    private Twin twin;
    private Act.Stage stage;
    private Path outside;
    private String id;
    private Map<String, byte[]> whole;
    private Look target;

    @BeforeEach
    void save() throws IOException {
        twin = Twin.of("fuzz");
        stage = new Act.Stage(twin, folder);
        twin.onSource(
                "CREATE TABLE one (id INT PRIMARY KEY, t VARCHAR(40))",
                "INSERT INTO one VALUES (1, 'a'), (2, 'b''`\\\\')",
                "CREATE TABLE two (a INT, j JSON)",
                "INSERT INTO two VALUES (1, '{\"k\": [1.5]}'), (1, NULL)",
                "CREATE VIEW v AS SELECT t FROM one");
        twin.onTarget("CREATE TABLE one (id INT PRIMARY KEY)", "INSERT INTO one VALUES (7)");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("canary"), CANARY);
        id = stage.json("backup", "create", "one").path("backup_id").asText();
        whole = Forgery.read(backup());
        target = Look.atTarget(twin);
    }

    @AfterEach
    void drop() {
        twin.close();
    }

    private Path backup() {
        return folder.resolve("backups").resolve(id);
    }

    @Test
    void whatIsDamagedIsNamedAndNotRestored() throws IOException {
        Random random = Proof.random("damage");
        int times = Proof.times(Harm.values().length, 200);
        for (int i = 0; i < times; i++) {
            Harm harm = Harm.values()[i % Harm.values().length];
            Forgery forgery = Forgery.of(backup(), whole, random, outside);
            List<String> files = forgery.harm(harm);
            String what = harm + " " + files;

            stage.json("backup", "list");
            for (List<String> words :
                    List.of(
                            List.of("backup", "verify", id),
                            List.of("restore", id, "--into", "two"))) {
                Cli cli = stage.run(words);
                JsonNode error = failed(what, cli);
                assertThat(error.path("object").asText() + error.path("message").asText())
                        .as(what)
                        .containsAnyOf(files.toArray(String[]::new));
            }
            pruned(what);
            nothingElse(what);
            assertThat(Look.atTarget(twin)).as(what).isEqualTo(target);
        }
        new Page("inputs").row("backups, damaged", times, times);
    }

    @Test
    void whatIsForgedEndsWithAClearError() throws IOException {
        Random random = Proof.random("forged");
        int times = Proof.times(10, 400);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            Forgery forgery = Forgery.of(backup(), whole, random, outside);
            String what = forgery.forgeManifest();
            stage.json("backup", "list");
            boolean bad = clear(what, stage.run(List.of("backup", "verify", id)));
            bad |= clear(what, stage.run(List.of("restore", id, "--into", "two", "--no-backup")));
            refused += bad ? 1 : 0;
            pruned(what);
            nothingElse(what);
        }
        assertThat(refused).isPositive();
        new Page("inputs").row("backups, forged", times, refused);
    }

    /** It is found out only when the rows are there: what they replaced was saved before. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " to ",
            quoteCharacter = '"',
            value = {"\\(2 to x", "\\(2 to ''", "\\(2 to (1", "'a' to 'z'"})
    void rowsThatAreForgedEndWithAWayBack(String of, String into) throws IOException {
        Forgery forgery = Forgery.of(backup(), whole, Proof.random("rows"), outside);
        forgery.forgeRows(
                text -> {
                    String changed = text.replaceFirst(of, into);
                    assertThat(changed).isNotEqualTo(text);
                    return changed;
                });

        JsonNode error = failed(of, stage.run(List.of("restore", id, "--into", "two", "--verify")));

        assertThat(error.path("message").asText()).contains("the target two is left half changed");
        Matcher back =
                Pattern.compile("`bactrian (restore \\S+ --into two --drop-extra)`")
                        .matcher(error.path("hint").asText());
        assertThat(back.find()).as(error.toString()).isTrue();
        stage.done(back.group(1).split(" "));
        Look.atTarget(twin).requireSame(target);
    }

    /** A row file of some KB that unpacks to more than memory holds, all of it one line. */
    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip"})
    void aBombIsRefusedByTheSizeThatWasWritten(String compression) throws IOException {
        twin.with("backup.compression", compression);
        id = stage.json("backup", "create", "one").path("backup_id").asText();
        Forgery forgery =
                Forgery.of(backup(), Forgery.read(backup()), Proof.random("bomb"), outside);
        String file = forgery.bomb(compression, Proof.LONG ? 8L << 30 : 256L << 20);

        try (Child child = stage.start(List.of("restore", id, "--into", "two"))) {
            assertThat(child.exitCode()).as(child.said()).isEqualTo(1);
            assertThat(child.said())
                    .contains(file, "holds more than the")
                    .doesNotContain("unexpected", "heap");
        }
        nothingElse("bomb");
    }

    @Test
    void filesThatWereAddedAreNotRead() throws IOException {
        Files.writeString(backup().resolve("lw_fuzz.one.00001.sql"), "INSERT INTO `one` VALUES\n");
        Files.createSymbolicLink(backup().resolve("more.sql"), outside.resolve("canary"));
        stage.done("backup", "verify", id);
        stage.done("restore", id, "--into", "two");
        assertThat(Look.atTarget(twin)).isEqualTo(Look.atSource(twin));
        nothingElse("added");
    }

    /** A link in the folder of backups whose name is an id leads out of it. */
    @Test
    void aBackupThatIsALinkIsNone() throws IOException {
        Path elsewhere = outside.resolve(id);
        Files.move(backup(), elsewhere);
        Files.createSymbolicLink(backup(), elsewhere);
        Map<String, byte[]> before = Forgery.read(elsewhere);

        stage.json("backup", "list");
        failed("link", stage.run(List.of("backup", "verify", id)));
        failed("link", stage.run(List.of("restore", id, "--into", "two")));
        stage.done("backup", "prune");

        assertThat(Forgery.read(elsewhere)).usingRecursiveComparison().isEqualTo(before);
        assertThat(Look.atTarget(twin)).isEqualTo(target);
    }

    /** Nothing is left to prune but the one, which must not go while it is the last. */
    private void pruned(String what) {
        clear(what, stage.run(List.of("backup", "prune", "--dry-run")));
    }

    private static JsonNode failed(String what, Cli cli) throws IOException {
        assertThat(cli.code()).as("%s: %s", what, cli).isEqualTo(1);
        clear(what, cli);
        return cli.json().path("error");
    }

    /** Returns whether it was refused. */
    private static boolean clear(String what, Cli cli) {
        String all = cli.out() + cli.err();
        assertThat(cli.code()).as("%s: %s", what, all).isIn(0, 1, 2);
        assertThat(all)
                .as(what)
                .doesNotContain("unexpected", "Exception", "io.bactrian", "\tat ", CANARY);
        List<String> told = cli.err().lines().filter(l -> l.startsWith("error: ")).toList();
        assertThat(told).as("%s: %s", what, all).hasSize(cli.code() == 0 ? 0 : 1);
        return cli.code() != 0;
    }

    private void nothingElse(String what) throws IOException {
        assertThat(Files.readString(outside.resolve("canary"))).as(what).isEqualTo(CANARY);
        List<String> held = new ArrayList<>();
        twin.tables(twin.target()).forEach(t -> held.addAll(twin.rows(twin.target(), t)));
        assertThat(held.toString()).as(what).doesNotContain("canary");
    }
}
