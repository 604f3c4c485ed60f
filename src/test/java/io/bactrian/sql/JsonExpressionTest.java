package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.0",
                "-0.0",
                "1.5",
                "19.99",
                "100.0",
                "1e22",
                "1.5e-7",
                "0.000000000000001",
                "18446744073709551615",
                "-9223372036854775808",
                "123456789012345.0",
                "[]",
                "null",
                "\"1.50\"",
                "\"a\\\\\"",
                "{\"1.50\": \"\\\"1.50\", \"b\": [true, 7]}"
            })
    void aValueThatItsTextCarriesNeedsNone(String json) {
        assertThat(JsonExpression.isNeeded(json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "0.00",
                "100.00",
                "0.0000000000000001",
                "1234567890123456.5",
                "12345678901234567890.0",
                "0.1234567890123456789",
                "2.0000000000000001",
                "18446744073709551616",
                "-9223372036854775809",
                "1.7976931348623157e308",
                "0.30000000000000004",
                "7e-300",
                "{\"\\\"\": [\"x\", {\"a\": 1.50}]}"
            })
    void aNumberThatItsTextMayLoseNeedsOne(String json) {
        assertThat(JsonExpression.isNeeded(json)).isTrue();
    }

    /** Java 17 prints 2.0E-3 as 0.002 and 2.0E-23 as 2.0E-23, but 2E23 with a digit too many. */
    @ParameterizedTest
    @ValueSource(strings = {"2e23", "0.00000000000002", "8.41e21", "2.2250738585072014e-308"})
    void theFewestDigitsAreNotThoseThatJavaPrints(String json) {
        assertThat(JsonNumber.of(json)).isNotEqualTo(JsonNumber.DECIMAL);
    }

    @Test
    void whatNeedsNoneStaysText() {
        assertThat(
                        JsonExpression.of(
                                "{\"a\": [1.50, {\"it's\": true}], \"b\": 0.30000000000000004}"))
                .isEqualTo(
                        "CAST(JSON_OBJECT(_utf8mb4'a', JSON_ARRAY(CAST('1.50' AS DECIMAL(65,2)),"
                                + " CAST(_utf8mb4'{\"it''s\": true}' AS JSON)),"
                                + " _utf8mb4'b', 0.30000000000000004e0) AS JSON)");
    }

    @Test
    void aPlainValueIsOneText() {
        assertThat(JsonExpression.of("[\"ä\\n\", null]"))
                .isEqualTo("CAST(CAST(_utf8mb4'[\"ä\\\\n\", null]' AS JSON) AS JSON)");
    }
}
