package io.github.moodlemcp.protocol.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The entries of lists under a revision. */
final class FeatureEncoder {
    private FeatureEncoder() {}

    static ObjectNode encode(Tool tool, ProtocolVersion version) {
        ObjectNode node = named(tool.name(), tool.title(), version);
        node.put("description", tool.description()).set("inputSchema", tool.inputSchema());
        if (tool.outputSchema() != null && version.isAtLeast(ProtocolVersion.V2025_06_18)) {
            node.set("outputSchema", tool.outputSchema());
        }
        if (version.isAtLeast(ProtocolVersion.V2025_03_26)) {
            ObjectNode annotations = tool.annotations().deepCopy();
            annotations.put("title", tool.title());
            node.set("annotations", annotations);
        }
        return node;
    }

    static ObjectNode encode(Resource resource, ProtocolVersion version) {
        ObjectNode node = named(resource.name(), resource.title(), version);
        node.put("uri", resource.uri()).put("description", resource.description());
        if (resource.mimeType() != null) {
            node.put("mimeType", resource.mimeType());
        }
        return node;
    }

    static ObjectNode encode(ResourceTemplate template, ProtocolVersion version) {
        ObjectNode node = named(template.name(), template.title(), version);
        node.put("uriTemplate", template.uriTemplate()).put("description", template.description());
        if (template.mimeType() != null) {
            node.put("mimeType", template.mimeType());
        }
        return node;
    }

    static ObjectNode encode(Prompt prompt, ProtocolVersion version) {
        ObjectNode node = named(prompt.name(), prompt.title(), version);
        node.put("description", prompt.description());
        ArrayNode arguments = node.putArray("arguments");
        for (Prompt.Argument argument : prompt.arguments()) {
            arguments
                    .addObject()
                    .put("name", argument.name())
                    .put("description", argument.description())
                    .put("required", argument.required());
        }
        return node;
    }

    private static ObjectNode named(String name, String title, ProtocolVersion version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
        if (version.isAtLeast(ProtocolVersion.V2025_06_18)) {
            node.put("title", title);
        }
        return node;
    }
}
