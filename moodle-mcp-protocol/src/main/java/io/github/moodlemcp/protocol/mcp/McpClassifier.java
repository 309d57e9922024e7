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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
            case Decoded.Single(var message) -> classifySingle(message, headers);
            case Decoded.Batch(var elements) -> classifyBatch(elements, headers);
        };
    }

    private static Classified classifySingle(JsonRpcMessage message, RequestHeaders headers) {
        return switch (message) {
            case JsonRpcRequest request -> classifyRequest(request, headers);
            case JsonRpcNotification ignored -> new Classified.Accepted();
            case JsonRpcResponse ignored -> new Classified.Accepted();
        };
    }

    private static Classified classifyRequest(JsonRpcRequest request, RequestHeaders headers) {
        JsonNode meta = request.params().path("_meta");
        boolean headerIsModern =
                headers.protocolVersion() != null && ProtocolVersion.namesModernEra(headers.protocolVersion());
        if (meta.has(MetaKey.PROTOCOL_VERSION)) {
            return classifyModern(request, meta, headers);
        }
        if (!headerIsModern) {
            return classifyLegacy(request, headers);
        }
        return "initialize".equals(request.method())
                ? mismatch(request.id(), "initialize belongs to revisions before 2026-07-28")
                : missingMeta(request.id(), MetaKey.PROTOCOL_VERSION);
    }

    private static Classified classifyModern(JsonRpcRequest request, JsonNode meta, RequestHeaders headers) {
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
        if (named != null && !Optional.of(named).equals(decodedName(headers.name()))) {
            return mismatch(id, "Mcp-Name must equal the name in the parameters");
        }
        Optional<ProtocolVersion> version = ProtocolVersion.of(claimed).filter(ProtocolVersion::isModern);
        if (version.isEmpty()) {
            return unsupportedVersion(id, claimed);
        }
        return new Classified.Request(request, version.get());
    }

    private static Classified classifyLegacy(JsonRpcRequest request, RequestHeaders headers) {
        if ("initialize".equals(request.method())) {
            String wanted = request.params().path("protocolVersion").asText("");
            ProtocolVersion version = ProtocolVersion.of(wanted)
                    .filter(known -> !known.isModern())
                    .orElse(ProtocolVersion.newestLegacy());
            return new Classified.Request(request, version);
        }
        if (headers.protocolVersion() == null) {
            return new Classified.Request(request, ProtocolVersion.newestLegacy());
        }
        return ProtocolVersion.of(headers.protocolVersion())
                .<Classified>map(version -> new Classified.Request(request, version))
                .orElseGet(() -> new Classified.Refused(
                        BAD_REQUEST,
                        new JsonRpcError(
                                request.id(),
                                JsonRpcErrorCode.INVALID_REQUEST,
                                "Unsupported protocol version in MCP-Protocol-Version; call initialize first")));
    }

    private static Classified classifyBatch(List<Decoded> elements, RequestHeaders headers) {
        boolean isOfItsRevision = headers.protocolVersion() == null
                || headers.protocolVersion().equals(ProtocolVersion.V2025_03_26.text());
        if (elements.isEmpty() || !isOfItsRevision || elements.stream().anyMatch(McpClassifier::isModern)) {
            return new Classified.Refused(
                    BAD_REQUEST,
                    new JsonRpcError(
                            null,
                            JsonRpcErrorCode.INVALID_REQUEST,
                            "Invalid request: send one message per POST; arrays belong to revision 2025-03-26"));
        }
        List<JsonRpcRequest> requests = new ArrayList<>();
        List<JsonRpcError> errors = new ArrayList<>();
        for (Decoded element : elements) {
            switch (element) {
                case Decoded.Invalid(var error) -> errors.add(error);
                case Decoded.Single(JsonRpcRequest request) -> requests.add(request);
                case Decoded.Single(var ignored) -> {}
                case Decoded.Batch nested ->
                    throw new IllegalStateException("The codec never nests batches: " + nested);
            }
        }
        return requests.isEmpty() && errors.isEmpty()
                ? new Classified.Accepted()
                : new Classified.Batch(requests, errors);
    }

    private static boolean isModern(Decoded element) {
        return element instanceof Decoded.Single(JsonRpcRequest request)
                && request.params().path("_meta").has(MetaKey.PROTOCOL_VERSION);
    }

    private static @Nullable String nameIn(JsonRpcRequest request) {
        String member = switch (request.method()) {
            case "tools/call", "prompts/get" -> "name";
            case "resources/read" -> "uri";
            default -> null;
        };
        return member == null ? null : request.params().path(member).textValue();
    }

    /** Undoes the form {@code =?base64?…?=}, in which a client sends a name that no header can carry. */
    private static Optional<String> decodedName(@Nullable String header) {
        if (header == null || !header.startsWith("=?base64?") || !header.endsWith("?=") || header.length() < 11) {
            return Optional.ofNullable(header);
        }
        try {
            byte[] utf8 = Base64.getDecoder().decode(header.substring(9, header.length() - 2));
            return Optional.of(new String(utf8, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Classified missingMeta(RequestId id, String key) {
        return new Classified.Refused(
                BAD_REQUEST,
                new JsonRpcError(id, JsonRpcErrorCode.INVALID_PARAMS, "Invalid params: missing _meta " + key));
    }

    private static Classified mismatch(RequestId id, String why) {
        return new Classified.Refused(
                BAD_REQUEST, new JsonRpcError(id, McpErrorCode.HEADER_MISMATCH, "Header mismatch: " + why));
    }

    private static Classified unsupportedVersion(RequestId id, String requested) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ProtocolVersion.modernTexts().forEach(data.putArray("supported")::add);
        data.put("requested", requested);
        return new Classified.Refused(
                BAD_REQUEST,
                new JsonRpcError(id, McpErrorCode.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", data));
    }
}
