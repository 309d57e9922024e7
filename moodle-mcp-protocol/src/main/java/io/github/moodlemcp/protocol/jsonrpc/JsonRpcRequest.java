package io.github.moodlemcp.protocol.jsonrpc;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call that expects exactly one response with the same id.
 *
 * @param params the parameters by name; empty when the message had none. Not to be changed once handed over.
 */
public record JsonRpcRequest(RequestId id, String method, ObjectNode params) implements JsonRpcMessage {
    public JsonRpcRequest {
        requireNonNull(id, "id");
        requireNonNull(method, "method");
        requireNonNull(params, "params");
    }
}
