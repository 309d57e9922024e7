package io.github.moodlemcp.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON-RPC 2.0 messages.
 *
 * <p>Reading is strict: a document is UTF-8 without a byte order mark; duplicate names and trailing tokens are parse
 * errors, and so is what exceeds a limit: the length given, 64 levels, 200,000 tokens, names of 256 characters, numbers of
 * 64 digits with exponents to 400. Decimals are kept as they were sent. A batch has at most 100 messages. What is written is
 * UTF-8 whatever the strings of a message hold. Safe for use by many threads.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0 Specification</a>
 */
public final class JsonRpcCodec {
    private static final int MAX_BATCH = 100;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 200_000;
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final long MAX_SAFE_INTEGER = 1L << 53;

    private final int maxDocumentLength;
    private final ObjectMapper mapper;

    /**
     * @param maxDocumentLength the longest document that is read, in bytes (or characters of a text); at least 1
     */
    public JsonRpcCodec(int maxDocumentLength) {
        this.maxDocumentLength = maxDocumentLength;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxTokenCount(MAX_TOKENS)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxStringLength(maxDocumentLength)
                .maxDocumentLength(maxDocumentLength)
                .build();
        // Names are not kept between documents: hostile ones would fill the table that all threads share.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Reads a UTF-8 document; never null and never an exception for bad input. */
    public Decoded decode(byte[] utf8) {
        if (utf8.length > maxDocumentLength) {
            return limitExceeded();
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        boolean isUtf8 = text.indexOf('\uFFFD') < 0 || Arrays.equals(utf8, text.getBytes(StandardCharsets.UTF_8));
        return isUtf8 && Surrogates.arePaired(text) ? decodeDocument(text) : notJson();
    }

    /**
     * Reads a text; never null and never an exception for bad input. A lone surrogate in it, as an answer that was cut by
     * length may end with, is read as U+FFFD.
     */
    public Decoded decode(String text) {
        return text.length() > maxDocumentLength ? limitExceeded() : decodeDocument(Surrogates.mend(text));
    }

    /** Writes a message as UTF-8. */
    public byte[] encode(JsonRpcMessage message) {
        return encodeText(message).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a message as text, which can be written as UTF-8. */
    public String encodeText(JsonRpcMessage message) {
        return Surrogates.mend(JsonWriter.text(toTree(message)));
    }

    /** Writes the responses of a batch as one UTF-8 array. */
    public byte[] encodeBatch(List<? extends JsonRpcMessage> messages) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(messages.size());
        messages.forEach(message -> array.add(toTree(message)));
        return Surrogates.mend(JsonWriter.text(array)).getBytes(StandardCharsets.UTF_8);
    }

    /** The request id that this JSON is: a text or an integer of the lengths that are accepted. */
    public static Optional<RequestId> idIn(@Nullable JsonNode node) {
        return Optional.ofNullable(requestId(node));
    }

    private Decoded decodeDocument(String text) {
        try (JsonParser parser = new BoundedDecimals(mapper.createParser(text))) {
            return decodeTree(mapper.readTree(parser));
        } catch (StreamConstraintsException e) {
            return limitExceeded();
        } catch (JsonProcessingException e) {
            return notJson();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Decoded decodeTree(@Nullable JsonNode document) {
        if (document == null || document.isMissingNode()) {
            return invalid(
                    null, JsonRpcErrorCode.PARSE_ERROR, "Parse error: nothing was sent. Send one JSON-RPC message");
        }
        if (!document.isArray()) {
            return decodeMessage(document);
        }
        if (document.size() > MAX_BATCH) {
            return invalidRequest(null, "an array holds at most " + MAX_BATCH + " messages");
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
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return null;
        }
        long value = node.longValue();
        return -MAX_SAFE_INTEGER <= value && value <= MAX_SAFE_INTEGER ? new RequestId.Number(value) : null;
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

    /** An id that could not be read is left out, as MCP has it; JSON-RPC itself would write null, which MCP does not know. */
    private static void putId(ObjectNode tree, @Nullable RequestId id) {
        switch (id) {
            case null -> {}
            case RequestId.Text(var value) -> tree.put("id", value);
            case RequestId.Number(var value) -> tree.put("id", value);
        }
    }

    private static Decoded notJson() {
        return invalid(
                null,
                JsonRpcErrorCode.PARSE_ERROR,
                "Parse error: this is not valid JSON. Send one JSON-RPC message in UTF-8, without duplicate names");
    }

    private Decoded limitExceeded() {
        return invalid(
                null,
                JsonRpcErrorCode.PARSE_ERROR,
                ("Parse error: the JSON exceeds a limit. Send at most %d bytes, %d levels, %d tokens, names of %d characters,"
                                + " numbers of %d digits and exponents to %d")
                        .formatted(
                                maxDocumentLength,
                                MAX_DEPTH,
                                MAX_TOKENS,
                                MAX_NAME_LENGTH,
                                MAX_NUMBER_LENGTH,
                                BoundedDecimals.MAX_EXPONENT));
    }

    private static Decoded invalidRequest(@Nullable RequestId id, String why) {
        return invalid(id, JsonRpcErrorCode.INVALID_REQUEST, "Invalid request: " + why);
    }

    private static Decoded invalid(@Nullable RequestId id, int code, String message) {
        return new Decoded.Invalid(new JsonRpcError(id, code, message));
    }
}
