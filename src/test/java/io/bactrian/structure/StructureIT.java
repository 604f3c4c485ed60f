package io.bactrian.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.demo.MySqlPair;
import io.bactrian.schema.Schema;
import io.bactrian.sql.SchemaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law S1 on a folder of source.sql and target.sql each; a missing target.sql is an empty target. A
 * needs.txt says which kind of server has what the scenario is about: {@code MySQL: functional
 * keys}.
 */
class StructureIT {
    private static final Path SCENARIOS = Path.of("src/test/resources/structure");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void leavesBothSidesPrintingTheSame(String scenario) throws Exception {
        Path needs = SCENARIOS.resolve(scenario).resolve("needs.txt");
        if (Files.exists(needs)) {
            TestServers.needs(Files.readString(needs).strip());
        }
        String sourceName = "st_source_" + scenario;
        String targetName = "st_target_" + scenario;
        prepare(TestServers.SOURCE, sourceName, SCENARIOS.resolve(scenario).resolve("source.sql"));
        prepare(TestServers.TARGET, targetName, SCENARIOS.resolve(scenario).resolve("target.sql"));
        try (Connection source = TestServers.connect(TestServers.SOURCE, sourceName);
                Connection target = TestServers.connect(TestServers.TARGET, targetName)) {
            StructureOptions options =
                    new StructureOptions(scenario.startsWith("drop-extra"), Set.of(), Set.of());
            Schema wanted = SchemaReader.read(source, sourceName, t -> true);

            StructurePlan plan =
                    StructurePlan.of(
                            wanted, SchemaReader.read(target, targetName, t -> true), options);
            Structure.applyAll(target, plan);

            Schema reached = SchemaReader.read(target, targetName, t -> true);
            assertThat(texts(target, reached))
                    .as("%s", plan.ddl())
                    .containsAllEntriesOf(texts(source, wanted));
            assertThat(StructurePlan.of(wanted, reached, options).ddl()).isEmpty();
            Structure.verify(wanted, reached, options);
        } finally {
            TestServers.drop(TestServers.SOURCE, sourceName);
            TestServers.drop(TestServers.TARGET, targetName);
        }
    }

    private static void prepare(MySqlPair.Server server, String schema, Path script)
            throws IOException, SQLException {
        try (Connection connection = TestServers.create(server, schema);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    Files.exists(script)
                            ? TestServers.words(
                                    TestServers.dialect(server), Files.readString(script))
                            : "DO 0");
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                // the error of a later statement shows only when its result is asked for
            }
        }
    }

    /** The server's own words, read past the code under test. */
    private static Map<String, String> texts(Connection connection, Schema schema)
            throws SQLException {
        Map<String, String> texts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (var table : schema.tables()) {
                String name = "`" + table.name().replace("`", "``") + "`";
                try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + name)) {
                    row.next();
                    texts.put(
                            table.name(),
                            row.getString(2).replaceFirst(" AUTO_INCREMENT=\\d+", ""));
                }
            }
        }
        return texts;
    }
}
