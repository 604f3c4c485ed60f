package io.bactrian.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads JSON whose numbers stay as they are written: to a server 1.50 is not 1.5, -0.0 is not 0.0,
 * and 1e23 is a DOUBLE where 100000000000000000000000 is a DECIMAL.
 */
public final class ExactJson {
    private static final JsonFactory PARSERS = new JsonMapper().getFactory();

    /** Of two values under one name nobody knows which was meant. */
    private static final JsonFactory STRICT_PARSERS =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A fraction that prints as it was read. */
    private static final class Fraction extends NumericNode {
        private static final long serialVersionUID = 1L;
        private final String text;

        Fraction(String text) {
            this.text = text.replace('E', 'e');
        }

        @Override
        public JsonToken asToken() {
            return JsonToken.VALUE_NUMBER_FLOAT;
        }

        @Override
        public JsonParser.NumberType numberType() {
            return JsonParser.NumberType.BIG_DECIMAL;
        }

        @Override
        public Number numberValue() {
            return decimalValue();
        }

        @Override
        public BigDecimal decimalValue() {
            return new BigDecimal(text);
        }

        @Override
        public BigInteger bigIntegerValue() {
            return decimalValue().toBigInteger();
        }

        @Override
        public double doubleValue() {
            return Double.parseDouble(text);
        }

        @Override
        public int intValue() {
            return decimalValue().intValue();
        }

        @Override
        public long longValue() {
            return decimalValue().longValue();
        }

        @Override
        public boolean canConvertToInt() {
            return false;
        }

        @Override
        public boolean canConvertToLong() {
            return false;
        }

        @Override
        public String asText() {
            return text;
        }

        @Override
        public void serialize(JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeNumber(text);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fraction f && text.equals(f.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    private ExactJson() {}

    /**
     * @throws JsonProcessingException if it is not one JSON value, or a name is there twice
     */
    public static JsonNode read(String json) throws JsonProcessingException {
        return read(json, STRICT_PARSERS);
    }

    private static JsonNode read(String json, JsonFactory parsers) throws JsonProcessingException {
        try (JsonParser parser = parsers.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonParseException(parser, "nothing to read");
            }
            JsonNode value = value(parser, first);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    object.set(name, value(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    array.add(value(parser, next));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            // MariaDB prints a DOUBLE's -0 so
            case VALUE_NUMBER_INT ->
                    parser.getText().equals("-0")
                            ? new Fraction("-0")
                            : NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> new Fraction(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "not a value: " + token);
        };
    }

    /** The same for what a server printed; MariaDB keeps a name that is there twice. */
    public static JsonNode ofServer(String json) {
        try {
            return read(json, PARSERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a server's JSON cannot be read", e);
        }
    }
}
