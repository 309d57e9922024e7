package io.github.moodlemcp.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultEncoderTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ResultEncoder encoder = new ResultEncoder(new Implementation("moodle-mcp", "Moodle MCP", "0.1.0"));

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void onlyTheModernEraSaysHowAResultEndsAndWhoAnswers(ProtocolVersion version) {
        ObjectNode result = encoder.encode(new McpResult.ToolList(List.of(tool()), null), version);

        assertThat(result.has("resultType")).isEqualTo(version.isModern());
        assertThat(result.path("_meta").has(MetaKey.SERVER_INFO)).isEqualTo(version.isModern());
        assertThat(result.has("ttlMs")).isEqualTo(version.isModern());
        assertThat(result.has("cacheScope")).isEqualTo(version.isModern());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void toolsHaveTitlesSinceTheRevisionThatKnowsThem(ProtocolVersion version) {
        ObjectNode result = encoder.encode(new McpResult.ToolList(List.of(tool()), null), version);

        assertThat(result.at("/tools/0").has("title")).isEqualTo(version.isAtLeast(ProtocolVersion.V2025_06_18));
        assertThat(result.at("/tools/0/annotations/readOnlyHint").booleanValue())
                .isEqualTo(version.isAtLeast(ProtocolVersion.V2025_03_26));
    }

    @Test
    void discoveryNamesTheModernVersionsAndOnlyWhatIsServed() {
        ServerCapabilities onlyTools = new ServerCapabilities(true, false, false, false, false, false, false);
        ObjectNode result = encoder.encode(new McpResult.Discovery(onlyTools, "hint"), ProtocolVersion.V2026_07_28);

        assertThat(result.get("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.get("capabilities").toString()).isEqualTo("{\"tools\":{}}");
    }

    @Test
    void aToolCallKeepsItsOwnMetadata() {
        ObjectNode meta = JSON.objectNode().put(MetaKey.OUTCOME, "done");
        McpResult call = new McpResult.ToolCall(List.of(new ContentBlock.Text("t")), null, false, meta);

        assertThat(encoder.encode(call, ProtocolVersion.V2026_07_28)
                        .get("_meta")
                        .toString())
                .contains("\"io.github.moodlemcp/outcome\":\"done\"", MetaKey.SERVER_INFO);
        assertThat(encoder.encode(call, ProtocolVersion.V2025_11_25)
                        .get("_meta")
                        .toString())
                .isEqualTo("{\"io.github.moodlemcp/outcome\":\"done\"}");
    }

    private static Tool tool() {
        return new Tool(
                "t",
                "T",
                "d",
                JSON.objectNode().put("type", "object"),
                JSON.objectNode().put("readOnlyHint", true));
    }
}
