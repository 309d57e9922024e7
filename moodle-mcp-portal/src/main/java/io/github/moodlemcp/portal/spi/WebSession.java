package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser that is signed in to the portal.
 *
 * @param id the hash of the session id, which only the browser has
 * @param label names the browser for its owner, such as {@code Firefox on Windows}; at most 64 characters
 * @param lastSeen when the person last opened a page, exact to about a minute
 * @param expires the first instant at which it counts no more
 */
public record WebSession(
        SecretHash id, UUID accountId, String label, Instant created, Instant lastSeen, Instant expires) {
    public WebSession {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        requireNonNull(created, "created");
        requireNonNull(lastSeen, "lastSeen");
        requireNonNull(expires, "expires");
        if (label.length() > 64) {
            throw new IllegalArgumentException("A web session's label has at most 64 characters");
        }
    }
}
