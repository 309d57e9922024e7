package io.github.moodlemcp.portal.web;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.credential.SealedClaims;
import io.github.moodlemcp.portal.spi.SecretHash;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries a new key across the redirect to the page that shows it, in an encrypted cookie that the page removes: the
 * server keeps no plain key, and any node can show it. Safe for use by many threads.
 */
public final class Reveals {
    private static final String COOKIE = "moodle_mcp_new_key";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SealedClaims sealed;
    private final Cookies cookies;

    public Reveals(PurposeKeys keys, PublicAddress address, Clock clock) {
        this.sealed = new SealedClaims(keys, "new key on its way to its page", LIFETIME, clock);
        this.cookies = new Cookies(address);
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
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(session.hex())
                .claim("name", newKey.name())
                .claim("secret", newKey.secret())
                .claim("first", newKey.first());
        return cookies.make(COOKIE, sealed.seal(claims), LIFETIME);
    }

    /** The key that the request carries for this person, if any. */
    public Optional<NewKey> carried(HttpHeaders headers, SignedIn person) {
        return cookies.read(headers, COOKIE).flatMap(sealed::open).flatMap(claims -> keyOf(claims, person.session()));
    }

    /** Takes the cookie away; every answer that shows the key has it. */
    public NewCookie forget() {
        return cookies.remove(COOKIE);
    }

    private static Optional<NewKey> keyOf(JWTClaimsSet claims, SecretHash session) {
        if (!session.hex().equals(claims.getSubject())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NewKey(
                    claims.getStringClaim("name"), claims.getStringClaim("secret"), claims.getBooleanClaim("first")));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
