package io.bactrian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFilterTest {
    private static final List<String> TABLES =
            List.of("orders", "order_items", "Orders", "tmp_1", "a.b", "$x", "a\nb");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | orders order_items Orders tmp_1 a.b $x",
                "orders | orders",
                "order* | orders order_items",
                "?rders | orders Orders",
                "order*, !*items | orders",
                "!tmp_*, !Orders | orders order_items a.b $x",
                "a?b | a.b",
                "$x | $x",
                ".* | ''",
            })
    void selectsByGlobs(String globs, String wanted) {
        List<String> plain = TABLES.stream().filter(t -> !t.contains("\n")).toList();

        assertThat(String.join(" ", TableFilter.parse(globs).select(plain))).isEqualTo(wanted);
    }

    @Test
    void aGlobSpansLineBreaksAndWholeCharacters() {
        assertThat(TableFilter.parse("a?b").test("a\nb")).isTrue();
        assertThat(TableFilter.parse("?").test("🐫")).isTrue();
    }

    @Test
    void aGlobThatNamesNoTableIsAnErrorWithWhatWasMeant() {
        TableFilter filter = TableFilter.parse("orders,ordr_items,!nothing");

        assertThat(filter.unmatched(TABLES)).containsExactly("ordr_items");
        assertThatThrownBy(() -> filter.requireMatches(TABLES, "local"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo("bactrian.tables");
                            assertThat(e).hasMessage("ordr_items matches no table in local");
                            assertThat(e.hint()).isEqualTo("did you mean order_items?");
                        });
    }

    @Test
    void allTablesOfAnEmptyDatabaseAreNoError() {
        assertThatCode(() -> TableFilter.ALL.requireMatches(List.of(), "local"))
                .doesNotThrowAnyException();
    }
}
