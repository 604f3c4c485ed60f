package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.config.Settings;
import io.bactrian.data.ColumnMapper;
import io.bactrian.data.ColumnMapper.Change;
import io.bactrian.data.MappedTable;
import io.bactrian.data.Mapping;
import io.bactrian.data.RowFilter;
import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.error.StructureException;
import io.bactrian.route.Extension;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import io.bactrian.route.SyncJob;
import io.bactrian.route.VerifyStep;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.sql.KeyRange;
import io.bactrian.sql.SchemaReader;
import io.bactrian.state.Progress;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that filters keep back, and columns that mappers rename, mask and leave out. */
@Timeout(120)
class MappingIT {
    private Twin twin;

    @BeforeEach
    void setUp() {
        twin = Twin.of("mapping");
    }

    @AfterEach
    void clean() {
        twin.close();
    }

    private static RowFilter only(String table, String condition) {
        return t -> t.name().equals(table) ? Optional.of(condition) : Optional.empty();
    }

    /** Changes of columns, each by {@code table.column}. */
    private static ColumnMapper mapping(Object... pairs) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put((String) pairs[i], (Change) pairs[i + 1]);
        }
        return (t, c) -> Optional.ofNullable(changes.get(t.name() + "." + c.name()));
    }

    private ReplicateReport replicate() {
        return twin.replicate(twin.job().copying(Job.Mode.TRUNCATE, false));
    }

    private void customers() {
        twin.onSource(
                "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40) CHARACTER SET latin1 NOT NULL,"
                        + " email VARCHAR(60), phone VARCHAR(20), country CHAR(2) NOT NULL,"
                        + " INDEX by_phone (phone), UNIQUE by_email (email),"
                        + " CONSTRAINT short_name CHECK (name <> ''), CONSTRAINT any_phone CHECK (phone <> 'x'))",
                "CREATE TABLE orders (id INT, customer INT NOT NULL, total DECIMAL(9,2), PRIMARY KEY (id),"
                        + " FOREIGN KEY (customer) REFERENCES customer (id))",
                "INSERT INTO customer VALUES (1, 'Zoë', 'zoe@x.ch', '1', 'CH'), (2, 'Bo', 'bo@x.de', '2', 'DE'),"
                        + " (3, 'Cy', NULL, '3', 'CH')",
                "INSERT INTO orders VALUES (10, 1, 5.50), (11, 2, 7), (12, 3, 9)");
    }

    private static final Object[] SWISS = {
        only("customer", "country = 'CH'"),
        only("orders", "customer IN (SELECT id FROM customer WHERE country = 'CH')"),
        mapping(
                "customer.id", Change.rename("number"),
                "customer.name", Change.mask("CONCAT(LEFT(name, 1), '…')").as("initial"),
                "customer.email", Change.mask("CONCAT(LEFT(SHA2(email, 256), 12), '@example.com')"),
                "customer.phone", Change.leaveOut())
    };

    @Test
    void whatTravelsIsProvenAndWhatDoesNotIsTold() {
        customers();
        twin.having(SWISS);

        ReplicateReport report = replicate();

        assertThat(report.verification().equal()).isTrue();
        assertThat(
                        twin.read(
                                twin.target(),
                                "SELECT CONCAT_WS(' ', number, email IS NULL, country) FROM customer ORDER BY number"))
                .containsExactly("1 0 CH", "3 1 CH");
        // … is no letter of latin1's first half
        assertThat(twin.one(twin.target(), "SELECT HEX(initial) FROM customer WHERE number = 1"))
                .isEqualTo("5A85");
        assertThat(twin.one(twin.target(), "SELECT email FROM customer WHERE number = 1"))
                .endsWith("@example.com");
        assertThat(twin.read(twin.target(), "SELECT id FROM orders ORDER BY id"))
                .containsExactly("10", "12");
        String create = twin.target("SHOW CREATE TABLE customer", 2);
        assertThat(create)
                .contains("by_email", "short_name", "`initial` <>")
                .doesNotContain("phone");
        assertThat(twin.target("SHOW CREATE TABLE orders", 2)).contains("`customer` (`number`)");

        MappedTable told = report.data().mapped().get(0);
        assertThat(told.toString())
                .isEqualTo(
                        "customer: only rows that a filter lets through; masked initial, email; id is called number;"
                                + " name is called initial; left out phone; and with it index by_phone, check any_phone");
        assertThat(report.verification().mapped()).isEqualTo(report.data().mapped());
        assertThat(report.analysis().notes()).contains(told.toString());
        assertThat(twin.structure().changed()).isFalse();
    }

    @Test
    void verifyComparesWhatIsLeftAndRepairsWritesIt() {
        customers();
        twin.having(SWISS);
        replicate();
        twin.onSource(
                "UPDATE customer SET phone = '99' WHERE id = 1",
                "UPDATE customer SET name = 'Zola' WHERE id = 1",
                "DELETE FROM orders WHERE id = 11",
                "DELETE FROM customer WHERE id = 2");
        assertThat(twin.verify().equal()).isTrue();

        twin.onTarget("UPDATE customer SET email = 'zoe@x.ch' WHERE number = 1");
        twin.onSource(
                "UPDATE customer SET country = 'AT' WHERE id = 3",
                "DELETE FROM orders WHERE id = 12");

        VerifyStep.Report found = twin.verify();
        VerifyStep.TableReport customer = found.tables().get(0);
        assertThat(customer.different()).isEqualTo(1);
        assertThat(customer.rows().stream().flatMap(r -> r.columns().stream()))
                .containsExactly("email");
        assertThat(customer.extra()).isEqualTo(1);

        VerifyStep.Report repaired = twin.repair();
        assertThat(repaired.equal()).isTrue();
        assertThat(repaired.repaired()).isEqualTo(3);
        assertThat(twin.one(twin.target(), "SELECT email FROM customer WHERE number = 1"))
                .endsWith("@example.com");
        twin.onTarget("UPDATE customer SET country = 'XX' WHERE number = 1");
        assertThat(twin.reconcile().rows()).isEqualTo(1);
        assertThat(twin.verify().equal()).isTrue();
    }

    @Test
    void manyChunksAndATableWithoutKey() {
        twin.with("chunk-bytes", "64K")
                .having(
                        only("t", "b % 3 = 0"),
                        only("bag", "v < 3"),
                        mapping(
                                "t.a", Change.rename("first"),
                                "t.secret", Change.mask("REPEAT('*', CHAR_LENGTH(secret))"),
                                "bag.v", Change.mask("v * 2")));
        twin.onSource(
                "CREATE TABLE t (a VARCHAR(10), b INT, secret VARCHAR(200), PRIMARY KEY (a, b))",
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
                        + " SELECT CONCAT('k', i % 7), i, REPEAT('x', 50 + i % 100) FROM n",
                "CREATE TABLE bag (v INT, w VARCHAR(10))",
                "INSERT INTO bag VALUES (1, 'a'), (1, 'a'), (2, 'b'), (3, 'c'), (3, 'c')");
        twin.analyzeTables();

        assertThat(replicate().verification().equal()).isTrue();
        assertThat(
                        twin.one(
                                twin.target(),
                                "SELECT COUNT(*) FROM t WHERE secret LIKE '%x%' OR b % 3 <> 0"))
                .isEqualTo("0");
        assertThat(twin.one(twin.target(), "SELECT COUNT(*) FROM t")).isEqualTo("3334");
        assertThat(twin.read(twin.target(), "SELECT v FROM bag ORDER BY v"))
                .containsExactly("2", "2", "4");

        twin.onTarget(
                "DELETE FROM t WHERE b BETWEEN 3000 AND 3100",
                "UPDATE t SET secret = 'seen' WHERE b = 99",
                "INSERT INTO t VALUES ('k0', 100000, 'own')",
                "DELETE FROM bag WHERE v = 2 LIMIT 1",
                "INSERT INTO bag VALUES (6, 'c')");
        assertThat(twin.verify().equal()).isFalse();
        assertThat(twin.repair().equal()).isTrue();
        assertThat(twin.read(twin.target(), "SELECT v FROM bag ORDER BY v"))
                .containsExactly("2", "2", "4");
    }

    /**
     * Each type that takes an expression holds what the expression gives, and is digested alike.
     */
    @Test
    void everyTypeThatCanBeMasked() {
        Map<String, String> masks = new LinkedHashMap<>();
        masks.put("i TINYINT", "i / 2");
        masks.put("u BIGINT UNSIGNED", "u + 1");
        masks.put("d DECIMAL(10,3)", "d / 3");
        masks.put("f FLOAT", "f / 3");
        masks.put("g DOUBLE", "g / 3");
        masks.put("day DATE", "DATE_FORMAT(day, '%Y-01-01')");
        masks.put("moment DATETIME(3)", "DATE_FORMAT(moment, '%Y-%m-01 00:00:00')");
        masks.put("stamp TIMESTAMP NULL", "stamp - INTERVAL 1 DAY");
        masks.put("clock TIME(2)", "'12:34:56.7'");
        masks.put("c CHAR(10)", "CONCAT(c, '  ')");
        masks.put("v VARCHAR(20) CHARACTER SET utf16", "UPPER(v)");
        masks.put("x TEXT CHARACTER SET latin1", "REVERSE(x)");
        masks.put("b VARBINARY(32)", "UNHEX(SHA2(b, 256))");
        masks.put("l LONGBLOB", "REVERSE(l)");
        masks.put("j JSON", "JSON_REMOVE(j, '$.name')");
        masks.put("e ENUM('a','b')", "NULL");
        masks.put("p POINT", "NULL");
        masks.put("n INT", "NULL");
        twin.onSource(
                "CREATE TABLE t (id INT PRIMARY KEY, " + String.join(", ", masks.keySet()) + ")",
                "INSERT INTO t VALUES (1, 101, 18446744073709551614, 10, 1, 1, '2024-02-29', '2024-02-29 10:11:12.345',"
                        + " '2024-02-29 10:11:12', '1:02:03', 'c', 'ß', 'añb', 'b', 'l', '{\"name\": \"Zoë\", \"n\": 1.50}',"
                        + " 'a', POINT(1, 2), 3)",
                "INSERT INTO t (id) VALUES (2)");
        twin.having(
                (ColumnMapper)
                        (t, c) ->
                                masks.entrySet().stream()
                                        .filter(m -> m.getKey().startsWith(c.name() + " "))
                                        .map(m -> Change.mask(m.getValue()))
                                        .findFirst());

        assertThat(replicate().verification().equal()).isTrue();
        assertThat(
                        twin.one(
                                twin.target(),
                                "SELECT CONCAT_WS('|', i, u, d, day, moment, stamp, clock, HEX(c), CONVERT(v USING utf8mb4),"
                                        + " CONVERT(x USING utf8mb4), JSON_EXTRACT(j, '$.n') + 0, e, n) FROM t WHERE id = 1"))
                .isEqualTo(
                        "51|18446744073709551615|3.333|2024-01-01|2024-02-01 00:00:00.000|2024-02-28 10:11:12|12:34:56.70|63|ß|bña|1.5");
        assertThat(twin.one(twin.target(), "SELECT JSON_KEYS(j) FROM t WHERE id = 1"))
                .isEqualTo("[\"n\"]");
        twin.onTarget("UPDATE t SET f = f * 1.0000002 WHERE id = 1");
        assertThat(twin.verify().equal()).isFalse();
    }

    private void assertCollides() {
        twin.onTarget("INSERT INTO t VALUES (7, 'own', NULL)");
        twin.having(mapping("t.email", Change.mask("'nobody@example.com'")));

        assertThatThrownBy(this::replicate)
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("nobody@example.com")
                .hasMessageContaining("was put back as it was");
        assertThat(twin.read(twin.target(), "SELECT id FROM t")).containsExactly("7");
    }

    @Test
    void maskThatCollidesWithAUniqueKeyIsAnErrorAndTheTargetIsAsItWas() {
        twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY, email VARCHAR(60) UNIQUE, pad LONGTEXT)");
        twin.onSource("INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', NULL)");
        assertCollides();
    }

    /** Its unique index is built after the rows. */
    @Test
    void soDoesThatOfALargeTable() {
        twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY, email VARCHAR(60) UNIQUE, pad LONGTEXT)");
        twin.onSource(
                "INSERT INTO t VALUES (1, 'a', REPEAT('x', 6000000)), (2, 'b', REPEAT('x', 6000000))");
        twin.analyzeTables();
        assertCollides();
    }

    @Test
    void valueThatDoesNotFitIsAnError() {
        twin.onSource(
                "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(5), d DECIMAL(3,1))",
                "INSERT INTO t VALUES (1, 'a', 1.5)");
        twin.having(mapping("t.v", Change.mask("'too long'")));
        assertThatThrownBy(this::replicate)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("changed values");

        twin.having(mapping("t.d", Change.mask("d * 1000")));
        assertThatThrownBy(this::replicate)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("changed values");
    }

    /** A run that left the target half changed does not stand in the way of the next. */
    @Test
    void nextRunGoesOnWhereRowsThatCollideWereLeft() {
        twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY, email VARCHAR(60) UNIQUE, pad LONGTEXT)");
        twin.onSource(
                "INSERT INTO t VALUES (1, 'a', REPEAT('x', 6000000)), (2, 'b', REPEAT('x', 6000000))");
        twin.analyzeTables();
        twin.having(mapping("t.email", Change.mask("'nobody'")));
        assertThatThrownBy(
                        () ->
                                twin.replicate(
                                        twin.job()
                                                .copying(Job.Mode.TRUNCATE, false)
                                                .onFailure(Job.OnFailure.KEEP)))
                .isInstanceOf(DataException.class);
        assertThat(twin.target("SELECT COUNT(*) FROM t WHERE email = 'nobody'", 1)).isEqualTo("2");

        twin.having(mapping("t.email", Change.mask("CONCAT('nobody', id)")));
        assertThat(replicate().verification().equal()).isTrue();
        assertThat(twin.read(twin.target(), "SELECT email FROM t ORDER BY id"))
                .containsExactly("nobody1", "nobody2");
        assertThat(twin.target("SHOW CREATE TABLE t", 2)).contains("UNIQUE KEY");
    }

    private void assertRefused(String column, Change change, String why) {
        twin.having(mapping(column, change));
        assertThatThrownBy(this::replicate)
                .as(column)
                .isInstanceOf(StructureException.class)
                .satisfies(e -> assertThat(((ReplicationException) e).object()).startsWith("a."))
                .hasMessageContaining(why);
        assertThat(twin.tables(twin.target())).isEmpty();
    }

    @Test
    void whatCannotBeMappedIsRefusedByName() {
        twin.onSource(
                "CREATE TABLE a (id INT PRIMARY KEY, code VARCHAR(10) NOT NULL UNIQUE, v INT, w INT AS (v + 1), z INT,"
                        + " kind ENUM('x'), pin INT(4) ZEROFILL)",
                "CREATE TABLE b (id INT PRIMARY KEY, a_code VARCHAR(10), FOREIGN KEY (a_code) REFERENCES a (code))",
                "CREATE TRIGGER a_z BEFORE UPDATE ON a FOR EACH ROW SET NEW.z = OLD.z + 1");
        assertRefused("a.id", Change.mask("id + 1"), "rows are told apart by it");
        assertRefused("a.id", Change.leaveOut(), "rows are told apart by it");
        assertRefused("a.code", Change.mask("SHA2(code, 256)"), "a foreign key goes by it");
        assertRefused("a.code", Change.leaveOut(), "a foreign key goes by it");
        assertRefused(
                "a.v", Change.leaveOut(), "is made of a column that a ColumnMapper leaves out");
        assertRefused("a.w", Change.mask("1"), "it is made of other columns");
        assertRefused("a.z", Change.rename("zz"), "trigger a_z names it");
        assertRefused("a.v", Change.rename("CODE"), "two columns would be called CODE");
        assertRefused("a.kind", Change.mask("'x'"), "cannot be masked by an expression");
        assertRefused("a.pin", Change.mask("1"), "cannot be masked by an expression");
    }

    @Test
    void rowsWhoseParentsAFilterKeepsBackAreAnError() {
        customers();
        twin.having(only("customer", "country = 'CH'"));
        assertThatThrownBy(this::replicate)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 rows have no parent in customer")
                .satisfies(
                        e -> assertThat(((ReplicationException) e).hint()).contains("RowFilter"));
        assertThat(twin.tables(twin.target())).isEmpty();
    }

    @Test
    void wrongSqlNamesTheTable() {
        customers();
        twin.having(only("customer", "nation = 'CH'"));
        assertThatThrownBy(this::replicate)
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("nation");
    }

    @Test
    void runThatLacksTheMapperDoesNotBringWhatWasWithheld() {
        customers();
        twin.having(SWISS);
        replicate();
        twin.having();

        assertThatThrownBy(this::replicate)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("withheld column email, column name, column phone, rows");
        assertThatThrownBy(twin::repair).isInstanceOf(ConfigException.class);
        assertThat(twin.target("SELECT COUNT(*) FROM customer", 1)).isEqualTo("2");

        twin.with("tables", "orders");
        twin.having(only("orders", "customer = 1"));
        assertThat(twin.copy().rows()).isEqualTo(1);

        twin.with("tables", "*").having();
        twin.onTarget("DELETE FROM sync_metadata WHERE key_name LIKE 'withheld/%'");
        replicate();
        assertThat(twin.read(twin.target(), "SELECT phone FROM customer ORDER BY id"))
                .containsExactly("1", "2", "3");
    }

    /** Half of the rows masked so, and half so: what a resume must not make. */
    @Test
    void copyGoesOnOnlyThroughTheSameMapper() {
        twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10))");
        twin.onSource("INSERT INTO t VALUES (1, 'a')");
        twin.having(mapping("t.v", Change.mask("'x'")));
        twin.copy();
        twin.resume();

        twin.having(mapping("t.v", Change.mask("'y'")));
        assertThatThrownBy(twin::resume)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("other filters or mappers");
        twin.copy();
        assertThat(twin.target("SELECT v FROM t", 1)).isEqualTo("y");
    }

    @Test
    void tableThatIsMappedDoesNotSync() {
        try (Duo duo =
                Duo.of("mapping_sync", "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10))")) {
            Settings settings = duo.twin().settings();
            Extension mapped =
                    new Extension(Map.of("mask", mapping("t.v", Change.mask("'x'"))), List.of());
            try (Pipelines pipelines = Pipelines.start(settings, new Progress(), mapped)) {
                assertThatThrownBy(() -> pipelines.sync(SyncJob.of("r1", settings)))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("sync carries whole rows");
            }
            duo.twin().having(mapping("t.v", Change.mask("'x'")));
            duo.atLocal("INSERT INTO t VALUES (1, 'secret')");
            duo.twin().copy();

            try (Pipelines pipelines = Pipelines.start(settings, new Progress())) {
                assertThat(pipelines.sync(SyncJob.of("r2", settings)).tables().toString())
                        .contains("came to two through a filter or a mapper");
            }
            assertThat(duo.twin().target("SELECT v FROM t", 1)).isEqualTo("x");
        }
    }

    /** Else each chunk would cost what the table costs. */
    @Test
    void keyRangesOfAMappedTableGoThroughItsIndex() throws Exception {
        customers();
        try (Connection c = twin.source().connect(twin.schema())) {
            Schema schema = SchemaReader.read(c, twin.schema(), t -> true);
            Mapping mapping =
                    new Mapping(List.of((RowFilter) SWISS[0]), List.of((ColumnMapper) SWISS[2]));
            Table table = mapping.of(schema).schema().table("customer").orElseThrow();
            KeyRange key = new KeyRange(table);
            String where = key.where(new Chunk(1, List.of("1"), List.of("2"), 1));
            try (var r =
                    c.createStatement()
                            .executeQuery(
                                    "EXPLAIN FORMAT=TRADITIONAL SELECT email FROM "
                                            + key.from()
                                            + where
                                            + key.orderBy())) {
                r.next();
                assertThat(r.getString("select_type")).isEqualTo("SIMPLE");
                assertThat(r.getString("type")).isEqualTo("range");
                assertThat(r.getString("key")).isEqualTo("PRIMARY");
                assertThat(r.getString("Extra")).doesNotContain("filesort");
            }
        }
    }
}
