package io.github.moodlemcp.protocol.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Content under a revision; a kind that the revision does not know becomes a sentence. */
final class ContentEncoder {
    private ContentEncoder() {}

    static ObjectNode encode(ContentBlock block, ProtocolVersion version) {
        return switch (block) {
            case ContentBlock.Text(var text) -> text(text);
            case ContentBlock.Image(var data, var mimeType) ->
                typed("image").put("data", data).put("mimeType", mimeType);
            case ContentBlock.Audio(var data, var mimeType) ->
                version.isAtLeast(ProtocolVersion.V2025_03_26)
                        ? typed("audio").put("data", data).put("mimeType", mimeType)
                        : text("A sound (" + mimeType + ") that this protocol version cannot carry.");
            case ContentBlock.ResourceLink link ->
                version.isAtLeast(ProtocolVersion.V2025_06_18) ? encode(link) : text(link.name() + ": " + link.uri());
            case ContentBlock.Embedded(var contents) -> {
                ObjectNode node = typed("resource");
                node.set("resource", encode(contents));
                yield node;
            }
        };
    }

    static ObjectNode encode(ResourceContents contents) {
        return switch (contents) {
            case ResourceContents.Text(var uri, var mimeType, var text) ->
                resource(uri, mimeType).put("text", text);
            case ResourceContents.Blob(var uri, var mimeType, var blob) ->
                resource(uri, mimeType).put("blob", blob);
        };
    }

    static ObjectNode encode(PromptMessage message, ProtocolVersion version) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("role", message.role().text());
        node.set("content", encode(message.content(), version));
        return node;
    }

    private static ObjectNode encode(ContentBlock.ResourceLink link) {
        ObjectNode node = typed("resource_link").put("uri", link.uri()).put("name", link.name());
        if (link.description() != null) {
            node.put("description", link.description());
        }
        if (link.mimeType() != null) {
            node.put("mimeType", link.mimeType());
        }
        return node;
    }

    private static ObjectNode resource(String uri, @Nullable String mimeType) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("uri", uri);
        if (mimeType != null) {
            node.put("mimeType", mimeType);
        }
        return node;
    }

    private static ObjectNode text(String text) {
        return typed("text").put("text", text);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
