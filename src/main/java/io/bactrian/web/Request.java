package io.bactrian.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.sql.ExactJson;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * One call over HTTP.
 *
 * @param path decoded, without query
 * @param variables what stood in the places of the path that are named
 */
record Request(String method, String path, List<String> variables, Message message) {

    static Request of(Exchange exchange) {
        Message message = exchange.getMessage();
        String path = message.getHeader(Exchange.HTTP_URI, "/", String.class);
        return new Request(
                message.getHeader(Exchange.HTTP_METHOD, "GET", String.class),
                path.replaceFirst("[?#].*", ""),
                List.of(),
                message);
    }

    Request with(List<String> found) {
        return new Request(method, path, found, message);
    }

    /** A header, or an empty text. */
    String header(String name) {
        return message.getHeader(name, "", String.class);
    }

    /**
     * A number in the path.
     *
     * @throws Refusal if it is none: there is nothing of that name
     */
    long id() {
        try {
            return Long.parseLong(variables.get(0));
        } catch (NumberFormatException e) {
            throw new Refusal(404, path, "is not there: the id is a number", "");
        }
    }

    /** What stands behind the question mark. */
    private Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        for (String pair : message.getHeader(Exchange.HTTP_QUERY, "", String.class).split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                query.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
            }
        }
        return query;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(text, "is no part of a URL", "");
        }
    }

    boolean flag(String name) {
        return "true".equals(query().get(name));
    }

    /** A number of the query from 1 to {@code most}. */
    int limit(String name, int otherwise, int most) {
        String value = query().get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[1-9]\\d{0,5}") || Integer.parseInt(value) > most) {
            throw new ConfigException(name, "is " + value, "wanted: 1 to " + most);
        }
        return Integer.parseInt(value);
    }

    /** The body, with every digit of its numbers. */
    JsonNode body() {
        if (!header("Content-Type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
            // no other site's page can send this type unasked
            throw new Refusal(
                    415, "Content-Type", "is not application/json", "send JSON, and say so");
        }
        try {
            String text = utf8();
            return ExactJson.read(text == null || text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "body", "is not JSON: " + e.getOriginalMessage(), "send one JSON object");
        } catch (CharacterCodingException e) {
            throw new ConfigException("body", "is not UTF-8", "send JSON in UTF-8");
        }
    }

    /** Whatever character set the header names: JSON has this one. */
    private String utf8() throws CharacterCodingException {
        byte[] bytes = message.getBody(byte[].class);
        return bytes == null
                ? null
                : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
