package io.bactrian.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.error.ConfigException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The options of a request, a JSON object: each is read once, and none may be left over. */
public final class Options {
    private final Map<String, JsonNode> left = new TreeMap<>();

    /**
     * @param body null for none
     * @throws ConfigException if it is not an object
     */
    public Options(JsonNode body) {
        if (body == null || body.isMissingNode() || body.isNull()) {
            return;
        }
        if (!(body instanceof ObjectNode object)) {
            throw new ConfigException(
                    "request", "is not a JSON object", "for example {\"pipeline\": \"sync\"}");
        }
        object.fields().forEachRemaining(e -> left.put(e.getKey(), e.getValue()));
    }

    private static ConfigException wrong(String name, JsonNode value, String wanted) {
        return new ConfigException(name, "is " + value, "wanted: " + wanted);
    }

    private JsonNode take(String name) {
        JsonNode value = left.remove(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A text, or null. */
    public String text(String name) {
        JsonNode value = take(name);
        if (value != null && (!value.isTextual() || value.asText().isBlank())) {
            throw wrong(name, value, "a text");
        }
        return value == null ? null : value.asText();
    }

    /**
     * A text.
     *
     * @param alias another name for it, as the command line has it
     * @throws ConfigException if there is none
     */
    public String required(String name, String alias) {
        String other = text(alias);
        return other == null ? required(name) : other;
    }

    /**
     * A text.
     *
     * @throws ConfigException if there is none
     */
    public String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new ConfigException(name, "is missing", "give \"" + name + "\": \"…\"");
        }
        return value;
    }

    /** A comma list, written as one or as an array of its parts; or null. */
    public String list(String name) {
        JsonNode value = left.get(name);
        if (value == null || !value.isArray()) {
            return text(name);
        }
        left.remove(name);
        StringJoiner parts = new StringJoiner(",");
        for (JsonNode part : value) {
            if (!part.isTextual()) {
                throw wrong(name, value, "a list of texts");
            }
            parts.add(part.asText());
        }
        return parts.toString();
    }

    /** A switch; off if it is not there. */
    public boolean flag(String name) {
        JsonNode value = take(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value != null && value.asBoolean();
    }

    /** A number from 0 on. */
    public int number(String name, int otherwise) {
        JsonNode value = take(name);
        if (value != null
                && (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0)) {
            throw wrong(name, value, "a whole number from 0 on");
        }
        return value == null ? otherwise : value.asInt();
    }

    /** One of the names of an enum, in any case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        JsonNode value = take(name);
        if (value == null) {
            return otherwise;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> value.isTextual() && c.name().equalsIgnoreCase(value.asText()))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        name,
                                        value,
                                        Arrays.stream(type.getEnumConstants())
                                                .map(c -> c.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", "))));
    }

    /** An object, or null. */
    public JsonNode object(String name) {
        JsonNode value = take(name);
        if (value != null && !value.isObject()) {
            throw wrong(name, value, "an object");
        }
        return value;
    }

    /**
     * @throws ConfigException if something was given that nobody has read
     */
    public void requireAllRead() {
        if (!left.isEmpty()) {
            throw new ConfigException(
                    String.join(", ", left.keySet()),
                    left.size() == 1 ? "is no option here" : "are no options here",
                    "the OpenAPI document at /openapi.json lists them");
        }
    }
}
