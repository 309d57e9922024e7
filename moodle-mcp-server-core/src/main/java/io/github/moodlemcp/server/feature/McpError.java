package io.github.moodlemcp.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request in a JSON-RPC error instead of a result: for requests that are wrong as such. What goes wrong in a tool's
 * own world is a result that says so.
 */
public class McpError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final transient @Nullable JsonNode data;

    /**
     * @param code one of JSON-RPC's or the protocol's codes, or an own one outside -32768 to -32000
     * @param message one sentence for the client; never a secret
     * @param data what a program may read, or null
     */
    public McpError(int code, String message, @Nullable JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** The code of the error. */
    public int code() {
        return code;
    }

    /** What a program may read, or null. */
    public @Nullable JsonNode data() {
        return data;
    }

    /** The message of the error; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
