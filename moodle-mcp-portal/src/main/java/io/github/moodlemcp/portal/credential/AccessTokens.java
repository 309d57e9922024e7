package io.github.moodlemcp.portal.credential;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.moodlemcp.portal.spi.Grant;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The access tokens with which programs call the MCP endpoint: JWTs, HS256, for that audience alone, for an hour. The
 * algorithm and the key follow from the purpose, never from the token. Safe for use by many threads.
 */
public final class AccessTokens {
    /** How long a token counts. */
    public static final Duration LIFETIME = Duration.ofMinutes(60);

    private static final SignedTokens.Kind KIND = new SignedTokens.Kind("mcp access token", "at+jwt", LIFETIME);
    private static final String SCOPE = "scope";
    private static final String CLIENT = "client_id";
    private static final String GRANT = "grant";

    private final SignedTokens tokens;
    private final Predicate<UUID> grantIsLive;

    /**
     * @param issuer the service's base URL
     * @param audience the MCP endpoint's URL
     * @param grantIsLive whether the grant that a token came from still stands
     */
    public AccessTokens(PurposeKeys keys, URI issuer, URI audience, Predicate<UUID> grantIsLive, Clock clock) {
        this.tokens = new SignedTokens(keys, KIND, issuer, audience, clock);
        this.grantIsLive = grantIsLive;
    }

    /**
     * What a good token stands for.
     *
     * @param grantId what the person allowed, and what ends the token when it is revoked
     * @param clientId the OAuth client it was given to
     */
    public record Access(UUID accountId, UUID grantId, String clientId, Set<String> scopes) {
        public Access {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * A new token, which ends with the grant.
     *
     * @param scope the grant's scopes, or fewer, separated by spaces
     */
    public String issue(Grant grant, String scope) {
        return tokens.issue(new JWTClaimsSet.Builder()
                .subject(grant.accountId().toString())
                .claim(CLIENT, grant.clientId())
                .claim(SCOPE, scope)
                .claim(GRANT, grant.id().toString()));
    }

    /** Whether we made this token, although it may not count any more: nobody comes by one by guessing. */
    public boolean isOurs(String token) {
        return tokens.isOurs(token);
    }

    /** What a good token stands for; the answer is the same whatever is wrong with a bad one. */
    public Optional<Access> verify(String token) {
        return tokens.verify(token)
                .flatMap(AccessTokens::accessOf)
                .filter(access -> grantIsLive.test(access.grantId()));
    }

    private static Optional<Access> accessOf(JWTClaimsSet claims) {
        try {
            String subject = claims.getSubject();
            String client = claims.getStringClaim(CLIENT);
            String scope = claims.getStringClaim(SCOPE);
            String grant = claims.getStringClaim(GRANT);
            if (subject == null || client == null || scope == null || scope.isBlank() || grant == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new Access(UUID.fromString(subject), UUID.fromString(grant), client, Set.of(scope.split(" "))));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
