package io.github.moodlemcp.interop.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.protocol.mcp.PromptMessage;
import io.github.moodlemcp.protocol.mcp.Resource;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.protocol.mcp.Tool;
import io.github.moodlemcp.server.feature.ResourceReader;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import io.github.moodlemcp.server.feature.ToolHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Things to serve that do as a test says. */
public final class Toys {
    public static final String ANYTHING = "{\"type\": \"object\"}";

    private Toys() {}

    /** A tool that takes anything. */
    public static ServedTool tool(String name, ToolHandler handler) {
        return tool(name, ANYTHING, handler);
    }

    public static ServedTool tool(String name, String inputSchema, ToolHandler handler) {
        return new ServedTool(described(name, inputSchema, null), handler);
    }

    /** A tool that answers with a structure. */
    public static ServedTool structured(String name, String outputSchema, ToolHandler handler) {
        return new ServedTool(described(name, ANYTHING, Json.object(outputSchema)), handler);
    }

    public static ServedTool task(String name, TaskMode mode, ToolHandler handler) {
        return new ServedTool(described(name, ANYTHING, null), null, mode, handler);
    }

    public static ServedTool scoped(String name, String scope, ToolHandler handler) {
        return new ServedTool(described(name, ANYTHING, null), scope, TaskMode.NEVER, handler);
    }

    private static Tool described(String name, String inputSchema, @Nullable ObjectNode outputSchema) {
        ObjectNode noHints = JsonNodeFactory.instance.objectNode();
        return new Tool(name, name, "The tool " + name + ".", Json.object(inputSchema), outputSchema, noHints);
    }

    /** A resource that holds this text. */
    public static ServedResource resource(String uri, String text) {
        return new ServedResource(new Resource(uri, uri, uri, "A text.", "text/plain"), holding(text));
    }

    /** Resources that all hold this text. */
    public static ServedResourceTemplate template(String uriTemplate, String text) {
        return new ServedResourceTemplate(
                new ResourceTemplate(uriTemplate, uriTemplate, uriTemplate, "Texts.", "text/plain"),
                holding(text),
                Map.of());
    }

    private static ResourceReader holding(String text) {
        return (uri, variables, call) ->
                Optional.of(new McpResult.ResourceRead(List.of(new ResourceContents.Text(uri, "text/plain", text))));
    }

    /** A prompt with one required argument, {@code who}. */
    public static ServedPrompt prompt(String name) {
        List<Prompt.Argument> arguments = List.of(new Prompt.Argument("who", "Whom to greet.", true));
        return new ServedPrompt(
                new Prompt(name, name, "Greets.", arguments),
                (values, call) -> new McpResult.PromptGet(
                        "A greeting",
                        List.of(new PromptMessage(
                                PromptMessage.Role.USER, new ContentBlock.Text("Greet " + values.get("who"))))),
                Map.of("who", (typed, others, call) -> List.of("Ada", "Alan")));
    }

    public static McpResult.ToolCall text(String text) {
        return McpResult.ToolCall.of(new ContentBlock.Text(text));
    }
}
