package io.github.moodlemcp.portal.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import io.github.moodlemcp.portal.outbound.DocumentFetch;
import io.github.moodlemcp.portal.spi.ClientProof;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether a request comes from the client it names. Safe for use by many threads. */
public final class ClientProofs {
    private final ClientAssertions assertions;
    private final PublishedDocuments<JWKSet> published;

    /**
     * @param audiences how clients may address us in what they sign
     * @param spent where what they signed is spent, for all nodes
     */
    public ClientProofs(Set<URI> audiences, SignInStateStore spent, DocumentFetch fetch, Clock clock) {
        this.assertions = new ClientAssertions(audiences, spent, clock);
        this.published = new PublishedDocuments<>(fetch, (address, text) -> ClientDocument.publicKeys(text), clock);
    }

    /**
     * Whether the client proved that it is itself, in the way that it chose for itself and in no other.
     *
     * @param shown null when nothing was
     * @param caller the network address that shows it
     */
    boolean suffice(OAuthClient client, @Nullable ClientAuthentication shown, String caller) {
        return switch (client.proof()) {
            case ClientProof.None() -> shown == null;
            case ClientProof.Keys(String jwkSet) ->
                shown instanceof PrivateKeyJWT signed && isBy(client, signed, keys(jwkSet));
            case ClientProof.KeysAt(URI address) ->
                shown instanceof PrivateKeyJWT signed && isBy(client, signed, keys(address, signed, caller));
        };
    }

    private boolean isBy(OAuthClient client, PrivateKeyJWT shown, Optional<JWKSet> keys) {
        SignedJWT assertion = shown.getClientAssertion();
        return keys.isPresent() && assertions.isGood(client.id(), assertion, keys.get());
    }

    private static Optional<JWKSet> keys(String jwkSet) {
        try {
            return Optional.of(ClientDocument.publicKeys(jwkSet));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The published keys; fetched anew when the one that was signed with is not among them, because publishers change keys. */
    private Optional<JWKSet> keys(URI address, PrivateKeyJWT signed, String caller) {
        String keyId = signed.getClientAssertion().getHeader().getKeyID();
        Optional<JWKSet> kept = published.kept(address);
        boolean fits = kept.isPresent() && (keyId == null || kept.get().getKeyByKeyId(keyId) != null);
        return fits ? kept : published.fetched(address, caller).found();
    }
}
