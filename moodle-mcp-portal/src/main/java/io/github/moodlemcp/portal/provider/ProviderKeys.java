package io.github.moodlemcp.portal.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;

/** The keys with which a provider signs: kept, and fetched anew when a token names another. Safe for many threads. */
final class ProviderKeys {
    private static final int MIN_RSA_BITS = 2048;

    private final Remembered<JWKSet> keys;

    ProviderKeys(ProviderHttp http, URI address, Clock clock) {
        this.keys = new Remembered<>(() -> parse(http.get(address).json()), clock);
    }

    /** The one key that the header means; what keys the header itself brings or points to is ignored. */
    Key keyFor(JWSHeader header) throws SignInException {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        if (matcher == null) {
            throw SignInException.untrusted("wrong_algorithm");
        }
        JWKSelector selector = new JWKSelector(matcher);
        List<JWK> found = selector.select(keys.get());
        if (found.isEmpty()) {
            found = selector.select(keys.getAnew());
        }
        if (found.size() != 1) {
            throw SignInException.untrusted(found.isEmpty() ? "unknown_key" : "ambiguous_key");
        }
        return publicKey(found.getFirst());
    }

    private static Key publicKey(JWK key) throws SignInException {
        boolean isWeak = key.toPublicJWK() instanceof com.nimbusds.jose.jwk.RSAKey && key.size() < MIN_RSA_BITS;
        if (isWeak || !(key instanceof AsymmetricJWK pair)) {
            throw SignInException.untrusted("weak_key");
        }
        try {
            return pair.toPublicKey();
        } catch (JOSEException e) {
            throw SignInException.untrusted("broken_key");
        }
    }

    private static JWKSet parse(String json) throws SignInException {
        try {
            return JWKSet.parse(json).toPublicJWKSet();
        } catch (ParseException e) {
            throw SignInException.unusable("broken_key_set");
        }
    }
}
