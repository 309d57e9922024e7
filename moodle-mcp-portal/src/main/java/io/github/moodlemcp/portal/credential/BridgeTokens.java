package io.github.moodlemcp.portal.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.crypto.SecretKey;

/**
 * The access tokens with which an extension opens its connection: JWTs, HS256, for one audience, for a quarter of an
 * hour. The algorithm and the key follow from the purpose, never from the token. Safe for use by many threads.
 */
public final class BridgeTokens {
    /** How long a token counts. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    /** The scope that every token has. */
    public static final String SCOPE = "bridge";

    private static final String PURPOSE = "bridge access token";
    private static final int MAX_LENGTH = 4096;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final JOSEObjectType TYPE = new JOSEObjectType("bridge+jwt");
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    private static final Set<String> HEADER = Set.of("alg", "typ");
    private static final String GRANT = "grant";

    private final PurposeKeys keys;
    private final String issuer;
    private final String audience;
    private final Predicate<UUID> grantIsLive;
    private final Clock clock;

    /**
     * @param issuer the service's base URL
     * @param audience the WebSocket's URL
     * @param grantIsLive whether the grant that a token came from still stands
     */
    public BridgeTokens(PurposeKeys keys, URI issuer, URI audience, Predicate<UUID> grantIsLive, Clock clock) {
        this.keys = keys;
        this.issuer = issuer.toString();
        this.audience = audience.toString();
        this.grantIsLive = grantIsLive;
        this.clock = clock;
    }

    /** A new token for the account, which ends with the grant. */
    public String issue(UUID accountId, UUID grantId) {
        Instant now = Instant.now(clock);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(accountId.toString())
                .claim("scope", SCOPE)
                .claim(GRANT, grantId.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(ALGORITHM).type(TYPE).build(), claims);
        try {
            token.sign(new MACSigner(keys.current(PURPOSE)));
        } catch (JOSEException e) {
            throw new IllegalStateException("A 256-bit key signs HS256", e);
        }
        return token.serialize();
    }

    /** What a good token stands for; the answer is the same whatever is wrong with a bad one. */
    public Optional<VerifiedBridge> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            if (!isOurHeader(parsed.getHeader()) || !isSignedByUs(parsed)) {
                return Optional.empty();
            }
            return standsFor(parsed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOurHeader(JWSHeader header) {
        return ALGORITHM.equals(header.getAlgorithm())
                && TYPE.equals(header.getType())
                && HEADER.equals(header.getIncludedParams());
    }

    private boolean isSignedByUs(SignedJWT token) throws JOSEException {
        for (SecretKey key : keys.accepted(PURPOSE)) {
            if (token.verify(new MACVerifier(key))) {
                return true;
            }
        }
        return false;
    }

    private Optional<VerifiedBridge> standsFor(JWTClaimsSet claims) throws ParseException {
        if (!issuer.equals(claims.getIssuer())
                || !List.of(audience).equals(claims.getAudience())
                || !SCOPE.equals(claims.getStringClaim("scope"))
                || !isCurrent(claims.getIssueTime(), claims.getExpirationTime())) {
            return Optional.empty();
        }
        String subject = claims.getSubject();
        String grant = claims.getStringClaim(GRANT);
        if (subject == null || grant == null || !grantIsLive.test(UUID.fromString(grant))) {
            return Optional.empty();
        }
        return Optional.of(new VerifiedBridge(UUID.fromString(subject), UUID.fromString(grant)));
    }

    private boolean isCurrent(Date issued, Date expires) {
        if (issued == null || expires == null) {
            return false;
        }
        Instant now = Instant.now(clock);
        return now.isBefore(expires.toInstant())
                && !issued.toInstant().isAfter(now.plus(CLOCK_SKEW))
                && Duration.between(issued.toInstant(), expires.toInstant()).equals(LIFETIME);
    }
}
