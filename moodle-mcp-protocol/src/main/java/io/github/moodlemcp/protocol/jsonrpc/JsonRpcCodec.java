package io.github.moodlemcp.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON-RPC 2.0 messages.
 *
 * <p>Reading is strict: duplicate names, trailing tokens, nesting deeper than 64 and numbers longer than 64 digits are
 * parse errors. Safe for use by many threads.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0 Specification</a>
 */
public final class JsonRpcCodec {
    private static final long MAX_SAFE_INTEGER = 1L << 53;

    private final ObjectMapper mapper;

    /**
     * @param maxDocumentLength the longest document that is read, in bytes (or characters of a text); at least 1
     */
    public JsonRpcCodec(int maxDocumentLength) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxNumberLength(64)
                .maxNameLength(256)
                .maxStringLength(maxDocumentLength)
                .maxDocumentLength(maxDocumentLength)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Reads a UTF-8 document; never null and never an exception for bad input. */
    public Decoded decode(byte[] utf8) {
        try {
            return decode(mapper.readTree(utf8));
        } catch (JsonProcessingException e) {
            return invalid(null, JsonRpcErrorCode.PARSE_ERROR, "Parse error: the body is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text; never null and never an exception for bad input. */
    public Decoded decode(String text) {
        try {
            return decode(mapper.readTree(text));
        } catch (JsonProcessingException e) {
            return invalid(null, JsonRpcErrorCode.PARSE_ERROR, "Parse error: the text is not valid JSON");
        }
    }

    /** Writes a message as UTF-8. */
    public byte[] encode(JsonRpcMessage message) {
        try {
            return mapper.writeValueAsBytes(toTree(message));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a message as text. */
    public String encodeText(JsonRpcMessage message) {
        return toTree(message).toString();
    }

    /** Writes the responses of a batch as one UTF-8 array. */
    public byte[] encodeBatch(List<? extends JsonRpcMessage> messages) {
        try {
            return mapper.writeValueAsBytes(
                    messages.stream().map(JsonRpcCodec::toTree).toList());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Decoded decode(@Nullable JsonNode document) {
        if (document == null || document.isMissingNode()) {
            return invalid(null, JsonRpcErrorCode.PARSE_ERROR, "Parse error: the body is empty");
        }
        if (!document.isArray()) {
            return decodeMessage(document);
        }
        List<Decoded> elements = new ArrayList<>(document.size());
        document.forEach(element -> elements.add(decodeMessage(element)));
        return new Decoded.Batch(elements);
    }

    private static Decoded decodeMessage(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return invalidRequest(null, "a message is a JSON object");
        }
        JsonNode idNode = object.get("id");
        RequestId id = requestId(idNode);
        if (!"2.0".equals(object.path("jsonrpc").textValue())) {
            return invalidRequest(id, "member jsonrpc must be \"2.0\"");
        }
        if (object.has("method")) {
            return decodeCall(object, idNode, id);
        }
        if (object.has("result") == object.has("error")) {
            return invalidRequest(id, "a message has a method, a result or an error");
        }
        return decodeResponse(object, idNode, id);
    }

    private static Decoded decodeCall(ObjectNode object, @Nullable JsonNode idNode, @Nullable RequestId id) {
        String method = object.get("method").textValue();
        if (method == null || method.isEmpty()) {
            return invalidRequest(id, "member method must be a string");
        }
        JsonNode paramsNode = object.get("params");
        ObjectNode params;
        if (paramsNode == null) {
            params = JsonNodeFactory.instance.objectNode();
        } else if (paramsNode instanceof ObjectNode given) {
            params = given;
        } else {
            return invalidRequest(id, "member params must be an object");
        }
        if (idNode == null) {
            return new Decoded.Single(new JsonRpcNotification(method, params));
        }
        if (id == null) {
            return invalidRequest(null, "member id must be a string or an integer");
        }
        return new Decoded.Single(new JsonRpcRequest(id, method, params));
    }

    private static Decoded decodeResponse(ObjectNode object, @Nullable JsonNode idNode, @Nullable RequestId id) {
        if (object.has("result")) {
            return id == null
                    ? invalidRequest(null, "member id must be a string or an integer")
                    : new Decoded.Single(new JsonRpcResult(id, object.get("result")));
        }
        JsonNode error = object.get("error");
        boolean idIsReadable = id != null || idNode == null || idNode.isNull();
        if (!idIsReadable
                || !error.path("code").isInt()
                || !error.path("message").isTextual()) {
            return invalidRequest(id, "member error must have an integer code and a message");
        }
        return new Decoded.Single(new JsonRpcError(
                id, error.get("code").intValue(), error.get("message").textValue(), error.get("data")));
    }

    private static @Nullable RequestId requestId(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isTextual() && node.textValue().length() <= RequestId.MAX_TEXT_LENGTH) {
            return new RequestId.Text(node.textValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= MAX_SAFE_INTEGER) {
            return new RequestId.Number(node.longValue());
        }
        return null;
    }

    private static ObjectNode toTree(JsonRpcMessage message) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        switch (message) {
            case JsonRpcRequest(var id, var method, var params) -> {
                putId(tree, id);
                tree.put("method", method).set("params", params);
            }
            case JsonRpcNotification(var method, var params) ->
                tree.put("method", method).set("params", params);
            case JsonRpcResult(var id, var result) -> {
                putId(tree, id);
                tree.set("result", result);
            }
            case JsonRpcError(var id, var code, var text, var data) -> {
                putId(tree, id);
                ObjectNode error = tree.putObject("error").put("code", code).put("message", text);
                if (data != null) {
                    error.set("data", data);
                }
            }
        }
        return tree;
    }

    private static void putId(ObjectNode tree, @Nullable RequestId id) {
        switch (id) {
            case null -> tree.putNull("id");
            case RequestId.Text(var value) -> tree.put("id", value);
            case RequestId.Number(var value) -> tree.put("id", value);
        }
    }

    private static Decoded invalidRequest(@Nullable RequestId id, String why) {
        return invalid(id, JsonRpcErrorCode.INVALID_REQUEST, "Invalid request: " + why);
    }

    private static Decoded invalid(@Nullable RequestId id, int code, String message) {
        return new Decoded.Invalid(new JsonRpcError(id, code, message));
    }
}
