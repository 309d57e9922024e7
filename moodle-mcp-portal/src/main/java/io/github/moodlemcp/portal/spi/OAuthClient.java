package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A program that is known as an OAuth client, because it registered itself or publishes a document about itself. Nobody has
 * checked what it says.
 *
 * @param id names it towards us; for one with a document, the document's address
 * @param name what it calls itself, cleaned for display; at most 60 characters
 * @param redirectUris where codes for it may be sent; at least one
 * @param registered when it became known
 * @param proof how it proves that it is itself
 */
public record OAuthClient(String id, String name, List<String> redirectUris, Instant registered, ClientProof proof) {
    public OAuthClient {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        redirectUris = List.copyOf(redirectUris);
        requireNonNull(registered, "registered");
        requireNonNull(proof, "proof");
        if (redirectUris.isEmpty()) {
            throw new IllegalArgumentException("A client has at least one redirect address");
        }
    }

    /** A public client. */
    public OAuthClient(String id, String name, List<String> redirectUris, Instant registered) {
        this(id, name, redirectUris, registered, new ClientProof.None());
    }
}
