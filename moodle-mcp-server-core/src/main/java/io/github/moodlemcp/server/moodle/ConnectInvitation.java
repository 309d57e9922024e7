package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Sends a person without a connected browser to the page that connects one, where the client can show it. Only since
 * 2026-07-28: before, the client is given an error for it, which tells a model less than the words of the tool.
 */
final class ConnectInvitation {
    private static final String KEY = "connect_browser";
    private static final int ID_BYTES = 16;

    private final URI page;
    private final SecureRandom random;

    ConnectInvitation(URI publicUrl, SecureRandom random) {
        this.page = URI.create(publicUrl + "/extension");
        this.random = random;
    }

    /** The invitation, in the first round of a request alone: whatever the person makes of it, the next one is answered. */
    Optional<McpResult.InputRequired> offer(McpCall call) {
        boolean isFirstRound = call.input().byKey().isEmpty() && call.input().state() == null;
        if (!isFirstRound || !call.version().isModern() || !call.client().can(ClientCapability.ELICITATION_URL)) {
            return Optional.empty();
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        InputRequest request = new InputRequest.Url(
                "No browser is connected to Moodle MCP. This page helps you to install or to connect the browser extension; "
                        + "come back here when its window says “Connected”.",
                page,
                HexFormat.of().formatHex(id));
        return Optional.of(McpResult.InputRequired.of(KEY, request));
    }
}
