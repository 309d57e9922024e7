package io.github.moodlemcp.protocol.jsonrpc;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An error response.
 *
 * @param id the id of the request; null only where it could not be read
 * @param code one of {@link JsonRpcErrorCode}, or a code the protocol above defines
 * @param message one sentence; never a secret or text from Moodle
 * @param data what a program may read, or null
 */
public record JsonRpcError(
        @Nullable RequestId id,
        int code,
        String message,
        @Nullable JsonNode data) implements JsonRpcResponse {
    public JsonRpcError {
        requireNonNull(message, "message");
    }

    /** An error without data. */
    public JsonRpcError(@Nullable RequestId id, int code, String message) {
        this(id, code, message, null);
    }
}
