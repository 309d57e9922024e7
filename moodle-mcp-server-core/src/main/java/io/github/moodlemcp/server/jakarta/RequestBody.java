package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a request body up to a limit. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Reads the body.
     *
     * @return the bytes, or nothing when the body is longer than the limit; what is beyond it is not read
     */
    static Optional<byte[]> read(InputStream body, HttpHeaders headers, int limit) throws IOException {
        if (isLonger(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH), limit)) {
            return Optional.empty();
        }
        byte[] bytes = body.readNBytes(limit + 1);
        return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }

    /** Whether a stated length is beyond the limit; one beyond all numbers is. */
    private static boolean isLonger(@Nullable String length, int limit) {
        try {
            return length != null && Long.parseLong(length.trim()) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
