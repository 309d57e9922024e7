package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Gives results the form of one revision. Safe for use by many threads. */
public final class ResultEncoder {
    private static final int LIST_TTL_MS = 300_000;

    /** What is read may be other the next moment. */
    private static final int READ_TTL_MS = 0;

    private final Implementation server;

    /** @param server who answers */
    public ResultEncoder(Implementation server) {
        this.server = requireNonNull(server, "server");
    }

    /** The wire form of a result under a revision. */
    public ObjectNode encode(McpResult result, ProtocolVersion version) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (version.isModern()) {
            body.put("resultType", resultType(result));
        }
        switch (result) {
            case McpResult.Discovery(var capabilities, var instructions) -> {
                ProtocolVersion.modernTexts().forEach(body.putArray("supportedVersions")::add);
                body.set("capabilities", encode(capabilities, version));
                body.put("instructions", instructions);
                putCaching(body, version, LIST_TTL_MS);
            }
            case McpResult.Initialization(var capabilities, var instructions) -> {
                body.put("protocolVersion", version.text());
                body.set("capabilities", encode(capabilities, version));
                body.set("serverInfo", serverInfo(version));
                body.put("instructions", instructions);
            }
            case McpResult.ToolList(var tools, var next) ->
                putList(body, version, "tools", tools, FeatureEncoder::encode, next);
            case McpResult.ResourceList(var resources, var next) ->
                putList(body, version, "resources", resources, FeatureEncoder::encode, next);
            case McpResult.ResourceTemplateList(var templates, var next) ->
                putList(body, version, "resourceTemplates", templates, FeatureEncoder::encode, next);
            case McpResult.PromptList(var prompts, var next) ->
                putList(body, version, "prompts", prompts, FeatureEncoder::encode, next);
            case McpResult.ToolCall call -> putToolCall(body, call, version);
            case McpResult.ResourceRead(var contents) -> {
                ArrayNode list = body.putArray("contents");
                contents.forEach(part -> list.add(ContentEncoder.encode(part)));
                putCaching(body, version, READ_TTL_MS);
            }
            case McpResult.PromptGet(var description, var messages) -> {
                body.put("description", description);
                ArrayNode list = body.putArray("messages");
                messages.forEach(message -> list.add(ContentEncoder.encode(message, version)));
            }
            case McpResult.Completion completion -> putCompletion(body, completion);
            case McpResult.InputRequired(var requests, var state) -> putInputRequired(body, requests, state, version);
            case McpResult.TaskCreated(var task) -> body.setAll(TaskEncoder.summary(task));
            case McpResult.TaskState(var task) -> body.setAll(TaskEncoder.whole(task, version));
            case McpResult.SubscriptionEnded(var subscription) ->
                body.withObjectProperty("_meta").set(MetaKey.SUBSCRIPTION_ID, subscription);
            case McpResult.Empty() -> {}
        }
        if (version.isModern()) {
            body.withObjectProperty("_meta").set(MetaKey.SERVER_INFO, serverInfo(version));
        }
        return body;
    }

    private static String resultType(McpResult result) {
        if (result instanceof McpResult.InputRequired) {
            return "input_required";
        }
        return result instanceof McpResult.TaskCreated ? "task" : "complete";
    }

    private static void putToolCall(ObjectNode body, McpResult.ToolCall call, ProtocolVersion version) {
        ArrayNode blocks = body.putArray("content");
        call.content().forEach(block -> blocks.add(ContentEncoder.encode(block, version)));
        JsonNode structured = call.structured();
        if (structured != null && mayBeStructured(structured, version)) {
            body.set("structuredContent", structured);
        }
        body.put("isError", call.isError());
        if (!call.meta().isEmpty()) {
            body.set("_meta", call.meta().deepCopy());
        }
    }

    /** Structured content came with revision 2025-06-18, as an object; since 2026-07-28 it may be any value. */
    private static boolean mayBeStructured(JsonNode structured, ProtocolVersion version) {
        return version.isModern() || version.isAtLeast(ProtocolVersion.V2025_06_18) && structured.isObject();
    }

    private static void putCompletion(ObjectNode body, McpResult.Completion completion) {
        ObjectNode node = body.putObject("completion");
        ArrayNode values = node.putArray("values");
        completion.values().forEach(values::add);
        if (completion.total() != null) {
            node.put("total", completion.total());
        }
        node.put("hasMore", completion.hasMore());
    }

    private static void putInputRequired(
            ObjectNode body, Map<String, InputRequest> requests, @Nullable JsonNode state, ProtocolVersion version) {
        if (!requests.isEmpty()) {
            body.set("inputRequests", encode(requests, version));
        }
        if (state != null) {
            body.set("requestState", state);
        }
    }

    static ObjectNode encode(Map<String, InputRequest> requests, ProtocolVersion version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        requests.forEach((key, request) ->
                node.putObject(key).put("method", request.method()).set("params", request.params(version)));
        return node;
    }

    private static <T> void putList(
            ObjectNode body,
            ProtocolVersion version,
            String member,
            List<T> elements,
            BiFunction<T, ProtocolVersion, ObjectNode> encoder,
            @Nullable String nextCursor) {
        ArrayNode list = body.putArray(member);
        elements.forEach(element -> list.add(encoder.apply(element, version)));
        if (nextCursor != null) {
            body.put("nextCursor", nextCursor);
        }
        putCaching(body, version, LIST_TTL_MS);
    }

    private ObjectNode serverInfo(ProtocolVersion version) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("name", server.name());
        if (version.isAtLeast(ProtocolVersion.V2025_06_18)) {
            info.put("title", server.title());
        }
        return info.put("version", server.version());
    }

    private static ObjectNode encode(ServerCapabilities capabilities, ProtocolVersion version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (capabilities.tools()) {
            putListChanged(node.putObject("tools"), capabilities);
        }
        if (capabilities.resources()) {
            ObjectNode resources = node.putObject("resources");
            if (capabilities.changes()) {
                resources.put("subscribe", true);
            }
            putListChanged(resources, capabilities);
        }
        if (capabilities.prompts()) {
            putListChanged(node.putObject("prompts"), capabilities);
        }
        if (capabilities.completions() && version.isAtLeast(ProtocolVersion.V2025_03_26)) {
            node.putObject("completions");
        }
        if (capabilities.logging()) {
            node.putObject("logging");
        }
        if (capabilities.tasks() && version.isModern()) {
            node.putObject("extensions").putObject(ClientCapability.TASKS_EXTENSION);
        }
        return node;
    }

    private static void putListChanged(ObjectNode node, ServerCapabilities capabilities) {
        if (capabilities.changes()) {
            node.put("listChanged", true);
        }
    }

    /** What is listed and read depends on who asks, so nothing may be shared. */
    private static void putCaching(ObjectNode body, ProtocolVersion version, int ttlMs) {
        if (version.isModern()) {
            body.put("ttlMs", ttlMs).put("cacheScope", "private");
        }
    }
}
