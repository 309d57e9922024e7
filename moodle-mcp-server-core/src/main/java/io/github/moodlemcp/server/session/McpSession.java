package io.github.moodlemcp.server.session;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.Client;

/**
 * What a client and the server agreed on in {@code initialize}, as the session id itself says it.
 *
 * @param id the value of {@code Mcp-Session-Id}
 */
public record McpSession(String id, ProtocolVersion version, Client client) {
    public McpSession {
        requireNonNull(id, "id");
        requireNonNull(version, "version");
        requireNonNull(client, "client");
    }
}
