package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.RequestHeaders;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.session.McpSession;
import io.github.moodlemcp.server.session.McpSessions;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a request to the MCP endpoint say.
 *
 * @param headers the headers by their names in any case; a copy, because a runtime may know a request on its own thread alone
 * @param sessionId the MCP session id that was sent, or null
 * @param session the session of that id, or null when it was not sent or is not known
 */
record Visit(
        Caller caller,
        SortedMap<String, String> headers,
        @Nullable String sessionId,
        @Nullable McpSession session) {
    private static final String SESSION_ID = "Mcp-Session-Id";

    static Visit of(CallerPrincipal principal, McpSessions sessions) {
        Caller caller = principal.caller();
        SortedMap<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        principal.request().getHeaders().forEach((name, values) -> byName.put(name, String.join(",", values)));
        String id = trimmed(byName, SESSION_ID);
        return new Visit(
                caller,
                byName,
                id,
                id == null ? null : sessions.find(id, caller.account()).orElse(null));
    }

    /** Whether a session was named that is not known. */
    boolean isOfLostSession() {
        return sessionId != null && session == null;
    }

    /** The headers that the protocol compares with the body. */
    RequestHeaders requestHeaders() {
        return new RequestHeaders(
                header("MCP-Protocol-Version"),
                header("Mcp-Method"),
                header("Mcp-Name"),
                session == null ? null : session.version());
    }

    /** The client as it described itself when the session was opened. */
    Client client() {
        return session == null ? Client.unknown() : session.client();
    }

    /** What the session is known by, for a request of this revision; null when it is of none. */
    @Nullable
    String sessionKey(ProtocolVersion version) {
        return session == null || version.isModern() ? null : session.id();
    }

    /** Whether the client accepts a stream; one that says nothing accepts everything (RFC 9110, section 12.5.1). */
    boolean takesEvents() {
        String accept = headers.get(HttpHeaders.ACCEPT);
        if (accept == null) {
            return true;
        }
        String lower = accept.toLowerCase(Locale.ROOT);
        return lower.contains("text/event-stream") || lower.contains("text/*") || lower.contains("*/*");
    }

    /** The header of this name without surrounding white space, or null. */
    @Nullable
    String header(String name) {
        return trimmed(headers, name);
    }

    private static @Nullable String trimmed(SortedMap<String, String> headers, String name) {
        String value = headers.get(name);
        return value == null ? null : value.trim();
    }
}
