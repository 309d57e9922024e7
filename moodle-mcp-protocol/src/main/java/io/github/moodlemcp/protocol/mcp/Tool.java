package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param name for programs: 1 to 64 letters, digits, {@code _} and {@code -}, which every client takes
 * @param title for people
 * @param description for the model: what it does and when to use it
 * @param inputSchema a JSON Schema of type object, in the 2020-12 dialect unless it says otherwise
 * @param outputSchema the JSON Schema of the structured content, or null when there is none
 * @param annotations the hints of the specification, such as {@code readOnlyHint}; may be empty
 */
public record Tool(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        @Nullable ObjectNode outputSchema,
        ObjectNode annotations) {
    public Tool {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(inputSchema, "inputSchema");
        requireNonNull(annotations, "annotations");
    }

    /** A tool without structured content. */
    public Tool(String name, String title, String description, ObjectNode inputSchema, ObjectNode annotations) {
        this(name, title, description, inputSchema, null, annotations);
    }
}
