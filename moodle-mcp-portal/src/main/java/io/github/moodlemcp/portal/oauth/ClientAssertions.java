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
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the signed statements with which clients prove who they are. Each counts once, for us alone, and for
 * a short time. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
final class ClientAssertions {
    /** What they may be signed with. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(RS256, ES256);

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Set<String> audiences;
    private final SignInStateStore spent;
    private final Clock clock;

    /**
     * @param audiences how we may be addressed: the issuer, and the endpoints that take such statements
     * @param spent where they are spent, for all nodes
     */
    ClientAssertions(Set<URI> audiences, SignInStateStore spent, Clock clock) {
        this.spent = spent;
        this.audiences = audiences.stream().map(URI::toString).collect(Collectors.toSet());
        this.clock = clock;
    }

    /** Whether the client signed it, and it was not seen before. */
    boolean isGood(String clientId, SignedJWT assertion, JWKSet keys) {
        return claimsOf(clientId, assertion, keys)
                .filter(claims ->
                        !endOf(claims).isAfter(clock.instant().plus(LONGEST).plus(SKEW)))
                .filter(claims -> spent.spend(
                        SecretHash.of("client assertion\n" + clientId + "\n" + claims.getJWTID()),
                        endOf(claims).plus(SKEW)))
                .isPresent();
    }

    private Optional<JWTClaimsSet> claimsOf(String clientId, SignedJWT assertion, JWKSet keys) {
        try {
            return Optional.of(processor(clientId, keys).process(assertion, null));
        } catch (BadJOSEException | JOSEException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Instant endOf(JWTClaimsSet claims) {
        return claims.getExpirationTime().toInstant();
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
}
