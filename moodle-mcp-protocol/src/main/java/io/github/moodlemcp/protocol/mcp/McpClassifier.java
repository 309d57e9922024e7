package io.github.moodlemcp.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the eras of the protocol apart and judges the metadata of a request, in the order the specification gives.
 *
 * <p>The body decides; the headers only have to agree with it. Safe for use by many threads.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable
 *     HTTP, revision 2026-07-28, «Request Metadata» and «Backward Compatibility»</a>
 */
public final class McpClassifier {
    private static final int BAD_REQUEST = 400;

    /** A classifier; it holds no state. */
    public McpClassifier() {}

    /** Says what a decoded body is, and under which revision. */
    public Classified classify(Decoded decoded, RequestHeaders headers) {
        return switch (decoded) {
            case Decoded.Invalid(var error) -> new Classified.Refused(BAD_REQUEST, error);
            case Decoded.Single(var message) -> classifyMessage(message, headers);
            case Decoded.Batch(var elements) -> classifyBatch(elements, headers);
        };
    }

    private static Classified.Message classifyMessage(JsonRpcMessage message, RequestHeaders headers) {
        return switch (message) {
            case JsonRpcRequest request -> classifyRequest(request, headers);
            case JsonRpcNotification notification ->
                isModern(notification.params(), headers)
                        ? new Classified.Ignored()
                        : new Classified.Notification(notification);
            case JsonRpcResponse response -> new Classified.Response(response);
        };
    }

    private static Classified.Message classifyRequest(JsonRpcRequest request, RequestHeaders headers) {
        JsonNode meta = request.params().path("_meta");
        if (meta.has(MetaKey.PROTOCOL_VERSION)) {
            return classifyModern(request, meta, headers);
        }
        if (!hasModernHeader(headers)) {
            return classifyLegacy(request, headers);
        }
        return "initialize".equals(request.method())
                ? mismatch(request.id(), "initialize belongs to revisions before 2026-07-28")
                : missingMeta(request.id(), MetaKey.PROTOCOL_VERSION);
    }

    private static Classified.Message classifyModern(JsonRpcRequest request, JsonNode meta, RequestHeaders headers) {
        RequestId id = request.id();
        String claimed = meta.get(MetaKey.PROTOCOL_VERSION).textValue();
        if (claimed == null) {
            return missingMeta(id, MetaKey.PROTOCOL_VERSION);
        }
        if (!meta.path(MetaKey.CLIENT_CAPABILITIES).isObject()) {
            return missingMeta(id, MetaKey.CLIENT_CAPABILITIES);
        }
        if (!claimed.equals(headers.protocolVersion())) {
            return mismatch(id, "MCP-Protocol-Version must equal _meta " + MetaKey.PROTOCOL_VERSION);
        }
        if (!request.method().equals(headers.method())) {
            return mismatch(id, "Mcp-Method must equal the method of the body");
        }
        String named = nameIn(request);
        if (named != null && !Optional.of(named).equals(HeaderValue.decoded(headers.name()))) {
            return mismatch(id, "Mcp-Name must equal the name in the parameters");
        }
        Optional<ProtocolVersion> version = ProtocolVersion.of(claimed).filter(ProtocolVersion::isModern);
        if (version.isEmpty()) {
            return unsupportedVersion(id, claimed);
        }
        return new Classified.Request(request, version.get());
    }

    private static Classified.Message classifyLegacy(JsonRpcRequest request, RequestHeaders headers) {
        if ("initialize".equals(request.method())) {
            String wanted = request.params().path("protocolVersion").asText("");
            return new Classified.Request(request, ProtocolVersion.negotiated(wanted));
        }
        if (headers.protocolVersion() == null) {
            ProtocolVersion ofSession = headers.sessionVersion();
            return new Classified.Request(request, ofSession == null ? ProtocolVersion.newestLegacy() : ofSession);
        }
        return ProtocolVersion.of(headers.protocolVersion())
                .<Classified.Message>map(version -> new Classified.Request(request, version))
                .orElseGet(() -> new Classified.Refused(
                        BAD_REQUEST,
                        new JsonRpcError(
                                request.id(),
                                JsonRpcErrorCode.INVALID_REQUEST,
                                "Unsupported protocol version in MCP-Protocol-Version; call initialize first")));
    }

    private static Classified classifyBatch(List<Decoded> elements, RequestHeaders headers) {
        boolean hasItsHeader = headers.protocolVersion() == null
                || headers.protocolVersion().equals(ProtocolVersion.V2025_03_26.text());
        boolean hasItsSession =
                headers.sessionVersion() == null || headers.sessionVersion() == ProtocolVersion.V2025_03_26;
        if (elements.isEmpty()
                || !hasItsHeader
                || !hasItsSession
                || elements.stream().anyMatch(McpClassifier::claims)) {
            return new Classified.Refused(
                    BAD_REQUEST,
                    new JsonRpcError(
                            null,
                            JsonRpcErrorCode.INVALID_REQUEST,
                            "Invalid request: send one message per POST; arrays belong to revision 2025-03-26"));
        }
        RequestHeaders ofBatch = new RequestHeaders(ProtocolVersion.V2025_03_26.text(), null, null);
        List<Classified.Message> messages = new ArrayList<>(elements.size());
        for (Decoded element : elements) {
            messages.add(
                    switch (element) {
                        case Decoded.Invalid(var error) -> new Classified.Refused(BAD_REQUEST, error);
                        case Decoded.Single(var message) -> classifyMessage(message, ofBatch);
                        case Decoded.Batch nested ->
                            throw new IllegalStateException("The codec never nests batches: " + nested);
                    });
        }
        return new Classified.Batch(messages);
    }

    private static boolean hasModernHeader(RequestHeaders headers) {
        return headers.protocolVersion() != null && ProtocolVersion.namesModernEra(headers.protocolVersion());
    }

    private static boolean isModern(ObjectNode params, RequestHeaders headers) {
        return hasModernHeader(headers) || claims(params);
    }

    private static boolean claims(Decoded element) {
        return switch (element) {
            case Decoded.Single(JsonRpcRequest request) -> claims(request.params());
            case Decoded.Single(JsonRpcNotification notification) -> claims(notification.params());
            case Decoded.Single(JsonRpcResponse ignored) -> false;
            case Decoded.Invalid ignored -> false;
            case Decoded.Batch ignored -> false;
        };
    }

    private static boolean claims(ObjectNode params) {
        return params.path("_meta").has(MetaKey.PROTOCOL_VERSION);
    }

    private static @Nullable String nameIn(JsonRpcRequest request) {
        String member = switch (request.method()) {
            case "tools/call", "prompts/get" -> "name";
            case "resources/read" -> "uri";
            case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
            default -> null;
        };
        return member == null ? null : request.params().path(member).textValue();
    }

    private static Classified.Message missingMeta(RequestId id, String key) {
        return new Classified.Refused(
                BAD_REQUEST,
                new JsonRpcError(id, JsonRpcErrorCode.INVALID_PARAMS, "Invalid params: missing _meta " + key));
    }

    private static Classified.Message mismatch(RequestId id, String why) {
        return new Classified.Refused(
                BAD_REQUEST, new JsonRpcError(id, McpErrorCode.HEADER_MISMATCH, "Header mismatch: " + why));
    }

    private static Classified.Message unsupportedVersion(RequestId id, String requested) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ProtocolVersion.modernTexts().forEach(data.putArray("supported")::add);
        data.put("requested", requested);
        return new Classified.Refused(
                BAD_REQUEST,
                new JsonRpcError(id, McpErrorCode.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", data));
    }
}
