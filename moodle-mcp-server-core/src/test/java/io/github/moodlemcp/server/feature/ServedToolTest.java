package io.github.moodlemcp.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.protocol.mcp.McpResult;
import org.junit.jupiter.api.Test;

final class ServedToolTest {
    private static final ToolHandler NOTHING = (arguments, call) -> McpResult.ToolCall.text("");

    @Test
    void saysWhetherItOnlyReads() {
        ServedTool reading = ServedTool.reading("look", "Look", "Looks.", "{\"type\": \"object\"}", NOTHING);
        ServedTool writing = ServedTool.writing("change", "Change", "Changes.", "{\"type\": \"object\"}", NOTHING);

        assertThat(reading.tool().annotations()).hasToString("{\"readOnlyHint\":true}");
        assertThat(writing.tool().annotations()).hasToString("{\"readOnlyHint\":false}");
        assertThat(reading.tool().inputSchema()).hasToString("{\"type\":\"object\"}");
    }

    @Test
    void namesTheToolWhoseSchemaIsNone() {
        for (String schema : new String[] {"", "[]", "{", "{} {}", "null"}) {
            assertThatThrownBy(() -> ServedTool.reading("look", "Look", "Looks.", schema, NOTHING))
                    .as(schema)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The input schema of look is not a JSON object; write one, such as");
        }
    }
}
