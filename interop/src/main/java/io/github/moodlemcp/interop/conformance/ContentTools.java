package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.List;

/** Tools that answer with each kind of content. */
final class ContentTools {
    private ContentTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool(
                        "test_simple_text",
                        "Answers with a text.",
                        (arguments, call) -> text("This is a simple text response for testing.")),
                tool(
                        "test_image_content",
                        "Answers with a picture.",
                        (arguments, call) -> McpResult.ToolCall.of(Samples.picture())),
                tool(
                        "test_audio_content",
                        "Answers with a sound.",
                        (arguments, call) -> McpResult.ToolCall.of(Samples.sound())),
                tool(
                        "test_embedded_resource",
                        "Answers with a resource.",
                        (arguments, call) -> McpResult.ToolCall.of(embedded(
                                "test://embedded-resource", "text/plain", "This is an embedded resource content."))),
                tool(
                        "test_multiple_content_types",
                        "Answers with three kinds of content.",
                        (arguments, call) -> McpResult.ToolCall.of(
                                new ContentBlock.Text("Multiple content types test:"),
                                Samples.picture(),
                                embedded(
                                        "test://mixed-content-resource",
                                        "application/json",
                                        "{\"test\":\"data\",\"value\":123}"))),
                tool(
                        "test_error_handling",
                        "Always fails.",
                        (arguments, call) ->
                                McpResult.ToolCall.error("This tool intentionally returns an error for testing")));
    }

    private static ContentBlock embedded(String uri, String mimeType, String text) {
        return new ContentBlock.Embedded(new ResourceContents.Text(uri, mimeType, text));
    }
}
