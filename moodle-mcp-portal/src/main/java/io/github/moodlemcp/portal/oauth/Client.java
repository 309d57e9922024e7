package io.github.moodlemcp.portal.oauth;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An OAuth client that is known here. Immutable. */
public interface Client {
    /** Names it in requests. */
    String id();

    /** Names it for people. */
    String name();

    /** What it may ask for. */
    Audience audience();

    /** The host that publishes who the client is; empty for one that only says it of itself. */
    default Optional<String> host() {
        return Optional.empty();
    }

    /** The address as a URI if codes for this client may be sent there; empty for anything else. */
    Optional<URI> redirectUri(@Nullable String asked);
}
