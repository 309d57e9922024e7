package io.github.moodlemcp.portal.credential;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Claims that a browser keeps for us and cannot read: JWTs encrypted with A256GCM, for one purpose and a short time. Safe for
 * use by many threads.
 */
public final class SealedClaims {
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final SecretKey seals;
    private final List<SecretKey> opens;
    private final Duration lifetime;
    private final Clock clock;

    /** @param lifetime how long they count */
    public SealedClaims(PurposeKeys keys, String purpose, Duration lifetime, Clock clock) {
        this.seals = keys.current(purpose);
        this.opens = keys.accepted(purpose);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The claims as text; the time of their end is added. */
    public String seal(JWTClaimsSet.Builder claims) {
        claims.expirationTime(Date.from(Instant.now(clock).plus(lifetime)));
        EncryptedJWT token = new EncryptedJWT(HEADER, claims.build());
        try {
            token.encrypt(new DirectEncrypter(seals));
        } catch (JOSEException e) {
            throw new IllegalStateException("A 256-bit key encrypts A256GCM", e);
        }
        return token.serialize();
    }

    /** The claims, if they were sealed here for this purpose and count now. */
    public Optional<JWTClaimsSet> open(String text) {
        return opens.stream()
                .flatMap(key -> opened(text, key).stream())
                .findFirst()
                .filter(claims -> claims.getExpirationTime() != null
                        && Instant.now(clock)
                                .isBefore(claims.getExpirationTime().toInstant()));
    }

    private static Optional<JWTClaimsSet> opened(String text, SecretKey key) {
        try {
            EncryptedJWT token = EncryptedJWT.parse(text);
            if (!HEADER.getAlgorithm().equals(token.getHeader().getAlgorithm())
                    || !HEADER.getEncryptionMethod().equals(token.getHeader().getEncryptionMethod())) {
                return Optional.empty();
            }
            token.decrypt(new DirectDecrypter(key));
            return Optional.of(token.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
