package io.github.moodlemcp.protocol.mcp;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that the protocol compares with its body.
 *
 * @param protocolVersion {@code MCP-Protocol-Version}, without surrounding white space, or null
 * @param method {@code Mcp-Method}, likewise
 * @param name {@code Mcp-Name}, likewise; still encoded when the client encoded it
 */
public record RequestHeaders(
        @Nullable String protocolVersion,
        @Nullable String method,
        @Nullable String name) {}
