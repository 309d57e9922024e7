package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param inputSchema a JSON Schema of type object
 * @param annotations the hints of the specification, such as {@code readOnlyHint}
 */
public record Tool(String name, String title, String description, ObjectNode inputSchema, ObjectNode annotations) {
    public Tool {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(inputSchema, "inputSchema");
        requireNonNull(annotations, "annotations");
    }
}
