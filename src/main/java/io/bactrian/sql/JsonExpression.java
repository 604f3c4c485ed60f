package io.bactrian.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a JSON value as an expression that keeps its DECIMALs. A JSON column may hold them (put
 * there by JSON_OBJECT and the like), yet no text can: the server reads every fraction as DOUBLE,
 * so that 1.50 becomes 1.5 and long ones lose digits.
 */
final class JsonExpression {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    // 1.50 stays 1.50
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build();

    private JsonExpression() {}

    /**
     * @param text as the server prints the value
     */
    static String of(String text) {
        try {
            return "CAST(" + expression(MAPPER.readTree(text)) + " AS JSON)";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON as a server prints it", e);
        }
    }

    /** Whether any number in a value needs one. */
    static boolean isNeeded(String text) {
        try {
            return holdsDecimal(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON as a server prints it", e);
        }
    }

    private static String expression(JsonNode node) throws JsonProcessingException {
        if (!holdsDecimal(node)) {
            return "CAST(" + Names.literal(MAPPER.writeValueAsString(node)) + " AS JSON)";
        }
        List<String> parts = new ArrayList<>();
        if (node.isObject()) {
            for (var field : node.properties()) {
                parts.add(Names.literal(field.getKey()));
                parts.add(expression(field.getValue()));
            }
            return "JSON_OBJECT(" + String.join(", ", parts) + ")";
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                parts.add(expression(element));
            }
            return "JSON_ARRAY(" + String.join(", ", parts) + ")";
        }
        BigDecimal value = node.decimalValue();
        return "CAST('"
                + value.toPlainString()
                + "' AS DECIMAL(65,"
                + Math.max(0, value.scale())
                + "))";
    }

    private static boolean holdsDecimal(JsonNode node) {
        if (node.isNumber()) {
            return isDecimal(node.decimalValue());
        }
        for (JsonNode part : node) {
            if (holdsDecimal(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a number's text is none that a DOUBLE or a 64-bit integer prints. */
    private static boolean isDecimal(BigDecimal value) {
        if (value.scale() == 0) {
            return value.toBigInteger().bitLength() > 64;
        }
        String shortest =
                new BigDecimal(Double.toString(value.doubleValue()))
                        .stripTrailingZeros()
                        .toPlainString();
        String plain = value.toPlainString();
        return !plain.equals(shortest) && !plain.equals(shortest + ".0");
    }
}
