package io.github.moodlemcp.testkit.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;

/**
 * The keys of a fake issuer: real ones, all under one id.
 *
 * @param published the one that it signs with
 * @param foreign somebody else's
 * @param weak one that is too short
 */
record IssuerKeys(RSAKey published, RSAKey foreign, RSAKey weak) {
    static final String ID = "key-1";

    static IssuerKeys generate() {
        try {
            return new IssuerKeys(key(2048), key(2048), key(1024));
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** What the issuer publishes. */
    JWKSet set(IssuerLie lie) {
        return switch (lie) {
            case NO_KEYS -> new JWKSet();
            case WEAK_KEY -> new JWKSet(weak.toPublicJWK());
            case TWO_KEYS_WITH_ONE_ID -> new JWKSet(List.of(foreign.toPublicJWK(), published.toPublicJWK()));
            default -> new JWKSet(published.toPublicJWK());
        };
    }

    private static RSAKey key(int bits) throws JOSEException {
        return new RSAKeyGenerator(bits, true)
                .keyID(ID)
                .keyUse(KeyUse.SIGNATURE)
                .generate();
    }
}
