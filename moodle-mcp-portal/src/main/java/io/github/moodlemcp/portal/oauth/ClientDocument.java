package io.github.moodlemcp.portal.oauth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.github.moodlemcp.portal.spi.ClientProof;
import io.github.moodlemcp.portal.spi.OAuthClient;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.minidev.json.JSONObject;

/** Reads the document that a client publishes about itself. */
final class ClientDocument {
    private ClientDocument() {}

    /**
     * The client that the document describes.
     *
     * @param address where it was found
     * @throws ParseException if it is not about the client of this address, or not about one that can be served
     */
    static OAuthClient read(URI address, String json, Instant now) throws ParseException {
        JSONObject document = JSONObjectUtils.parse(json);
        if (!address.toString().equals(JSONObjectUtils.getString(document, "client_id"))) {
            throw new ParseException("Another client's document");
        }
        if (document.containsKey("client_secret") || document.containsKey("client_secret_expires_at")) {
            throw new ParseException("A published secret is none");
        }
        String name = JSONObjectUtils.getString(document, "client_name");
        Set<URI> redirectUris = ClientFields.redirectUris(document);
        if (name.isBlank()
                || redirectUris.isEmpty()
                || ClientFields.faultOf(document).isPresent()) {
            throw new ParseException("A client that cannot be served");
        }
        List<String> addresses = redirectUris.stream().map(URI::toString).toList();
        return new OAuthClient(address.toString(), ClientNames.cleaned(name), addresses, now, proof(document));
    }

    private static ClientProof proof(JSONObject document) throws ParseException {
        String method = JSONObjectUtils.getString(document, "token_endpoint_auth_method", "none");
        return switch (method) {
            case "none" -> new ClientProof.None();
            case "private_key_jwt" -> keys(document);
            default -> throw new ParseException("A method that needs a secret");
        };
    }

    private static ClientProof keys(JSONObject document) throws ParseException {
        boolean hasKeys = document.containsKey("jwks");
        if (hasKeys == document.containsKey("jwks_uri")) {
            throw new ParseException("Keys must be published, in one place");
        }
        if (!hasKeys) {
            return new ClientProof.KeysAt(DocumentAddress.of(JSONObjectUtils.getString(document, "jwks_uri"))
                    .orElseThrow(() -> new ParseException("An address that is not asked for keys")));
        }
        return new ClientProof.Keys(
                publicKeys(JSONObjectUtils.getJSONObject(document, "jwks").toString())
                        .toString(true));
    }

    /**
     * The keys.
     *
     * @throws ParseException if there is none, or one that is not public
     */
    static JWKSet publicKeys(String json) throws ParseException {
        try {
            JWKSet keys = JWKSet.parse(json);
            if (keys.isEmpty() || keys.getKeys().stream().anyMatch(JWK::isPrivate)) {
                throw new ParseException("No keys, or keys that are no secret any more");
            }
            return keys;
        } catch (java.text.ParseException e) {
            throw new ParseException("Not a set of keys", e);
        }
    }
}
