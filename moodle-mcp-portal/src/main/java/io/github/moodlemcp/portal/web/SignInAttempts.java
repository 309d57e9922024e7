package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.credential.SealedClaims;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that are on their way through a provider. Each is in an encrypted cookie of the browser that began it, so
 * that no other browser can end it and any node can; it counts once, at one provider, for ten minutes. Safe for use by
 * many threads.
 */
public final class SignInAttempts {
    private static final String COOKIE = "moodle_mcp_sign_in_";
    private static final int NAMED_BY = 8;
    private static final int AT_ONCE = 5;

    /** A longer path would make the cookie larger than browsers keep: the person then goes on at the dashboard. */
    private static final int MAX_RETURN_PATH = 2400;

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final SignInStateStore states;
    private final RandomTokens tokens;
    private final SealedClaims sealed;
    private final Cookies cookies;
    private final Clock clock;

    public SignInAttempts(
            SignInStateStore states, RandomTokens tokens, PurposeKeys keys, PublicAddress address, Clock clock) {
        this.states = states;
        this.tokens = tokens;
        this.sealed = new SealedClaims(keys, "sign-in at a provider", LIFETIME, clock);
        this.cookies = new Cookies(address);
        this.clock = clock;
    }

    /**
     * One way to a provider and back.
     *
     * @param provider the key of the provider
     * @param returnPath where the person goes on
     * @param linkingSession the web session to whose account the identity shall be linked; empty to sign in
     */
    public record Attempt(
            String provider,
            String state,
            String nonce,
            String verifier,
            Optional<ReturnPath> returnPath,
            Optional<SecretHash> linkingSession) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Attempt[provider=" + provider + "]";
        }
    }

    /** A new attempt to sign in. */
    public Attempt signingIn(String provider, Optional<ReturnPath> returnPath) {
        return new Attempt(provider, tokens.next(), tokens.next(), tokens.next(), returnPath, Optional.empty());
    }

    /** A new attempt to link a further identity with the person's account. */
    public Attempt linking(String provider, SignedIn person) {
        return new Attempt(
                provider, tokens.next(), tokens.next(), tokens.next(), Optional.empty(), Optional.of(person.session()));
    }

    /** The cookies that keep the attempt; when there are many already they replace those. */
    public List<NewCookie> keep(Attempt attempt, HttpHeaders headers) {
        NewCookie cookie = cookies.make(cookieOf(attempt.state()), sealed(attempt), LIFETIME);
        List<String> others = cookies.namesWith(headers, COOKIE);
        if (others.size() < AT_ONCE) {
            return List.of(cookie);
        }
        return Stream.concat(others.stream().map(cookies::remove), Stream.of(cookie))
                .toList();
    }

    /**
     * The attempt that comes back with this state, which is spent with this call; empty when this browser did not begin
     * it at this provider, or it is over.
     */
    public Optional<Attempt> take(String provider, @Nullable String state, HttpHeaders headers) {
        if (state == null || state.length() < NAMED_BY) {
            return Optional.empty();
        }
        return cookies.read(headers, cookieOf(state))
                .flatMap(sealed::open)
                .flatMap(SignInAttempts::attemptOf)
                .filter(attempt ->
                        isSame(attempt.state(), state) && attempt.provider().equals(provider))
                .filter(attempt -> states.spend(
                        SecretHash.of(attempt.state()), Instant.now(clock).plus(LIFETIME)));
    }

    /** Takes the attempt's cookie away. */
    public NewCookie forget(Attempt attempt) {
        return cookies.remove(cookieOf(attempt.state()));
    }

    private static String cookieOf(String state) {
        return COOKIE + state.substring(0, NAMED_BY);
    }

    private static boolean isSame(String expected, String found) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), found.getBytes(UTF_8));
    }

    private String sealed(Attempt attempt) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .claim("provider", attempt.provider())
                .claim("state", attempt.state())
                .claim("nonce", attempt.nonce())
                .claim("verifier", attempt.verifier());
        attempt.returnPath()
                .filter(path -> path.value().length() <= MAX_RETURN_PATH)
                .ifPresent(path -> claims.claim("return", path.value()));
        attempt.linkingSession().ifPresent(session -> claims.claim("session", session.hex()));
        return sealed.seal(claims);
    }

    private static Optional<Attempt> attemptOf(JWTClaimsSet claims) {
        try {
            return Optional.of(new Attempt(
                    claims.getStringClaim("provider"),
                    claims.getStringClaim("state"),
                    claims.getStringClaim("nonce"),
                    claims.getStringClaim("verifier"),
                    ReturnPath.of(claims.getStringClaim("return")),
                    Optional.ofNullable(claims.getStringClaim("session")).map(SecretHash::new)));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
