package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.proof.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each command with the accounts of {@code docs/privileges.md}, made from the very statements of
 * that page, and with one privilege less. {@code -Dbactrian.proof=true} takes each from each.
 */
@Timeout(1200)
class PrivilegesIT {
    private static final String[] SHOP = {
        "CREATE TABLE p (id INT PRIMARY KEY, n INT, KEY n (n))",
        "CREATE TABLE c (id INT PRIMARY KEY, p INT, KEY p (p), CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p (id))",
        "CREATE DEFINER=maker VIEW v AS SELECT id FROM p",
        "CREATE DEFINER=maker FUNCTION f(a INT) RETURNS INT DETERMINISTIC RETURN a + 1",
        "CREATE DEFINER=maker PROCEDURE r() SELECT 1",
        "CREATE DEFINER=maker TRIGGER t BEFORE INSERT ON p FOR EACH ROW SET NEW.n = IFNULL(NEW.n, 0)",
        "CREATE DEFINER=maker EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DISABLE DO DELETE FROM c WHERE id < 0",
        "INSERT INTO p VALUES (1, 1), (2, 2)",
        "INSERT INTO c VALUES (1, 1)"
    };

    private static final String FOR_THE_CANARY = "CREATE TEMPORARY TABLES";

    /** What keeps two sessions of a copy at one moment; what tells of a TRUNCATE. */
    private static final Set<String> OPTIONAL =
            Set.of("LOCK TABLES", "PROCESS", "SHOW_ROUTINE", FOR_THE_CANARY);

    /** What a target has beside or instead of the source's. */
    private enum Target {
        EMPTY,
        EQUAL,
        OTHER_ROWS(
                "INSERT INTO p VALUES (3, 3)", "UPDATE p SET n = 9 WHERE id = 1", "DELETE FROM c"),
        OTHER_STRUCTURE(
                "DROP FUNCTION f",
                "CREATE DEFINER=maker FUNCTION f(a INT) RETURNS INT DETERMINISTIC RETURN a + 2",
                "DROP PROCEDURE r",
                "DROP VIEW v",
                "DROP EVENT e",
                "DROP TRIGGER t",
                "ALTER TABLE c DROP FOREIGN KEY c_p",
                "ALTER TABLE p DROP KEY n, ADD KEY other (n)"),
        SYNCED;

        private final String[] statements;

        Target(String... statements) {
            this.statements = statements;
        }
    }

    /** A command and the accounts it gets. */
    private enum Use {
        CHECK("reader", "writer", Target.EQUAL, "check"),
        TABLES("reader", "reader", Target.EQUAL, "tables from"),
        ANALYZE("reader", "reader", Target.EQUAL, "analyze"),
        DRY_RUN("reader", "reader", Target.OTHER_STRUCTURE, "structure --dry-run"),
        VERIFY("reader", "reader", Target.EQUAL, "verify"),
        BACKUP("reader", "reader", Target.EQUAL, "backup create from"),
        STRUCTURE("reader", "writer", Target.OTHER_STRUCTURE, "structure"),
        DATA("reader", "writer", Target.OTHER_ROWS, "data"),
        REPLICATE_ALL("reader", "writer", Target.EMPTY, "replicate"),
        REPLICATE("reader", "writer", Target.OTHER_STRUCTURE, "replicate --drop-extra"),
        RESTORE("reader", "writer", Target.OTHER_STRUCTURE, "restore ID --into to --drop-extra"),
        REPAIR("reader", "mender", Target.OTHER_ROWS, "verify --repair"),
        RECONCILE("reader", "mender", Target.OTHER_ROWS, "data --mode reconcile"),
        SETUP("syncer", "syncer", Target.EQUAL, "sync setup"),
        TEARDOWN("syncer", "syncer", Target.SYNCED, "sync teardown"),
        SELFTEST("syncer", "syncer", Target.EQUAL, "selftest"),
        SYNC("carrier", "carrier", Target.SYNCED, "sync"),
        STATUS("carrier", "carrier", Target.SYNCED, "sync status"),
        CONFLICTS("carrier", "carrier", Target.SYNCED, "conflicts list"),
        RETRY("carrier", "carrier", Target.SYNCED, "dead-letters retry");

        private final String source;
        private final String target;
        private final Target state;
        private final List<String> words;

        Use(String source, String target, Target state, String words) {
            this.source = source;
            this.target = target;
            this.state = state;
            this.words = List.of(words.split(" "));
        }
    }

    /** A privilege, and on what it was granted. */
    private record Privilege(String name, String on) {}

    private static final Map<String, List<String>> ACCOUNTS = new LinkedHashMap<>();

    @TempDir Path dir;
    private Scene scene;

    @BeforeAll
    static void readThePage() throws IOException {
        Matcher blocks =
                Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("docs/privileges.md")));
        while (blocks.find()) {
            List<String> statements =
                    Arrays.stream(blocks.group(1).split(";\n")).map(String::strip).toList();
            ACCOUNTS.put(
                    statements.get(0).replaceFirst("CREATE USER '(\\w+)'.*", "$1"), statements);
        }
    }

    @BeforeEach
    void start() {
        scene = Scene.shared(dir).with("bactrian.retry-attempts", "1");
    }

    @AfterEach
    void end() {
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute("", "DROP USER IF EXISTS maker");
            ACCOUNTS.keySet().forEach(a -> server.execute("", "DROP USER IF EXISTS " + a));
        }
        scene.close();
    }

    private String here(String statement) {
        return statement.replace("`shop`", "`" + scene.schema() + "`").replace("…", "secret");
    }

    private void make(Server server, String account) {
        server.execute("", "DROP USER IF EXISTS " + account);
        ACCOUNTS.get(account).forEach(s -> server.execute("", here(s)));
    }

    private List<Privilege> privileges(String account) {
        List<Privilege> found = new ArrayList<>();
        for (String statement : ACCOUNTS.get(account)) {
            Matcher grant =
                    Pattern.compile("GRANT (.*?) ON (\\S+) TO", Pattern.DOTALL).matcher(statement);
            if (grant.find()) {
                for (String name : grant.group(1).split(",\\s*")) {
                    found.add(new Privilege(name.strip(), here(grant.group(2))));
                }
            }
        }
        return found;
    }

    private void asRoot() {
        scene.database("from", scene.source(), scene.source().user(), scene.source().password());
        scene.database("to", scene.target(), scene.target().user(), scene.target().password());
    }

    /** Runs it with its accounts, of which one lacks a privilege. */
    private Cli run(Use use, boolean atTarget, Privilege missing) throws IOException {
        asRoot();
        for (Server server : List.of(scene.source(), scene.target())) {
            server.execute(
                    "",
                    "DROP SCHEMA " + scene.schema(),
                    "CREATE SCHEMA " + scene.schema(),
                    "DROP USER IF EXISTS maker",
                    "CREATE USER maker",
                    "GRANT ALL ON " + scene.schema() + ".* TO maker");
        }
        scene.inSource(SHOP);
        if (use.state != Target.EMPTY) {
            scene.inTarget(SHOP);
        }
        String backup = "";
        if (use == Use.RESTORE) {
            backup = scene.run("backup", "create", "to", "--json").json().at("/backup_id").asText();
        }
        if (use.state == Target.SYNCED) {
            Cli setup = scene.run("sync", "setup", "--yes");
            assertThat(setup.code()).as(setup.toString()).isZero();
            scene.inSource("INSERT INTO p VALUES (7, 7)", "UPDATE p SET n = 5 WHERE id = 1");
            scene.inTarget("INSERT INTO p VALUES (8, 8)", "DELETE FROM c");
        }
        scene.inTarget(use.state.statements);
        make(scene.source(), use.source);
        make(scene.target(), use.target);
        if (missing != null) {
            (atTarget ? scene.target() : scene.source())
                    .execute(
                            "",
                            "REVOKE "
                                    + missing.name()
                                    + " ON "
                                    + missing.on()
                                    + " FROM "
                                    + (atTarget ? use.target : use.source));
        }
        scene.database("from", scene.source(), use.source, "secret");
        scene.database("to", scene.target(), use.target, "secret");
        List<String> words = new ArrayList<>(use.words);
        words.replaceAll(id(backup));
        words.add("--yes");
        return scene.run(words.toArray(String[]::new));
    }

    private static java.util.function.UnaryOperator<String> id(String backup) {
        return w -> w.equals("ID") ? backup : w;
    }

    @ParameterizedTest
    @EnumSource
    void aCommandWorksWithTheAccountsOfThePage(Use use) throws IOException {
        Cli cli = run(use, false, null);

        assertThat(cli.code()).as(cli.toString()).isZero();
    }

    @Test
    void theReadmeHasTheSameGrants() throws IOException {
        String page = Files.readString(Path.of("docs/privileges.md"));
        Matcher grants =
                Pattern.compile("^GRANT .*?;$", Pattern.DOTALL | Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("README.md")));
        List<String> found = grants.results().map(g -> g.group()).toList();
        assertThat(found).hasSizeGreaterThan(4).allSatisfy(g -> assertThat(page).contains(g));
    }

    /** The server does not tell that it hides something; it would be missing in the copy. */
    @ParameterizedTest
    @CsvSource({
        "ANALYZE,TRIGGER", "ANALYZE,EVENT", "ANALYZE,SHOW_ROUTINE", "BACKUP,TRIGGER",
        "BACKUP,EVENT", "BACKUP,SHOW_ROUTINE", "REPLICATE,TRIGGER", "REPLICATE,EVENT",
        "REPLICATE,SHOW_ROUTINE", "TEARDOWN,TRIGGER", "SYNC,TRIGGER"
    })
    void whatIsHiddenIsNotLeftOut(Use use, String privilege) throws IOException {
        for (Privilege missing : privileges(use.source)) {
            if (missing.name().equals(privilege)) {
                Cli cli = run(use, false, missing);

                assertThat(cli.code()).as(cli.toString()).isEqualTo(1);
                assertThat(cli.err())
                        .contains("the account lacks " + privilege)
                        .contains("GRANT " + privilege + " ON ");
            }
        }
        assertThat(scene.fromTarget("SELECT COUNT(*) FROM p")).isNotEqualTo("0");
    }

    /** What an account with SYSTEM_USER has defined, nobody without it may drop. */
    @Test
    void whatTheAccountMayNotReplaceIsTold() throws IOException {
        assertThat(run(Use.STRUCTURE, true, null).code()).isZero();
        scene.inTarget(
                "DROP FUNCTION f",
                "CREATE FUNCTION f(a INT) RETURNS INT DETERMINISTIC RETURN a + 3");

        Cli cli = scene.run("structure", "--yes");

        assertThat(cli.code()).as(cli.toString()).isEqualTo(1);
        assertThat(cli.err()).contains("f: ", "SYSTEM_USER");
    }

    @Test
    void checkTellsEachPrivilegeThatIsMissing() throws IOException {
        for (boolean atTarget : new boolean[] {false, true}) {
            for (Privilege missing : privileges(atTarget ? "writer" : "reader")) {
                if (missing.name().equals(FOR_THE_CANARY)) {
                    // it tells so itself
                    continue;
                }
                Cli cli = run(Use.CHECK, atTarget, missing);

                assertThat(cli.out()).as(missing + ": " + cli).contains("GRANT " + missing.name());
                if (!OPTIONAL.contains(missing.name())) {
                    assertThat(cli.code()).as(missing + ": " + cli).isEqualTo(1);
                }
            }
        }
    }

    /** Where a command fails it says for what; and nothing on the page is for nothing. */
    @Test
    void eachPrivilegeIsNeededAndMissed() throws IOException {
        if (!Boolean.getBoolean("bactrian.proof")) {
            return;
        }
        Set<String> unneeded = new HashSet<>();
        ACCOUNTS.keySet()
                .forEach(a -> privileges(a).forEach(p -> unneeded.add(a + " " + p.name())));
        List<String> silent = new ArrayList<>();
        int runs = 0;
        int refused = 0;
        for (Use use : Use.values()) {
            for (boolean atTarget : new boolean[] {false, true}) {
                String account = atTarget ? use.target : use.source;
                for (Privilege missing : privileges(account)) {
                    Cli cli = run(use, atTarget, missing);
                    boolean failed = cli.code() == 1 || cli.code() == 2;
                    runs++;
                    refused += failed ? 1 : 0;
                    String told = cli.out() + cli.err();
                    if (failed || told.contains(missing.name())) {
                        unneeded.remove(account + " " + missing.name());
                    }
                    if (failed
                            && !told.contains(missing.name())
                            && !told.contains("`bactrian check")) {
                        silent.add(use + " without " + missing + ": " + cli);
                    }
                }
            }
        }
        assertThat(silent).isEmpty();
        unneeded.removeIf(p -> OPTIONAL.contains(p.substring(p.indexOf(' ') + 1)));
        assertThat(unneeded).isEmpty();
        new Page("privileges").row("each command without each", runs, refused, runs - refused);
    }
}
