package io.bactrian.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON whose numbers keep every digit: 1.50 is not 1.5. */
public final class ExactJson {
    private static final JsonMapper READER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private ExactJson() {}

    /**
     * @throws JsonProcessingException if it is not one JSON value
     */
    public static JsonNode read(String json) throws JsonProcessingException {
        return READER.readTree(json);
    }

    /** The same for what a server printed. */
    public static JsonNode ofServer(String json) {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a server's JSON cannot be read", e);
        }
    }
}
