package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;

/** One authenticated request and what is known about it; created at the door, never changed. */
public record McpExchange(Caller caller, JsonRpcRequest request, ProtocolVersion version, Deadline deadline) {}
