package io.github.moodlemcp.protocol.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form {@code =?base64?…?=}, in which a client sends a value that no header can carry. */
public final class HeaderValue {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderValue() {}

    /** What the header means; empty when there is none, or when it is encoded wrongly. */
    public static Optional<String> decoded(@Nullable String header) {
        if (header == null
                || !header.startsWith(PREFIX)
                || !header.endsWith(SUFFIX)
                || header.length() < PREFIX.length() + SUFFIX.length()) {
            return Optional.ofNullable(header);
        }
        String encoded = header.substring(PREFIX.length(), header.length() - SUFFIX.length());
        try {
            byte[] utf8 = Base64.getDecoder().decode(encoded);
            // The decoder is content without padding and with bits that mean nothing; the protocol is not.
            if (!Base64.getEncoder().encodeToString(utf8).equals(encoded)) {
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
