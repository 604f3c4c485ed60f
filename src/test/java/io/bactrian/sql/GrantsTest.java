package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static Grants grants(String... lines) {
        return Grants.parse(List.of(lines));
    }

    @Test
    void aGlobalPrivilegeHoldsEverywhere() {
        Grants grants = grants("GRANT SELECT, RELOAD ON *.* TO `u`@`%` WITH GRANT OPTION");

        assertThat(grants.hasGlobal("RELOAD")).isTrue();
        assertThat(grants.has("SELECT", "shop", List.of())).isTrue();
        assertThat(grants.has("INSERT", "shop", List.of())).isFalse();
    }

    @Test
    void allPrivilegesOfASchemaAreOfThatSchemaAlone() {
        Grants grants =
                grants(
                        "GRANT USAGE ON *.* TO `u`@`%`",
                        "GRANT ALL PRIVILEGES ON `shop`.* TO `u`@`%`");

        assertThat(grants.has("CREATE VIEW", "shop", List.of())).isTrue();
        assertThat(grants.has("SELECT", "shop2", List.of())).isFalse();
        assertThat(grants.hasGlobal("SELECT")).isFalse();
    }

    @Test
    void schemaNamesArePatternsUnlessEscaped() {
        Grants grants =
                grants(
                        "GRANT SELECT ON `a\\_b`.* TO `u`@`%`",
                        "GRANT INSERT ON `a_b%`.* TO `u`@`%`",
                        "GRANT DELETE ON `we``ird`.* TO `u`@`%`");

        assertThat(grants.has("SELECT", "a_b", List.of())).isTrue();
        assertThat(grants.has("SELECT", "axb", List.of())).isFalse();
        assertThat(grants.has("INSERT", "axbc", List.of())).isTrue();
        assertThat(grants.has("DELETE", "we`ird", List.of())).isTrue();
    }

    @Test
    void aRevokeTakesASchemaOutOfAGlobalGrant() {
        Grants grants =
                grants(
                        "GRANT SELECT, INSERT ON *.* TO `u`@`%`",
                        "REVOKE INSERT ON `shop`.* FROM `u`@`%`");

        assertThat(grants.has("INSERT", "shop", List.of())).isFalse();
        assertThat(grants.has("INSERT", "other", List.of())).isTrue();
        assertThat(grants.has("SELECT", "shop", List.of())).isTrue();
    }

    @Test
    void privilegesOnEveryTableAreAsGoodAsOnTheSchema() {
        Grants grants =
                grants(
                        "GRANT SELECT ON `shop`.`a` TO `u`@`%`",
                        "GRANT SELECT, INSERT (`x`, `y`) ON `shop`.`b` TO `u`@`%`");

        assertThat(grants.has("SELECT", "shop", List.of("a", "b"))).isTrue();
        assertThat(grants.has("SELECT", "shop", List.of("a", "c"))).isFalse();
        assertThat(grants.has("SELECT", "shop", List.of())).isFalse();
        assertThat(grants.has("INSERT", "shop", List.of("b"))).isFalse();
    }

    @Test
    void rolesAndRoutinesGrantNothingOnTables() {
        Grants grants =
                grants(
                        "GRANT `reader`@`%` TO `u`@`%`",
                        "GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`");

        assertThat(grants.has("EXECUTE", "shop", List.of())).isFalse();
    }

    @Test
    void theStatementToPasteQuotesEverything() {
        assertThat(Grants.statement(List.of("SELECT", "SHOW VIEW"), "my_shop", "o'neil@%"))
                .isEqualTo("GRANT SELECT, SHOW VIEW ON `my\\_shop`.* TO 'o''neil'@'%';");
        assertThat(Grants.statement(List.of("RELOAD"), null, "a@b@10.0.0.%"))
                .isEqualTo("GRANT RELOAD ON *.* TO 'a@b'@'10.0.0.%';");
    }
}
