package io.github.moodlemcp.portal.planted;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;

/** Knows of another module of ours. */
public record ReachesAside(JsonRpcRequest request) {}
