package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The OAuth clients that are known here: our extension, those that registered, and those that publish a document. Safe for use by many threads. */
public final class Clients {
    /** What a caller is told that is none of the clients, or did not prove to be the one it says. */
    static final ErrorObject UNKNOWN = OpenForms.error(
            OAuth2Error.INVALID_CLIENT.getCode(),
            "The client is not known, or did not prove to be itself. Register it anew, and send client_id and no secret;"
                    + " a client with keys in its document sends a new client_assertion.");

    private final ExtensionClient extension;
    private final OAuthClientStore store;
    private final ClientDocuments documents;
    private final ClientProofs proofs;
    private final Audience mcp;

    /** @param mcp what all but the extension may ask for */
    public Clients(
            ExtensionClient extension,
            OAuthClientStore store,
            ClientDocuments documents,
            ClientProofs proofs,
            Audience mcp) {
        this.extension = extension;
        this.store = store;
        this.documents = documents;
        this.proofs = proofs;
        this.mcp = mcp;
    }

    /**
     * The client that sent a request; empty when it is not known, or did not prove to be itself.
     *
     * @param shown what it proves itself with; null for nothing
     * @param id its id when it shows nothing; null for none
     * @param caller the network address that it sent it from
     */
    Optional<Client> authenticated(@Nullable ClientAuthentication shown, @Nullable ClientID id, String caller) {
        ClientID named = shown == null ? id : shown.getClientID();
        if (named == null) {
            return Optional.empty();
        }
        if (named.getValue().equals(ExtensionClient.ID)) {
            return shown == null ? Optional.of(extension) : Optional.empty();
        }
        return Optional.of(named.getValue())
                .filter(text -> Registrations.isClientId(text) || DocumentAddress.isMeant(text))
                .flatMap(store::find)
                .filter(known -> proofs.suffice(known, shown, caller))
                .map(known -> new RegisteredClient(known, mcp));
    }

    /** Whether finding the client may mean to ask the host that publishes its document. */
    static boolean needsDocument(@Nullable String id) {
        return DocumentAddress.isMeant(id);
    }

    /**
     * The client of this id that asks a person; empty for null and for what is not known.
     *
     * @param caller the network address that the person is at
     */
    Optional<Client> asking(@Nullable String id, String caller) {
        if (id == null || id.equals(ExtensionClient.ID)) {
            return Optional.ofNullable(id).map(extensions -> extension);
        }
        Optional<OAuthClient> known = needsDocument(id)
                ? documents.find(id, caller)
                : Optional.of(id).filter(Registrations::isClientId).flatMap(store::find);
        return known.map(client -> new RegisteredClient(client, mcp));
    }

    /** Remembers what was said by the document of a client that was allowed something, so that it can be served from now on. */
    void keep(Client client) {
        if (client instanceof RegisteredClient(OAuthClient said, Audience audience) && needsDocument(said.id())) {
            store.keep(said);
        }
    }
}
