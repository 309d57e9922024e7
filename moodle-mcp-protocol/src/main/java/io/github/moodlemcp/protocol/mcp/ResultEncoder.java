package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives results the form of one revision. Safe for use by many threads.
 *
 * <p>Only what the server really serves is declared: tools, without change notifications, so that clients open no
 * needless streams.
 */
public final class ResultEncoder {
    private static final int LIST_TTL_MS = 300_000;

    private final Implementation server;

    /** @param server who answers */
    public ResultEncoder(Implementation server) {
        this.server = requireNonNull(server, "server");
    }

    /** The wire form of a result under a revision. */
    public ObjectNode encode(McpResult result, ProtocolVersion version) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (version.isModern()) {
            body.put("resultType", "complete");
        }
        switch (result) {
            case McpResult.Discovery(var instructions) -> {
                ProtocolVersion.modernTexts().forEach(body.putArray("supportedVersions")::add);
                putCapabilities(body);
                body.put("instructions", instructions);
                putCaching(body, version);
            }
            case McpResult.Initialization(var instructions) -> {
                body.put("protocolVersion", version.text());
                putCapabilities(body);
                body.set("serverInfo", serverInfo(version));
                body.put("instructions", instructions);
            }
            case McpResult.ToolList(var tools) -> {
                ArrayNode list = body.putArray("tools");
                tools.forEach(tool -> list.add(encode(tool, version)));
                putCaching(body, version);
            }
            case McpResult.ToolCall(var content, var isError, var meta) -> {
                ArrayNode blocks = body.putArray("content");
                content.forEach(block -> blocks.add(encode(block)));
                body.put("isError", isError);
                body.set("_meta", meta.deepCopy());
            }
            case McpResult.Empty() -> {}
        }
        if (version.isModern()) {
            body.withObjectProperty("_meta").set(MetaKey.SERVER_INFO, serverInfo(version));
        }
        return body;
    }

    private static ObjectNode encode(Tool tool, ProtocolVersion version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", tool.name());
        if (version.compareTo(ProtocolVersion.V2025_06_18) >= 0) {
            node.put("title", tool.title());
        }
        node.put("description", tool.description()).set("inputSchema", tool.inputSchema());
        ObjectNode annotations = tool.annotations().deepCopy();
        annotations.put("title", tool.title());
        node.set("annotations", annotations);
        return node;
    }

    private static ObjectNode encode(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text(var text) ->
                JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
        };
    }

    private ObjectNode serverInfo(ProtocolVersion version) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("name", server.name());
        if (version.compareTo(ProtocolVersion.V2025_06_18) >= 0) {
            info.put("title", server.title());
        }
        return info.put("version", server.version());
    }

    private static void putCapabilities(ObjectNode body) {
        body.putObject("capabilities").putObject("tools");
    }

    private static void putCaching(ObjectNode body, ProtocolVersion version) {
        if (version.isModern()) {
            body.put("ttlMs", LIST_TTL_MS).put("cacheScope", "private");
        }
    }
}
