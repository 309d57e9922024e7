package io.github.moodlemcp.protocol.jsonrpc;

import org.jspecify.annotations.Nullable;

/** The answer to a request: a result or an error, never both. */
public sealed interface JsonRpcResponse extends JsonRpcMessage permits JsonRpcResult, JsonRpcError {

    /** The id of the request; null only in an error for one whose id could not be read. */
    @Nullable
    RequestId id();
}
