package io.bactrian.proof;

import static io.bactrian.law.Twin.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.TestServers;
import io.bactrian.cli.Cli;
import io.bactrian.error.ConnectionException;
import io.bactrian.law.Twin;
import io.bactrian.schema.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables, columns, keys, constraints, views and triggers of names drawn by chance, up to 64
 * characters of what a server lets into one.
 */
@Timeout(600)
class NamesFuzzIT {
    private static final boolean IS_MARIADB =
            TestServers.dialect(TestServers.SOURCE).kind() == ServerKind.MARIADB;

    private final Random random = Proof.random("names");

    /** Without most of what MySQL takes in no trigger. */
    private boolean forTriggers;

    @TempDir Path folder;

    /** A table and another that refers to it, and what their names are. */
    private final class Shop {
        private final List<String> names = new ArrayList<>();
        private final String table = name();
        private final String id = name();
        private final String code = name();
        private final String text = name();
        private final String child = name();
        private final String key = name();
        private final String toId = name();
        private final String toCode = name();

        private String name() {
            String name = Values.name(random);
            if (forTriggers && random.nextInt(200) > 0 && !name.matches("\\p{ASCII}*")) {
                name = name.replace('`', '\'');
            }
            if (IS_MARIADB) {
                // which prints a foreign key with one so that nobody can read it again
                name = name.replace('`', '\'');
            }
            names.add(name);
            return quote(name);
        }

        /** Of an alias of control characters alone the server keeps nothing: NothingSilentIT. */
        private String alias() {
            String alias = name();
            while (alias.matches("`\\p{Cntrl}+`")) {
                alias = name();
            }
            return alias;
        }

        /** Statements that make the tables. */
        List<String> tables() {
            return List.of(
                    ("CREATE TABLE %s (%s INT NOT NULL, %s VARCHAR(20) NOT NULL, %s VARCHAR(40),"
                                    + " %s INT AS (%s + 1) STORED, PRIMARY KEY (%s, %s), UNIQUE KEY %s (%s),"
                                    + " KEY %s (%s, %s), CONSTRAINT %s CHECK (%s < 1000000)) COMMENT '%s'")
                            .formatted(
                                    table,
                                    id,
                                    code,
                                    text,
                                    name(),
                                    id,
                                    id,
                                    code,
                                    name(),
                                    text,
                                    name(),
                                    text,
                                    id,
                                    name(),
                                    id,
                                    literal(Values.name(random))),
                    "CREATE TABLE %s (%s VARCHAR(30) PRIMARY KEY, %s INT, %s VARCHAR(20), CONSTRAINT %s FOREIGN KEY (%s, %s) REFERENCES %s (%s, %s))"
                            .formatted(
                                    child, key, toId, toCode, name(), toId, toCode, table, id,
                                    code));
        }

        /** And what else a schema has. */
        List<String> objects() {
            return List.of(
                    "CREATE TABLE %s (%s TEXT, %s INT) PARTITION BY RANGE (%3$s) (PARTITION %s VALUES LESS THAN (5), PARTITION %s VALUES LESS THAN MAXVALUE)"
                            .formatted(name(), name(), toId, name(), name()),
                    "CREATE VIEW %s AS SELECT %s AS %s FROM %s"
                            .formatted(name(), text, alias(), table),
                    "CREATE TRIGGER %s BEFORE UPDATE ON %s FOR EACH ROW SET NEW.%s = CONCAT(NEW.%3$s, '`''\"')"
                            .formatted(name(), table, text),
                    "CREATE FUNCTION %s(%s INT) RETURNS INT DETERMINISTIC RETURN %2$s + 1"
                            .formatted(name(), name()));
        }

        List<String> rows() {
            return List.of(
                    "INSERT INTO %s (%s, %s, %s) VALUES (1, 'a', '`; drop table x; -- '), (2, 'b', 'b'), (3, 'c', NULL), (4, 'd', 'd')"
                            .formatted(table, id, code, text),
                    "INSERT INTO %s VALUES ('k1', 1, 'a'), ('k2', NULL, NULL), ('k3', 3, 'c')"
                            .formatted(child));
        }

        String set(String value, int of) {
            return "UPDATE %s SET %s = '%s' WHERE %s = %d".formatted(table, text, value, id, of);
        }

        @Override
        public String toString() {
            return "seed " + Proof.SEED + ": " + names;
        }
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("'", "''");
    }

    /** Draws until the server takes it. */
    private Shop make(Twin twin, boolean all) {
        for (int tries = 0; ; tries++) {
            Shop shop = new Shop();
            twin.source().execute("", "DROP SCHEMA " + twin.schema(), create(twin));
            List<String> statements = new ArrayList<>(shop.tables());
            statements.addAll(all ? shop.objects() : List.of());
            statements.addAll(shop.rows());
            try {
                twin.onSource(statements.toArray(String[]::new));
            } catch (ConnectionException refused) {
                System.out.println(refused.getMessage());
                assertThat(tries).as("%s %s", refused, shop).isLessThan(50);
                continue;
            }
            twin.target().execute("", "DROP SCHEMA " + twin.schema(), create(twin));
            return shop;
        }
    }

    private static String create(Twin twin) {
        return "CREATE SCHEMA " + twin.schema() + " CHARACTER SET utf8mb4";
    }

    @Test
    void aBackupIsRestoredWhateverTheNames() throws Exception {
        int times = Proof.times(3, 40);
        try (Twin twin = Twin.of("names")) {
            Act.Stage stage = new Act.Stage(twin, folder);
            for (int i = 0; i < times; i++) {
                Shop shop = make(twin, true);
                Cli saved = stage.run(List.of("backup", "create", "one"));
                assertThat(saved.code()).as("%s %s", shop, saved).isZero();
                String id = saved.json().path("backup_id").asText();
                for (List<String> words :
                        List.of(
                                List.of("backup", "verify", id),
                                List.of("restore", id, "--into", "two", "--verify"))) {
                    Cli cli = stage.run(words);
                    assertThat(cli.code()).as("%s %s %s", words, shop, cli).isZero();
                }
                Look.atTarget(twin).requireSame(Look.atSource(twin));

                twin.onTarget(shop.set("other", 2), "DELETE FROM " + shop.child);
                Cli repaired = stage.run(List.of("verify", "--repair", "--columns"));
                assertThat(repaired.code()).as("%s %s", shop, repaired).isZero();
                Look.atTarget(twin).requireSame(Look.atSource(twin));
            }
        }
        new Page("inputs").row("names, backup and restore", times, 0);
    }

    @Test
    void bothSidesMeetWhateverTheNames() throws Exception {
        int times = Proof.times(3, 40);
        int refused = 0;
        forTriggers = true;
        try (Twin twin = Twin.of("names")) {
            Act.Stage stage = new Act.Stage(twin, folder);
            for (int i = 0; i < times; i++) {
                Shop shop = make(twin, false);
                for (String table : List.of(shop.table, shop.child)) {
                    Look.atSource(twin).objects().values().stream()
                            .filter(create -> create.startsWith("CREATE TABLE " + table))
                            .forEach(twin::onTarget);
                }
                Cli begun = stage.run(List.of("sync", "setup"));
                JsonNode setup = begun.json();
                assertThat(setup.path("unguarded_triggers")).as(shop.toString()).isEmpty();
                if (!setup.path("paused").isEmpty()) {
                    // a name that MySQL takes in no trigger
                    assertThat(setup.at("/paused/0/reason").asText()).contains("(error 3507)");
                    refused++;
                    ended(stage, shop, 0, "sync", "teardown");
                    continue;
                }
                assertThat(begun.code()).as("%s %s", shop, begun).isZero();
                assertThat(Look.atTarget(twin).ofUser().rows())
                        .as("%s %s", shop, begun)
                        .isEqualTo(Look.atSource(twin).ofUser().rows());
                Look.atTarget(twin).ofUser().requireSame(Look.atSource(twin).ofUser());

                twin.onSource(
                        shop.set("mine", 1),
                        shop.set("only mine", 2),
                        "DELETE FROM %s WHERE %s = 'k2'".formatted(shop.child, shop.key));
                twin.onTarget(
                        shop.set("theirs", 1),
                        "INSERT INTO %s (%s, %s, %s) VALUES (5, 'e', 'e')"
                                .formatted(shop.table, shop.id, shop.code, shop.text),
                        "INSERT INTO %s VALUES ('k5', 5, 'e')".formatted(shop.child));
                JsonNode round = ended(stage, shop, 0, "sync");
                assertThat(round.path("converged").asBoolean()).as("%s %s", shop, round).isTrue();
                assertThat(round.path("conflicts").asInt()).as("%s %s", shop, round).isOne();
                Look.atTarget(twin).ofUser().requireSame(Look.atSource(twin).ofUser());
                assertThat(ended(stage, shop, 0, "conflicts", "list").toString())
                        .as(shop.toString())
                        .contains("theirs", "mine");

                ended(stage, shop, 0, "sync", "teardown");
                Look left = Look.atTarget(twin);
                left.requireSame(Look.atSource(twin));
                assertThat(left.rows()).as(shop.toString()).hasSize(2);
                assertThat(left.objects().toString()).doesNotContain("bactrian_");
            }
        }
        new Page("inputs").row("names, sync", times, refused);
    }

    private static JsonNode ended(Act.Stage stage, Shop shop, int code, String... words)
            throws Exception {
        Cli cli = stage.run(List.of(words));
        assertThat(cli.code()).as("%s %s %s", List.of(words), shop, cli).isEqualTo(code);
        return cli.json();
    }
}
