package io.github.moodlemcp.server.jakarta;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a request body up to a limit. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Reads the body.
     *
     * @param statedLength the header {@code Content-Length}, or null; what it says is only taken for true when it is too long
     * @return the bytes, or nothing when the body is longer than the limit; what is beyond it is not read
     */
    static Optional<byte[]> read(InputStream body, @Nullable String statedLength, int limit) throws IOException {
        int expected = expected(statedLength, limit);
        if (expected > limit) {
            return Optional.empty();
        }
        // One byte more than there should be: it finds the end, in a buffer that is no larger than needed.
        byte[] bytes = body.readNBytes(expected + 1);
        if (bytes.length <= expected) {
            return Optional.of(bytes);
        }
        byte[] rest = body.readNBytes(limit + 1 - bytes.length);
        return bytes.length + rest.length > limit ? Optional.empty() : Optional.of(joined(bytes, rest));
    }

    private static byte[] joined(byte[] bytes, byte[] rest) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + rest.length);
        System.arraycopy(rest, 0, all, bytes.length, rest.length);
        return all;
    }

    /** The stated length; the limit when none is stated, and more than it when what is stated is more or no number. */
    private static int expected(@Nullable String length, int limit) {
        if (length == null) {
            return limit;
        }
        try {
            return (int) Math.min(Math.max(Long.parseLong(length.trim()), 0), limit + 1L);
        } catch (NumberFormatException e) {
            return limit + 1;
        }
    }
}
