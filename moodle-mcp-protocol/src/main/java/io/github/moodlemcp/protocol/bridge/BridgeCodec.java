package io.github.moodlemcp.protocol.bridge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResult;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the frames of the bridge, for both of its ends. Safe for use by many threads.
 *
 * <p>Unknown members are ignored. Bad input becomes a {@code Malformed} frame, never an exception. A lone surrogate in a
 * text is read as U+FFFD.
 */
public final class BridgeCodec {
    private static final Pattern COMMAND_ID = Pattern.compile("[0-9a-f]{32}");

    private final JsonRpcCodec codec;
    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** @param maxFrameLength the longest frame that is read, in characters */
    public BridgeCodec(int maxFrameLength) {
        codec = new JsonRpcCodec(maxFrameLength);
    }

    /** Reads a frame that an extension sent. */
    public ExtensionFrame decodeExtensionFrame(String text) {
        return switch (codec.decode(text)) {
            case Decoded.Single(var message) -> {
                try {
                    yield extensionFrame(message);
                } catch (IllegalArgumentException | NullPointerException e) {
                    yield new ExtensionFrame.Malformed("a member is missing or of the wrong type");
                }
            }
            case Decoded.Batch ignored -> new ExtensionFrame.Malformed("a frame holds one message");
            case Decoded.Invalid ignored -> new ExtensionFrame.Malformed("not a JSON-RPC 2.0 message");
        };
    }

    /** Reads a frame that the service sent. */
    public ServiceFrame decodeServiceFrame(String text) {
        return switch (codec.decode(text)) {
            case Decoded.Single(var message) -> {
                try {
                    yield serviceFrame(message);
                } catch (IllegalArgumentException | NullPointerException e) {
                    yield new ServiceFrame.Malformed("a member is missing or of the wrong type");
                }
            }
            case Decoded.Batch ignored -> new ServiceFrame.Malformed("a frame holds one message");
            case Decoded.Invalid ignored -> new ServiceFrame.Malformed("not a JSON-RPC 2.0 message");
        };
    }

    /** Writes a frame of the service. */
    public String encode(ServiceFrame frame) {
        return codec.encodeText(toMessage(frame));
    }

    /** Writes a frame of an extension. */
    public String encode(ExtensionFrame frame) {
        return codec.encodeText(toMessage(frame));
    }

    private ExtensionFrame extensionFrame(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcRequest(var id, var method, var params) ->
                switch (method) {
                    case BridgeProtocol.HELLO -> new ExtensionFrame.HelloFrame(id, read(params, Hello.class));
                    case BridgeProtocol.PING -> new ExtensionFrame.Ping(id);
                    case BridgeProtocol.COMMAND_CLAIM -> new ExtensionFrame.Claim(id, commandId(params));
                    default -> new ExtensionFrame.UnknownRequest(id, method);
                };
            case JsonRpcNotification(var method, var params) ->
                switch (method) {
                    case BridgeProtocol.STATUS ->
                        new ExtensionFrame.Status(List.of(read(params.required("sites"), SiteState[].class)));
                    case BridgeProtocol.COMMAND_APPROVAL -> new ExtensionFrame.Approval(commandId(params));
                    case BridgeProtocol.COMMAND_PROGRESS ->
                        new ExtensionFrame.Progress(
                                commandId(params),
                                number(params, "progress"),
                                params.hasNonNull("total") ? number(params, "total") : null,
                                params.path("message").textValue());
                    default -> new ExtensionFrame.UnknownNotification(method);
                };
            case JsonRpcResult(var id, var result) -> new ExtensionFrame.Reply(replyTo(id), result);
            case JsonRpcError(var id, var code, var text, var data) ->
                new ExtensionFrame.Failure(replyTo(id), failureReason(code, data));
        };
    }

    private FailureReason failureReason(int code, @Nullable JsonNode data) {
        if (code == BridgeProtocol.COMMAND_FAILED
                && data != null
                && data.path("reason").isTextual()) {
            return read(data, FailureReason.class);
        }
        return new FailureReason(code == JsonRpcErrorCode.METHOD_NOT_FOUND ? "unknown_operation" : "internal");
    }

    private ServiceFrame serviceFrame(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcRequest(var id, var method, var params)
            when method.equals(BridgeProtocol.COMMAND_RUN) ->
                new ServiceFrame.Run(
                        replyTo(id),
                        text(params, "tool"),
                        object(params, "arguments"),
                        params.path("site").textValue(),
                        number(params, "remainingMs").longValue(),
                        text(params, "sideEffect"));
            case JsonRpcRequest ignored -> new ServiceFrame.Malformed("an unknown request");
            case JsonRpcNotification(var method, var params)
            when method.equals(BridgeProtocol.COMMAND_CANCEL) -> new ServiceFrame.Cancel(commandId(params));
            case JsonRpcNotification(var method, var params)
            when method.equals(BridgeProtocol.LIMIT_WARNING) ->
                new ServiceFrame.LimitWarning(number(params, "framesPerMinute").intValue());
            case JsonRpcNotification ignored -> new ServiceFrame.Malformed("an unknown notification");
            case JsonRpcResult(var id, var result) -> answer(id, result);
            case JsonRpcError(var id, var code, var text, var data)
            when id != null && code == JsonRpcErrorCode.METHOD_NOT_FOUND -> new ServiceFrame.UnknownMethod(id);
            case JsonRpcError ignored -> new ServiceFrame.Malformed("an unknown error");
        };
    }

    private ServiceFrame answer(RequestId id, JsonNode result) {
        if (result.has("connection")) {
            return new ServiceFrame.Welcome(
                    id,
                    text(result, "connection"),
                    number(result, "heartbeatSeconds").intValue(),
                    read(result.required("limits"), ServiceFrame.Limits.class),
                    read(result.required("server"), ServiceFrame.Server.class));
        }
        if (result.has("granted")) {
            boolean granted = result.get("granted").asBoolean();
            return new ServiceFrame.ClaimAnswer(
                    id, granted ? null : result.path("reason").asText("unknown"));
        }
        return new ServiceFrame.Pong(id);
    }

    private JsonRpcMessage toMessage(ServiceFrame frame) {
        return switch (frame) {
            case ServiceFrame.Welcome(var id, var connection, var heartbeat, var limits, var server) -> {
                ObjectNode result = object().put("connection", connection).put("heartbeatSeconds", heartbeat);
                result.set("limits", mapper.valueToTree(limits));
                result.set("server", mapper.valueToTree(server));
                yield new JsonRpcResult(id, result);
            }
            case ServiceFrame.Pong(var id) -> new JsonRpcResult(id, object());
            case ServiceFrame.ClaimAnswer(var id, var refusal) -> {
                ObjectNode result = object().put("granted", refusal == null);
                yield new JsonRpcResult(id, refusal == null ? result : result.put("reason", refusal));
            }
            case ServiceFrame.Run(var command, var tool, var arguments, var site, var remainingMs, var sideEffect) -> {
                ObjectNode params = object().put("tool", tool);
                params.set("arguments", arguments);
                if (site != null) {
                    params.put("site", site);
                }
                params.put("remainingMs", remainingMs).put("sideEffect", sideEffect);
                yield new JsonRpcRequest(new RequestId.Text(command), BridgeProtocol.COMMAND_RUN, params);
            }
            case ServiceFrame.Cancel(var command) ->
                new JsonRpcNotification(BridgeProtocol.COMMAND_CANCEL, object().put("command", command));
            case ServiceFrame.LimitWarning(var framesPerMinute) ->
                new JsonRpcNotification(BridgeProtocol.LIMIT_WARNING, object().put("framesPerMinute", framesPerMinute));
            case ServiceFrame.UnknownMethod(var id) ->
                new JsonRpcError(id, JsonRpcErrorCode.METHOD_NOT_FOUND, "Method not found");
            case ServiceFrame.Malformed(var why) -> throw new IllegalArgumentException("Cannot be written: " + why);
        };
    }

    private JsonRpcMessage toMessage(ExtensionFrame frame) {
        return switch (frame) {
            case ExtensionFrame.HelloFrame(var id, var hello) ->
                new JsonRpcRequest(id, BridgeProtocol.HELLO, mapper.valueToTree(hello));
            case ExtensionFrame.Ping(var id) -> new JsonRpcRequest(id, BridgeProtocol.PING, object());
            case ExtensionFrame.Status(var sites) -> {
                ObjectNode params = object();
                params.set("sites", mapper.valueToTree(sites));
                yield new JsonRpcNotification(BridgeProtocol.STATUS, params);
            }
            case ExtensionFrame.Approval(var command) ->
                new JsonRpcNotification(BridgeProtocol.COMMAND_APPROVAL, object().put("command", command));
            case ExtensionFrame.Claim(var id, var command) ->
                new JsonRpcRequest(id, BridgeProtocol.COMMAND_CLAIM, object().put("command", command));
            case ExtensionFrame.Progress progress ->
                new JsonRpcNotification(BridgeProtocol.COMMAND_PROGRESS, mapper.valueToTree(progress));
            case ExtensionFrame.Reply(var command, var result) ->
                new JsonRpcResult(new RequestId.Text(command), result);
            case ExtensionFrame.Failure(var command, var reason) ->
                new JsonRpcError(
                        new RequestId.Text(command),
                        BridgeProtocol.COMMAND_FAILED,
                        "The operation failed.",
                        mapper.valueToTree(reason));
            case ExtensionFrame.UnknownRequest(var id, var method) -> new JsonRpcRequest(id, method, object());
            case ExtensionFrame.UnknownNotification(var method) -> new JsonRpcNotification(method, object());
            case ExtensionFrame.Malformed(var why) -> throw new IllegalArgumentException("Cannot be written: " + why);
        };
    }

    private ObjectNode object() {
        return mapper.createObjectNode();
    }

    private <T> T read(JsonNode node, Class<T> type) {
        return mapper.convertValue(node, type);
    }

    private static String text(JsonNode object, String name) {
        JsonNode member = object.required(name);
        if (!member.isTextual()) {
            throw new IllegalArgumentException(name);
        }
        return member.textValue();
    }

    private static BigDecimal number(JsonNode object, String name) {
        JsonNode member = object.required(name);
        if (!member.isNumber()) {
            throw new IllegalArgumentException(name);
        }
        return member.decimalValue();
    }

    private static ObjectNode object(JsonNode object, String name) {
        if (object.required(name) instanceof ObjectNode member) {
            return member;
        }
        throw new IllegalArgumentException(name);
    }

    private static String commandId(ObjectNode params) {
        String id = params.path("command").textValue();
        if (id == null || !COMMAND_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("command");
        }
        return id;
    }

    /** The command a reply names; text that is no command id is kept, so that it counts as a reply without a command. */
    private static String replyTo(@Nullable RequestId id) {
        return switch (id) {
            case RequestId.Text(var value) -> value;
            case RequestId.Number(var value) -> Long.toString(value);
            case null -> "";
        };
    }
}
