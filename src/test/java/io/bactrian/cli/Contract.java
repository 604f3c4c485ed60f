package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bactrian.state.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The OpenAPI document, held against what the daemon answers: an answer has a status that the
 * document tells of, all the fields it names and no other.
 */
public final class Contract {
    private static final String PLACE = "\\{[a-z_]+}";
    private static final JsonNode DOCUMENT = strict();
    private static final JsonNode ERROR =
            Json.mapper().createObjectNode().put("$ref", "#/components/schemas/Error");
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Contract() {}

    private static JsonNode strict() {
        try (InputStream in = Contract.class.getResourceAsStream("/web/openapi.json")) {
            JsonNode document = Json.mapper().readTree(in);
            JsonNode requests = document.at("/components/schemas");
            // what a caller may write is not what an answer has
            document.findValues("responses").forEach(Contract::tighten);
            requests.fields()
                    .forEachRemaining(
                            s -> {
                                if (!s.getValue().has("additionalProperties")) {
                                    tighten(s.getValue());
                                }
                            });
            // it is a part of another, which has more fields
            ((ObjectNode) requests.path("Run")).remove("unevaluatedProperties");
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tighten(JsonNode node) {
        node.forEach(Contract::tighten);
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        if (schema.path("properties").isObject()) {
            ArrayNode all = schema.putArray("required");
            schema.path("properties").fieldNames().forEachRemaining(all::add);
            schema.put("unevaluatedProperties", false);
        } else if (schema.has("allOf")) {
            schema.path("allOf")
                    .forEach(part -> ((ObjectNode) part).remove("unevaluatedProperties"));
            schema.put("unevaluatedProperties", false);
        }
    }

    /** What is no part of the API, such as the dashboard's files, is passed over. */
    static void requireKept(HttpResponse<String> response) throws IOException {
        String path = response.request().uri().getRawPath();
        if (!path.startsWith("/api/")) {
            return;
        }
        String call = response.request().method() + " " + path + " " + response.statusCode();
        JsonNode operation = operation(response.request().method(), path);
        JsonNode answer = operation.path("responses").path(Integer.toString(response.statusCode()));
        if (answer.has("$ref")) {
            answer = DOCUMENT.at(answer.path("$ref").asText().substring(1));
        }
        if (!operation.isMissingNode()) {
            assertThat(answer.isObject()).as("the document tells of " + call).isTrue();
        }
        JsonNode schema = answer.at("/content/application~1json/schema");
        ObjectNode whole = (schema.isMissingNode() ? ERROR : schema).deepCopy();
        whole.set("components", DOCUMENT.path("components"));
        assertThat(SCHEMAS.getSchema(whole).validate(Json.mapper().readTree(response.body())))
                .as(call + "\n" + response.body())
                .isEmpty();
    }

    /** Each operation, its places filled in, as {@code GET /api/runs}. */
    static List<String> calls() {
        return operations().stream().map(o -> o.replaceAll(PLACE, "1")).toList();
    }

    /** Each operation that the document tells of, as {@code GET /api/runs/{run_id}}. */
    public static List<String> operations() {
        List<String> operations = new ArrayList<>();
        DOCUMENT.path("paths")
                .fields()
                .forEachRemaining(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        operations.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        return operations;
    }

    private static JsonNode operation(String method, String path) {
        JsonNode paths = DOCUMENT.path("paths");
        JsonNode exact = paths.path(path);
        for (var names = paths.fieldNames(); exact.isMissingNode() && names.hasNext(); ) {
            String name = names.next();
            if (path.matches(name.replaceAll(PLACE, "[^/]+"))) {
                exact = paths.path(name);
            }
        }
        return exact.path(method.toLowerCase(Locale.ROOT));
    }
}
