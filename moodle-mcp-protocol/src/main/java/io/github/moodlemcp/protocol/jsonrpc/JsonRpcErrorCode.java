package io.github.moodlemcp.protocol.jsonrpc;

/** The error codes of JSON-RPC 2.0, section 5.1. */
public final class JsonRpcErrorCode {
    /** The text is not JSON. */
    public static final int PARSE_ERROR = -32700;
    /** The JSON is not a request. */
    public static final int INVALID_REQUEST = -32600;
    /** The method does not exist here. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The parameters do not fit the method. */
    public static final int INVALID_PARAMS = -32602;
    /** A defect of the server. */
    public static final int INTERNAL_ERROR = -32603;

    private JsonRpcErrorCode() {}
}
