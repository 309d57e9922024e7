package io.github.moodlemcp.portal.oauth;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.RS256;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the signed statements with which clients prove who they are. Each counts once at this node, for us alone, and for
 * a short time. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
final class ClientAssertions {
    /** What they may be signed with. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(RS256, ES256);

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int MAX_REMEMBERED = 10_000;

    private final Set<String> audiences;
    private final Clock clock;
    private final Map<String, Instant> spent = new HashMap<>();

    /** @param audiences how we may be addressed: the issuer, and the endpoints that take such statements */
    ClientAssertions(Set<URI> audiences, Clock clock) {
        this.audiences = audiences.stream().map(URI::toString).collect(Collectors.toSet());
        this.clock = clock;
    }

    /** Whether the client signed it, and it was not seen before. */
    boolean isGood(String clientId, SignedJWT assertion, JWKSet keys) {
        try {
            JWTClaimsSet claims = processor(clientId, keys).process(assertion, null);
            Instant ends = claims.getExpirationTime().toInstant();
            return !ends.isAfter(clock.instant().plus(LONGEST).plus(SKEW))
                    && isFirst(clientId + " " + claims.getJWTID(), ends.plus(SKEW));
        } catch (BadJOSEException | JOSEException | RuntimeException e) {
            return false;
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(String clientId, JWKSet keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        JWTClaimsSet exact =
                new JWTClaimsSet.Builder().issuer(clientId).subject(clientId).build();
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audiences, exact, Set.of("exp", "jti", "aud"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew((int) SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(verifier);
        return processor;
    }

    /** When too many are remembered, none more is taken: forgetting one would let it count twice. */
    private boolean isFirst(String statement, Instant until) {
        synchronized (spent) {
            spent.values().removeIf(end -> !clock.instant().isBefore(end));
            return spent.size() < MAX_REMEMBERED && spent.putIfAbsent(statement, until) == null;
        }
    }
}
