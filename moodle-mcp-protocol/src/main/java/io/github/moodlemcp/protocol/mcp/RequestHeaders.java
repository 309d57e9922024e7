package io.github.moodlemcp.protocol.mcp;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that the protocol compares with its body.
 *
 * @param protocolVersion {@code MCP-Protocol-Version}, without surrounding white space, or null
 * @param method {@code Mcp-Method}, likewise
 * @param name {@code Mcp-Name}, likewise; still encoded when the client encoded it
 * @param sessionVersion the revision that the MCP session was opened with, or null when the request is of none
 */
public record RequestHeaders(
        @Nullable String protocolVersion,
        @Nullable String method,
        @Nullable String name,
        @Nullable ProtocolVersion sessionVersion) {

    /** The headers of a request that belongs to no MCP session. */
    public RequestHeaders(@Nullable String protocolVersion, @Nullable String method, @Nullable String name) {
        this(protocolVersion, method, name, null);
    }
}
