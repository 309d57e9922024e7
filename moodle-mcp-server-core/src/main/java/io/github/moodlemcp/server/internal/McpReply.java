package io.github.moodlemcp.server.internal;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request.
 *
 * @param status the HTTP status
 * @param missingScope the scope whose lack is the reason of a 403, or null
 */
public record McpReply(
        int status, JsonRpcResponse response, @Nullable String missingScope) {
    public McpReply {
        requireNonNull(response, "response");
    }
}
