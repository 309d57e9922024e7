package io.github.moodlemcp.protocol.jsonrpc;

/** One JSON-RPC 2.0 message: a request, a notification, or the response to a request. */
public sealed interface JsonRpcMessage permits JsonRpcRequest, JsonRpcNotification, JsonRpcResponse {}
