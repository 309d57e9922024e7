package io.github.moodlemcp.portal.oauth;

import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The OAuth clients that are known here: our extension, and those that registered. Safe for use by many threads. */
public final class Clients {
    private final ExtensionClient extension;
    private final OAuthClientStore registered;
    private final Audience mcp;

    /** @param mcp what registered clients may ask for */
    public Clients(ExtensionClient extension, OAuthClientStore registered, Audience mcp) {
        this.extension = extension;
        this.registered = registered;
        this.mcp = mcp;
    }

    /** The client of this id; empty for null and for what is not known. */
    Optional<Client> find(@Nullable String id) {
        if (id == null || !Registrations.isClientId(id)) {
            return ExtensionClient.ID.equals(id) ? Optional.of(extension) : Optional.empty();
        }
        return registered.find(id).map(registration -> new RegisteredClient(registration, mcp));
    }
}
