package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a request body up to a limit. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Reads the body.
     *
     * @return the bytes, or nothing when the body is longer than the limit; what is beyond it is not read
     */
    static Optional<byte[]> read(InputStream body, HttpHeaders headers, int limit) throws IOException {
        if (headers.getLength() > limit) {
            return Optional.empty();
        }
        byte[] bytes = body.readNBytes(limit + 1);
        return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }
}
