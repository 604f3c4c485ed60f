package io.bactrian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.data.RowFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test kit, by the test that docs/extending.md shows. */
@Timeout(120)
class TwoDatabasesIT {
    // the page begins here
    @Test
    void onlySwissCustomersTravel(@TempDir Path folder) {
        RowFilter swissOnly =
                table ->
                        table.name().equals("customer")
                                ? Optional.of("country = 'CH'")
                                : Optional.empty();
        try (TwoDatabases two = TwoDatabases.open("shop", folder).having(swissOnly)) {
            two.onLocal(
                    "CREATE TABLE customer (id INT PRIMARY KEY, country CHAR(2))",
                    "INSERT INTO customer VALUES (1, 'CH'), (2, 'DE')");

            two.replicate();

            two.assertTablesAreEqual();
            assertThat(two.readRemote("SELECT * FROM customer")).containsExactly("1, CH");
        }
    }

    // the page ends here

    @Test
    void pageShowsThisTest() throws Exception {
        String source =
                Files.readString(Path.of("src/test/java/io/bactrian/testkit/TwoDatabasesIT.java"));
        String test =
                source.substring(
                                source.indexOf("page begins here\n")
                                        + "page begins here\n".length(),
                                source.indexOf("\n    // the page ends here"))
                        .indent(-4)
                        .strip();
        assertThat(Files.readString(Path.of("docs/extending.md"))).contains(test);
    }

    @Test
    void whatDiffersIsNamed(@TempDir Path folder) {
        try (TwoDatabases two = TwoDatabases.open("kit", folder)) {
            two.onLocal(
                    "CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)");
            two.replicate();
            two.setUpSync();
            two.onLocal("INSERT INTO t VALUES (2, 2)");
            assertThat(two.sync().converged()).isTrue();
            two.assertTablesAreEqual();

            two.onRemote("UPDATE t SET v = 5 WHERE id = 2");
            assertThatThrownBy(two::assertTablesAreEqual)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("table=t")
                    .hasMessageContaining("key=[2], columns=[v]");
        }
    }
}
