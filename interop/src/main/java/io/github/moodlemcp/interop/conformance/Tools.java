package io.github.moodlemcp.interop.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Tool;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.feature.ToolHandler;

/** What the tools have in common: they take few words to declare, and answer with a text. */
final class Tools {
    private static final String NO_ARGUMENTS = """
            {"type": "object", "additionalProperties": false}
            """;

    private Tools() {}

    static ServedTool tool(String name, String description, ToolHandler handler) {
        return tool(name, description, NO_ARGUMENTS, handler);
    }

    static ServedTool tool(String name, String description, String inputSchema, ToolHandler handler) {
        return tool(name, description, inputSchema, TaskMode.NEVER, handler);
    }

    static ServedTool tool(String name, String description, TaskMode tasks, ToolHandler handler) {
        return tool(name, description, NO_ARGUMENTS, tasks, handler);
    }

    static ServedTool tool(String name, String description, String inputSchema, TaskMode tasks, ToolHandler handler) {
        ObjectNode noHints = JsonNodeFactory.instance.objectNode();
        Tool tool = new Tool(name, name.replace('_', ' '), description, Json.object(inputSchema), noHints);
        return new ServedTool(tool, null, tasks, handler);
    }

    static McpResult.OfTool text(String text) {
        return McpResult.ToolCall.of(new ContentBlock.Text(text));
    }
}
