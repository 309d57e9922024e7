package io.github.moodlemcp.portal.web;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.spi.SecretHash;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Carries a new key across the redirect to the page that shows it, in an encrypted cookie that the page removes: the
 * server keeps no plain key, and any node can show it. Safe for use by many threads.
 */
public final class Reveals {
    private static final String COOKIE = "moodle_mcp_new_key";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final SecretKey key;
    private final Cookies cookies;
    private final Clock clock;

    public Reveals(PurposeKeys keys, PublicAddress address, Clock clock) {
        this.key = keys.current("new key on its way to its page");
        this.cookies = new Cookies(address);
        this.clock = clock;
    }

    /**
     * A key to be shown once.
     *
     * @param first whether it was made at the person's first sign-in
     */
    public record NewKey(String name, String secret, boolean first) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewKey[name=" + name + "]";
        }
    }

    /** The cookie that carries the key to this web session's next page. */
    public NewCookie carry(NewKey newKey, SecretHash session) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(session.hex())
                .expirationTime(Date.from(Instant.now(clock).plus(LIFETIME)))
                .claim("name", newKey.name())
                .claim("secret", newKey.secret())
                .claim("first", newKey.first())
                .build();
        EncryptedJWT token = new EncryptedJWT(HEADER, claims);
        try {
            token.encrypt(new DirectEncrypter(key.getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException("A 256-bit key encrypts A256GCM", e);
        }
        return cookies.make(COOKIE, token.serialize(), LIFETIME);
    }

    /** The key that the request carries for this person, if any. */
    public Optional<NewKey> carried(HttpHeaders headers, SignedIn person) {
        return cookies.read(headers, COOKIE).flatMap(value -> opened(value, person.session()));
    }

    /** Takes the cookie away; every answer that shows the key has it. */
    public NewCookie forget() {
        return cookies.remove(COOKIE);
    }

    private Optional<NewKey> opened(String value, SecretHash session) {
        try {
            EncryptedJWT token = EncryptedJWT.parse(value);
            token.decrypt(new DirectDecrypter(key.getEncoded()));
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean isCurrent =
                    Instant.now(clock).isBefore(claims.getExpirationTime().toInstant());
            if (!isCurrent || !session.hex().equals(claims.getSubject())) {
                return Optional.empty();
            }
            return Optional.of(new NewKey(
                    claims.getStringClaim("name"), claims.getStringClaim("secret"), claims.getBooleanClaim("first")));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
