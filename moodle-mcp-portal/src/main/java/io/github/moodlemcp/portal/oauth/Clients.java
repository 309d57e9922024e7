package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The OAuth clients that are known here: our extension, and those that registered. Safe for use by many threads. */
public final class Clients {
    /** What a caller is told that is none of the clients, or did not prove to be the one it says. */
    static final ErrorObject UNKNOWN = OpenForms.error(
            OAuth2Error.INVALID_CLIENT.getCode(),
            "The client is not known. Register it, and send client_id and no secret.");

    private final ExtensionClient extension;
    private final OAuthClientStore registered;
    private final Audience mcp;

    /** @param mcp what registered clients may ask for */
    public Clients(ExtensionClient extension, OAuthClientStore registered, Audience mcp) {
        this.extension = extension;
        this.registered = registered;
        this.mcp = mcp;
    }

    /** The client that sent a request; empty when it is not known or sent a secret, which no client has. */
    Optional<Client> authenticated(@Nullable ClientAuthentication authentication, @Nullable ClientID id) {
        return authentication != null || id == null ? Optional.empty() : find(id.getValue());
    }

    /** The client of this id; empty for null and for what is not known. */
    Optional<Client> find(@Nullable String id) {
        if (id == null || !Registrations.isClientId(id)) {
            return ExtensionClient.ID.equals(id) ? Optional.of(extension) : Optional.empty();
        }
        return registered.find(id).map(registration -> new RegisteredClient(registration, mcp));
    }
}
