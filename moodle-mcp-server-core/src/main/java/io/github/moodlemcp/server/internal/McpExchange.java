package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.feature.Client;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated request and what is known about it; created at the door, never changed.
 *
 * @param sessionId names the MCP session for what is remembered of it, or null when the request is of none
 * @param headers finds a header of the request by its name; null when it has none of that name
 */
public record McpExchange(
        Caller caller,
        JsonRpcRequest request,
        ProtocolVersion version,
        Client client,
        @Nullable String sessionId,
        Deadline deadline,
        Cancellation cancellation,
        Outbound outbound,
        UnaryOperator<@Nullable String> headers) {

    /** The same exchange in a later round, with the time that round may take. */
    McpExchange withDeadline(Deadline later) {
        return new McpExchange(caller, request, version, client, sessionId, later, cancellation, outbound, headers);
    }
}
