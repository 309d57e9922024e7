package io.github.moodlemcp.protocol.jsonrpc;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** A successful response. */
public record JsonRpcResult(RequestId id, JsonNode result) implements JsonRpcResponse {
    public JsonRpcResult {
        requireNonNull(id, "id");
        requireNonNull(result, "result");
    }
}
