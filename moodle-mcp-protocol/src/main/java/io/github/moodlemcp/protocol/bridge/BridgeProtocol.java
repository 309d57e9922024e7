package io.github.moodlemcp.protocol.bridge;

/** The constants of the bridge protocol; see {@code docs/reference/bridge-protocol.md}. */
public final class BridgeProtocol {
    /** The protocol version that is served. */
    public static final int VERSION = 1;
    /** The subprotocol both sides agree on at the handshake. */
    public static final String SUBPROTOCOL = "moodle-mcp.v1";
    /** What the subprotocol that carries the access token begins with. */
    public static final String TOKEN_SUBPROTOCOL_PREFIX = "bearer.";

    public static final String HELLO = "hello";
    public static final String PING = "ping";
    public static final String STATUS = "status";
    public static final String COMMAND_RUN = "command/run";
    public static final String COMMAND_CANCEL = "command/cancel";
    public static final String COMMAND_APPROVAL = "command/approval";
    public static final String COMMAND_CLAIM = "command/claim";
    public static final String COMMAND_PROGRESS = "command/progress";
    public static final String LIMIT_WARNING = "limit/warning";

    /** The JSON-RPC code of a command that failed; {@code data.reason} says why. */
    public static final int COMMAND_FAILED = -32000;

    private BridgeProtocol() {}
}
