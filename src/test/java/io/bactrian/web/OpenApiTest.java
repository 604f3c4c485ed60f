package io.bactrian.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final JsonNode document = StaticFile.json("openapi.json");

    @Test
    void describesWhatTheApiAnswersAndNothingElse() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .fields()
                .forEachRemaining(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));

        assertThat(new Api(null, null, null, null, null).operations())
                .map(o -> o.method() + " " + o.path())
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void pointsToNothingThatIsNotThere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        ref ->
                                assertThat(document.at(ref.substring(1)).isObject())
                                        .as(ref)
                                        .isTrue());
    }
}
