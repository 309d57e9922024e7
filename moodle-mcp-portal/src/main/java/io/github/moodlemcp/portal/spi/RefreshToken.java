package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A refresh token to be stored.
 *
 * @param hash the hash of the token
 * @param expires the first instant at which it counts no more
 */
public record RefreshToken(SecretHash hash, Instant expires) {
    public RefreshToken {
        requireNonNull(hash, "hash");
        requireNonNull(expires, "expires");
    }
}
