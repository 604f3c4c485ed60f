package io.bactrian.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a JSON value as an expression that keeps its numbers. A JSON column may hold DECIMALs (put
 * there by JSON_OBJECT and the like), yet no text can: 1.50 becomes 1.5 and long ones lose digits;
 * and not every DOUBLE survives the server's reader: see {@link JsonNumber}. Strings name their
 * character set, so that the expression means the same in a session that speaks binary.
 */
final class JsonExpression {
    private static final JsonMapper STRINGS =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

    private final String json;
    private int at;

    private JsonExpression(String json) {
        this.json = json;
    }

    /**
     * @param json as the server prints the value
     */
    static String of(String json) {
        return "CAST(" + new JsonExpression(json).value() + " AS JSON)";
    }

    /**
     * Whether a value cannot be written as its text.
     *
     * @param json as the server prints it; its bytes taken for Latin-1 do as well
     */
    static boolean isNeeded(String json) {
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '"') {
                i = endOfString(json, i);
            } else if (startsNumber(c)) {
                int end = endOfNumber(json, i);
                if (JsonNumber.of(json.substring(i, end)) != JsonNumber.TEXT) {
                    return true;
                }
                i = end;
            } else {
                i++;
            }
        }
        return false;
    }

    private String value() {
        peek();
        int end = end();
        String text = json.substring(at, end);
        if (!isNeeded(text)) {
            at = end;
            return "CAST(" + literal(text) + " AS JSON)";
        }
        if (!startsNumber(json.charAt(at))) {
            return parts();
        }
        at = end;
        if (JsonNumber.of(text) == JsonNumber.DOUBLE) {
            return text.indexOf('e') < 0 ? text + "e0" : text;
        }
        int point = text.indexOf('.');
        int scale = point < 0 ? 0 : text.length() - point - 1;
        return "CAST('" + text + "' AS DECIMAL(65," + scale + "))";
    }

    private String parts() {
        boolean object = json.charAt(at++) == '{';
        List<String> parts = new ArrayList<>();
        while (peek() != (object ? '}' : ']')) {
            if (object) {
                parts.add(key());
            }
            parts.add(value());
        }
        at++;
        return (object ? "JSON_OBJECT(" : "JSON_ARRAY(") + String.join(", ", parts) + ")";
    }

    private String key() {
        int from = at;
        at = endOfString(json, from);
        try {
            return literal(STRINGS.readValue(json.substring(from, at), String.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON as a server prints it", e);
        }
    }

    static String literal(String text) {
        return "_utf8mb4" + Names.literal(text);
    }

    /** Goes to the next token and gives its first character. */
    private char peek() {
        while (" ,:".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return json.charAt(at);
    }

    /** The end of the value that begins here. */
    private int end() {
        int depth = 0;
        int i = at;
        do {
            char c = json.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (c == '"') {
                i = endOfString(json, i);
            } else if (startsNumber(c)) {
                i = endOfNumber(json, i);
            } else {
                i++;
            }
        } while (depth > 0 || i < json.length() && Character.isLetter(json.charAt(i)));
        return i;
    }

    private static int endOfString(String json, int from) {
        int i = from + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static boolean startsNumber(char c) {
        return c == '-' || c >= '0' && c <= '9';
    }

    private static int endOfNumber(String json, int from) {
        int i = from + 1;
        while (i < json.length() && "0123456789.eE+-".indexOf(json.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }
}
