package io.bactrian.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Contract;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final JsonNode document = StaticFile.json("openapi.json");

    @Test
    void describesWhatTheApiAnswersAndNothingElse() {
        assertThat(new Api(null, null, null, null, null).operations())
                .map(o -> o.method() + " " + o.path())
                .containsExactlyInAnyOrderElementsOf(Contract.operations());
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
