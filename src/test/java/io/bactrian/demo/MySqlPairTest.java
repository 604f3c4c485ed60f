package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlPairTest {

    @Test
    void takesTheServersNamedInTheEnvironment() {
        MySqlPair pair =
                MySqlPair.named(
                                Map.of(
                                        "BACTRIAN_TEST_SOURCE",
                                        "app:p@ss:w@db1.example.org:3307",
                                        "BACTRIAN_TEST_TARGET",
                                        "db2"))
                        .orElseThrow();

        assertThat(pair.source()).isEqualTo(new Server("db1.example.org", 3307, "app", "p@ss:w"));
        assertThat(pair.target()).isEqualTo(new Server("db2", 3306, "root", ""));
    }

    @Test
    void readsAddressesWithAnEmptyPasswordOrNone() {
        assertThat(Server.parse("V", "root:@127.0.0.1:13301"))
                .isEqualTo(new Server("127.0.0.1", 13301, "root", ""));
        assertThat(Server.parse("V", "app@[::1]:3308"))
                .isEqualTo(new Server("[::1]", 3308, "app", ""));
    }

    @Test
    void isEmptyWhereTheEnvironmentNamesNoServer() {
        assertThat(MySqlPair.named(Map.of("BACTRIAN_TEST_SOURCE", " "))).isEmpty();
    }

    @Test
    void refusesHalfAPairByTheNameOfTheMissingHalf() {
        assertThatThrownBy(() -> MySqlPair.named(Map.of("BACTRIAN_TEST_SOURCE", "db1")))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.object()).isEqualTo("BACTRIAN_TEST_TARGET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:geheim@",
                "root:geheim@db1:port",
                "root:geheim@db1:3306/shop",
                ":geheim@db1"
            })
    void refusesABadAddressWithoutShowingItsPassword(String text) {
        assertThatThrownBy(() -> Server.parse("BACTRIAN_TEST_SOURCE", text))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo("BACTRIAN_TEST_SOURCE");
                            assertThat(e.getMessage() + e.hint()).doesNotContain("geheim");
                        });
    }

    @Test
    void printsAServerWithoutItsPassword() {
        assertThat(new Server("db1", 3306, "app", "geheim")).hasToString("app@db1:3306");
    }
}
