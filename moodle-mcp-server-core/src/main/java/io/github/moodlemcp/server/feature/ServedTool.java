package io.github.moodlemcp.server.feature;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A tool and what carries it out.
 *
 * @param scope the scope a caller needs to see and call it, or null when every caller may
 * @param toolset the group of tools that it is chosen with, or null when it is always offered
 * @param tasks whether its calls become tasks
 */
public record ServedTool(
        Tool tool, @Nullable String scope, @Nullable String toolset, TaskMode tasks, ToolHandler handler) {
    public ServedTool {
        requireNonNull(tool, "tool");
        requireNonNull(tasks, "tasks");
        requireNonNull(handler, "handler");
    }

    /** A tool for every caller, whose calls are answered at once. */
    public ServedTool(Tool tool, ToolHandler handler) {
        this(tool, null, TaskMode.NEVER, handler);
    }

    /** A tool of no toolset. */
    public ServedTool(Tool tool, @Nullable String scope, TaskMode tasks, ToolHandler handler) {
        this(tool, scope, null, tasks, handler);
    }

    /**
     * A tool that only reads, for every caller.
     *
     * @param name what clients call it by: at most 64 letters, digits, {@code _} and {@code -}
     * @param title for people
     * @param description what it does and when to use it, for the model
     * @param inputSchema the JSON Schema of its arguments, an object, as text
     * @throws IllegalArgumentException if the schema is not a JSON object
     */
    public static ServedTool reading(
            String name, String title, String description, String inputSchema, ToolHandler handler) {
        return annotated(name, title, description, inputSchema, true, handler);
    }

    /**
     * A tool that changes something, for every caller; clients may ask the person before they call it. The parameters are
     * those of {@link #reading}.
     *
     * @throws IllegalArgumentException if the schema is not a JSON object
     */
    public static ServedTool writing(
            String name, String title, String description, String inputSchema, ToolHandler handler) {
        return annotated(name, title, description, inputSchema, false, handler);
    }

    private static ServedTool annotated(
            String name, String title, String description, String inputSchema, boolean onlyReads, ToolHandler handler) {
        ObjectNode schema = JsonText.object("The input schema of " + name, inputSchema);
        ObjectNode annotations = JsonNodeFactory.instance.objectNode().put("readOnlyHint", onlyReads);
        return new ServedTool(new Tool(name, title, description, schema, annotations), handler);
    }

    /** Whether its annotations say that it changes nothing. */
    public boolean onlyReads() {
        return tool.annotations().path("readOnlyHint").asBoolean(false);
    }

    /** The name of the tool. */
    public String name() {
        return tool.name();
    }
}
