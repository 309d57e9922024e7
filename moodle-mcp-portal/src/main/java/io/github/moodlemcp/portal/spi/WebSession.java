package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser that is signed in to the portal.
 *
 * @param id the hash of the session id, which only the browser has
 * @param expires the first instant at which it counts no more
 */
public record WebSession(SecretHash id, UUID accountId, Instant created, Instant expires) {
    public WebSession {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        requireNonNull(created, "created");
        requireNonNull(expires, "expires");
    }
}
