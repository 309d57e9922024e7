package io.github.moodlemcp.portal.credential;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The access tokens with which an extension opens its connection: JWTs, HS256, for one audience, for a quarter of an
 * hour. The algorithm and the key follow from the purpose, never from the token. Safe for use by many threads.
 */
public final class BridgeTokens {
    /** How long a token counts. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    /** The scope that every token has. */
    public static final String SCOPE = "bridge";

    private static final SignedTokens.Kind KIND = new SignedTokens.Kind("bridge access token", "bridge+jwt", LIFETIME);
    private static final String GRANT = "grant";

    private final SignedTokens tokens;
    private final Predicate<UUID> grantIsLive;

    /**
     * @param issuer the service's base URL
     * @param audience the WebSocket's URL
     * @param grantIsLive whether the grant that a token came from still stands
     */
    public BridgeTokens(PurposeKeys keys, URI issuer, URI audience, Predicate<UUID> grantIsLive, Clock clock) {
        this.tokens = new SignedTokens(keys, KIND, issuer, audience, clock);
        this.grantIsLive = grantIsLive;
    }

    /** A new token for the account, which ends with the grant. */
    public String issue(UUID accountId, UUID grantId) {
        return tokens.issue(new JWTClaimsSet.Builder()
                .subject(accountId.toString())
                .claim("scope", SCOPE)
                .claim(GRANT, grantId.toString()));
    }

    /** Whether we made this token, although it may not count any more: nobody comes by one by guessing. */
    public boolean isOurs(String token) {
        return tokens.isOurs(token);
    }

    /** What a good token stands for; the answer is the same whatever is wrong with a bad one. */
    public Optional<VerifiedBridge> verify(String token) {
        return tokens.verify(token).flatMap(this::standsFor);
    }

    private Optional<VerifiedBridge> standsFor(JWTClaimsSet claims) {
        try {
            String subject = claims.getSubject();
            String grant = claims.getStringClaim(GRANT);
            if (subject == null
                    || grant == null
                    || !SCOPE.equals(claims.getStringClaim("scope"))
                    || !grantIsLive.test(UUID.fromString(grant))) {
                return Optional.empty();
            }
            return Optional.of(new VerifiedBridge(UUID.fromString(subject), UUID.fromString(grant)));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
