package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCatalogueTest {
    private static final ToolCatalogue CATALOGUE = ToolCatalogue.builtIn();
    private static final Set<String> PLAIN_TYPES = Set.of("string", "integer", "number", "boolean");

    static Stream<ToolDefinition> tools() {
        return CATALOGUE.all().stream();
    }

    @Test
    void everyFileIsServed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/github/moodlemcp/server/tools"))) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
            assertThat(CATALOGUE.all().stream().map(ToolDefinition::name).sorted())
                    .isEqualTo(names);
        }
    }

    @Test
    void aToolThatWritesTakesARequestKey() {
        ToolDefinition writing = ToolDefinition.parse(definition("write"));
        ToolDefinition reading = ToolDefinition.parse(definition("read"));

        assertThat(writing.tool()
                        .inputSchema()
                        .at("/properties/request_key/type")
                        .asText())
                .isEqualTo("string");
        assertThat(reading.tool().inputSchema().at("/properties/request_key").isMissingNode())
                .isTrue();
        aToolKeepsToWhatEveryClientTakes(writing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "no JSON", "{\"name\":\"a\"}"})
    void whatIsNoDefinitionIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> ToolDefinition.parse(json));
    }

    @Test
    void anUnknownSideEffectIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDefinition.parse(definition("wish")))
                .withMessageContaining("sideEffect");
    }

    @Test
    void aNameIsServedOnce() {
        ToolDefinition own = ToolDefinition.parse(definition("write"));

        assertThat(CATALOGUE.and(List.of(own)).find("write_note")).contains(own);
        assertThatIllegalArgumentException().isThrownBy(() -> CATALOGUE.and(List.of(own, own)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOGUE.and(
                        List.of(ToolDefinition.parse(definition("write").replace("write_note", "get_course")))));
    }

    private static String definition(String sideEffect) {
        return """
                {"name": "write_note", "title": "Write", "description": "Writes.", "sideEffect": "%s",
                 "scope": "moodle:write", "annotations": {"readOnlyHint": false},
                 "inputSchema": {"type": "object", "additionalProperties": false}}""".formatted(sideEffect);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aToolKeepsToWhatEveryClientTakes(ToolDefinition tool) {
        assertThat(tool.name()).matches("[a-z]+(_[a-z]+)*").hasSizeLessThanOrEqualTo(40);
        assertThat(tool.tool().description()).isNotBlank();
        JsonNode schema = tool.tool().inputSchema();
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        schema.path("properties").properties().forEach(property -> {
            assertThat(property.getValue().path("type").asText()).isIn(PLAIN_TYPES);
            assertThat(property.getValue().path("description").asText()).isNotBlank();
        });
        assertThat(schema.toString()).doesNotContain("$ref", "anyOf", "oneOf", "allOf");
        assertThat(tool.tool().annotations().path("readOnlyHint").asBoolean())
                .isEqualTo(!tool.sideEffect().needsClaim());
    }
}
