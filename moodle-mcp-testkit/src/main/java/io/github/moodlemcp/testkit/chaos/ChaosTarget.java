package io.github.moodlemcp.testkit.chaos;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The service that is put through chaos. It must run on this machine and serve two tools that a browser carries out, each
 * with one required argument {@code errand}, a text: see {@link #READ_TOOL} and {@link #WRITE_TOOL}.
 *
 * @param mcp the MCP endpoint, such as {@code http://127.0.0.1:8080/mcp}
 * @param webSocket where extensions connect, such as {@code ws://127.0.0.1:8080/ws}
 * @param origin an origin that extensions may have
 * @param requestDeadline how long the service lets a call wait
 * @param members whose callers and browsers take part; at least two
 */
public record ChaosTarget(URI mcp, URI webSocket, String origin, Duration requestDeadline, List<Member> members) {

    /** The definition of the tool that reads, for {@code MoodleMcpServer.Builder.browserTool}. */
    public static final String READ_TOOL = tool("chaos_read", "read", true);

    /** The definition of the tool that writes, for {@code MoodleMcpServer.Builder.browserTool}. */
    public static final String WRITE_TOOL = tool("chaos_write", "write", false);

    public ChaosTarget {
        requireNonNull(mcp, "mcp");
        requireNonNull(webSocket, "webSocket");
        requireNonNull(origin, "origin");
        requireNonNull(requestDeadline, "requestDeadline");
        members = List.copyOf(members);
        if (members.size() < 2) {
            throw new IllegalArgumentException("Nothing can be misrouted among fewer than two accounts");
        }
    }

    /**
     * One account.
     *
     * @param callerKey the key of its MCP clients
     * @param extensionToken the token of its extensions
     */
    public record Member(String account, String callerKey, String extensionToken) {
        public Member {
            requireNonNull(account, "account");
            requireNonNull(callerKey, "callerKey");
            requireNonNull(extensionToken, "extensionToken");
        }
    }

    private static String tool(String name, String sideEffect, boolean isReadOnly) {
        return """
                {
                  "name": "%s",
                  "title": "Run an errand",
                  "description": "Runs an errand that nobody else has.",
                  "sideEffect": "%s",
                  "toolset": "chaos",
                  "scope": "%s",
                  "inputSchema": {
                    "type": "object",
                    "properties": {
                      "errand": {"type": "string", "description": "Names the errand."},
                      "browser": {"type": "string", "description": "Which browser."}
                    },
                    "required": ["errand"],
                    "additionalProperties": false
                  },
                  "annotations": {"readOnlyHint": %s, "destructiveHint": false, "idempotentHint": false, "openWorldHint": true}
                }
                """.formatted(name, sideEffect, isReadOnly ? "moodle:read" : "moodle:write", isReadOnly);
    }
}
