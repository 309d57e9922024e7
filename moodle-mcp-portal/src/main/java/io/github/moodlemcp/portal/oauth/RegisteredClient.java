package io.github.moodlemcp.portal.oauth;

import io.github.moodlemcp.portal.spi.OAuthClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that registered itself or publishes a document, and may ask for access to the MCP endpoint. */
record RegisteredClient(OAuthClient registration, Audience audience) implements Client {
    @Override
    public String id() {
        return registration.id();
    }

    @Override
    public String name() {
        return registration.name();
    }

    @Override
    public Optional<String> host() {
        return DocumentAddress.of(registration.id()).map(URI::getHost);
    }

    @Override
    public Optional<URI> redirectUri(@Nullable String asked) {
        return RedirectUris.match(registration.redirectUris(), asked);
    }
}
