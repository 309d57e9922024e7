package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A link that signs its holder in once.
 *
 * @param hash the hash of the link's token
 * @param expires the first instant at which it counts no more
 */
public record OneTimeLink(SecretHash hash, UUID accountId, Instant expires) {
    public OneTimeLink {
        requireNonNull(hash, "hash");
        requireNonNull(accountId, "accountId");
        requireNonNull(expires, "expires");
    }
}
