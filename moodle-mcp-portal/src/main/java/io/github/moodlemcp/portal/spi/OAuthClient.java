package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A program that registered itself as a public OAuth client. Nobody has checked what it says of itself.
 *
 * @param id names it towards us
 * @param name what it calls itself, cleaned for display; at most 60 characters
 * @param redirectUris where codes for it may be sent; at least one
 * @param registered when it did so
 */
public record OAuthClient(String id, String name, List<String> redirectUris, Instant registered) {
    public OAuthClient {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        redirectUris = List.copyOf(redirectUris);
        requireNonNull(registered, "registered");
        if (redirectUris.isEmpty()) {
            throw new IllegalArgumentException("A client has at least one redirect address");
        }
    }
}
