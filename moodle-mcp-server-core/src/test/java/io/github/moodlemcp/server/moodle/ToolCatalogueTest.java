package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

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

    @ParameterizedTest
    @MethodSource("tools")
    void aToolKeepsToWhatEveryClientTakes(ToolDefinition tool) {
        assertThat(tool.name()).matches("[a-z]+_[a-z_]+").hasSizeLessThanOrEqualTo(40);
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
