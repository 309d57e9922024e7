package io.github.moodlemcp.protocol.jsonrpc;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call that expects no response.
 *
 * @param params the parameters by name; empty when the message had none. Not to be changed once handed over.
 */
public record JsonRpcNotification(String method, ObjectNode params) implements JsonRpcMessage {
    public JsonRpcNotification {
        requireNonNull(method, "method");
        requireNonNull(params, "params");
    }
}
