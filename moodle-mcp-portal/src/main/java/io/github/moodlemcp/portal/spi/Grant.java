package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * What a person allowed a client: the authorization code and the whole family of refresh tokens belong to it and end
 * with it.
 *
 * @param clientId the OAuth client
 * @param resource what its access tokens are for, as a URL
 * @param scope the scopes allowed, separated by spaces
 * @param label names the person's browser, such as {@code Chrome on Linux}; at most 64 characters
 * @param created when the person allowed it
 */
public record Grant(
        UUID id, UUID accountId, String clientId, String resource, String scope, String label, Instant created) {
    public Grant {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        requireNonNull(clientId, "clientId");
        requireNonNull(resource, "resource");
        requireNonNull(scope, "scope");
        requireNonNull(created, "created");
        if (label.length() > 64) {
            throw new IllegalArgumentException("A grant's label has at most 64 characters");
        }
    }
}
