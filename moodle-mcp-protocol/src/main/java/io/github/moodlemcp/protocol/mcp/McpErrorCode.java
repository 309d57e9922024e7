package io.github.moodlemcp.protocol.mcp;

/** The error codes that the Model Context Protocol adds to JSON-RPC (revision 2026-07-28, «Error Codes»). */
public final class McpErrorCode {
    /** A header disagrees with the body, or a required header is missing. */
    public static final int HEADER_MISMATCH = -32020;
    /** The client did not declare a capability that the request needs. */
    public static final int MISSING_CLIENT_CAPABILITY = -32021;
    /** The protocol version is not served. */
    public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;
    /** There is no such resource; only in revisions before 2026-07-28. */
    public static final int LEGACY_RESOURCE_NOT_FOUND = -32002;
    /** The person must open an address first; only in revision 2025-11-25. */
    public static final int LEGACY_URL_ELICITATION_REQUIRED = -32042;

    private McpErrorCode() {}
}
