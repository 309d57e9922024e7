package io.github.moodlemcp.protocol.jsonrpc;

/** The answer to a request: a result or an error, never both. */
public sealed interface JsonRpcResponse extends JsonRpcMessage permits JsonRpcResult, JsonRpcError {}
