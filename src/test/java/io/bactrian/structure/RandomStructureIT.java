package io.bactrian.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.schema.Schema;
import io.bactrian.sql.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An applied difference leaves none, whatever two tables were before: both are drawn from one heap
 * of columns, keys and checks.
 */
class RandomStructureIT {
    private static final List<String> COLUMNS =
            List.of(
                    "a int",
                    "a bigint unsigned not null default '7'",
                    "a varchar(20)",
                    "a int comment 'it''s'",
                    "b int not null",
                    "b varchar(30) charset latin1",
                    "b varchar(10) collate utf8mb4_bin default 'x'",
                    "c text",
                    "c mediumtext charset utf8mb3",
                    "c varchar(300)",
                    "d datetime(3) default current_timestamp(3)",
                    "d timestamp null",
                    "d date",
                    "e enum('x','y','z')",
                    "e set('x','y')",
                    "e char(4) default 'abc'",
                    "f json",
                    "f double default (rand())",
                    "f decimal(10,2) default '1.50'",
                    "f int invisible",
                    "g int as (length(c)) virtual",
                    "g int as (length(c)) stored",
                    "g int",
                    "g bigint as (length(c) + 1) virtual");
    private static final List<String> KEYS =
            List.of(
                    "primary key (b)",
                    "primary key (b, e)",
                    "unique u1 (a)",
                    "unique u1 (a, b)",
                    "unique u2 (e)",
                    "unique u3 (g)",
                    "unique u4 (c(5))",
                    "key k1 (a)",
                    "key k1 (a desc, d)",
                    "key k2 (c(9))",
                    "key k3 (g)",
                    "key k4 (g, a) invisible",
                    "key k4 (g, a)",
                    "key k5 ((length(c) + 1))",
                    "key k6 (d, e)",
                    "fulltext f1 (c)",
                    "key k7 (b)",
                    "key k8 (e, b)",
                    "constraint ck1 check (a <> 3)",
                    "constraint ck1 check (a <> 3) not enforced",
                    "constraint ck2 check (g <> 3)");
    private static final List<String> OPTIONS =
            List.of(
                    "",
                    "charset latin1",
                    "charset utf8mb4 collate utf8mb4_bin",
                    "comment 'x'",
                    "row_format=compact stats_persistent=1",
                    "charset utf8mb3 comment 'y' max_rows=3");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anAppliedDifferenceLeavesNone(long seed) throws SQLException {
        Random random = new Random(seed);
        String schema = "st_random_" + seed;
        try (Connection source = TestServers.create(TestServers.SOURCE, schema);
                Connection target = TestServers.create(TestServers.TARGET, schema)) {
            for (int i = 0; i < 25; i++) {
                create(random, source, "t" + i);
                create(random, target, "t" + i);
            }
            Schema wanted = SchemaReader.read(source, schema, t -> true);
            StructurePlan plan =
                    StructurePlan.of(
                            wanted,
                            SchemaReader.read(target, schema, t -> true),
                            StructureOptions.DEFAULT);
            plan.statements().forEach(s -> assertThat(Structure.apply(target, s)).isEmpty());

            Schema reached = SchemaReader.read(target, schema, t -> true);
            for (int i = 0; i < wanted.tables().size(); i++) {
                String name = wanted.tables().get(i).name();
                assertThat(reached.table(name).orElseThrow().toString())
                        .as(
                                "seed %d: %s",
                                seed,
                                plan.statements(Phase.TABLES).stream()
                                        .filter(s -> s.object().equals(name))
                                        .toList())
                        .isEqualTo(wanted.tables().get(i).toString());
            }
        } finally {
            TestServers.drop(TestServers.SOURCE, schema);
            TestServers.drop(TestServers.TARGET, schema);
        }
    }

    /** Draws until the server takes the combination. */
    private static void create(Random random, Connection connection, String name)
            throws SQLException {
        for (int attempt = 0; attempt < 500; attempt++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE "
                                + name
                                + " ("
                                + String.join(", ", items(random))
                                + ") "
                                + OPTIONS.get(random.nextInt(OPTIONS.size())));
                return;
            } catch (SQLException e) {
                // a key on a column that was not drawn, a type that takes no key, a name twice
            }
        }
        throw new AssertionError("no table in 500 draws");
    }

    private static List<String> items(Random random) {
        List<String> items = new ArrayList<>(List.of("id int"));
        List<String> columns = new ArrayList<>(COLUMNS);
        Collections.shuffle(columns, random);
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            String name = column.substring(0, 1);
            if (!names.contains(name) && random.nextInt(4) > 0) {
                names.add(name);
                items.add(column);
            }
        }
        List<String> keys = new ArrayList<>(KEYS);
        Collections.shuffle(keys, random);
        items.addAll(keys.subList(0, random.nextInt(6)));
        return items;
    }
}
