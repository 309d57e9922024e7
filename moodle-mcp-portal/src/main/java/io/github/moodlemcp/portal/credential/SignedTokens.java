package io.github.moodlemcp.portal.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Signed JWTs (RFC 7519) of one kind, for one audience. The algorithm, the type and the key follow from the kind, never
 * from the token. Safe for use by many threads.
 */
final class SignedTokens {
    private static final int MAX_LENGTH = 4096;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    private static final Set<String> HEADER = Set.of("alg", "typ");

    private final PurposeKeys keys;
    private final Kind kind;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    /**
     * What tells one kind of token from all others.
     *
     * @param purpose what the key is derived for
     * @param type the {@code typ} of the header
     * @param lifetime how long each token counts
     */
    record Kind(String purpose, String type, Duration lifetime) {}

    SignedTokens(PurposeKeys keys, Kind kind, URI issuer, URI audience, Clock clock) {
        this.keys = keys;
        this.kind = kind;
        this.issuer = issuer.toString();
        this.audience = audience.toString();
        this.clock = clock;
    }

    /** A new token with these claims; the frame (issuer, audience, id, times) is added. */
    String issue(JWTClaimsSet.Builder claims) {
        Instant now = Instant.now(clock);
        claims.issuer(issuer)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(kind.lifetime())));
        JWSHeader header = new JWSHeader.Builder(ALGORITHM)
                .type(new JOSEObjectType(kind.type()))
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(new MACSigner(keys.current(kind.purpose())));
        } catch (JOSEException e) {
            throw new IllegalStateException("A 256-bit key signs HS256", e);
        }
        return token.serialize();
    }

    /** The claims of a token of this kind that counts now; empty whatever is wrong with it. */
    Optional<JWTClaimsSet> verify(String token) {
        return signed(token).filter(this::isForUs).filter(this::isCurrent);
    }

    private Optional<JWTClaimsSet> signed(String token) {
        if (token.length() > MAX_LENGTH || !FORM.matcher(token).matches() || !isPlain(token)) {
            return Optional.empty();
        }
        try {
            if (!hasOurFields(token.substring(0, token.indexOf('.')))) {
                return Optional.empty();
            }
            SignedJWT parsed = SignedJWT.parse(token);
            if (!isOurHeader(parsed.getHeader()) || !isSignedByUs(parsed)) {
                return Optional.empty();
            }
            return Optional.of(parsed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether we made the token, for this kind and audience, although it may not count any more. */
    boolean isOurs(String token) {
        return signed(token).filter(this::isForUs).isPresent();
    }

    /** Base64 has several ways to write the same bytes: only the one that encoders choose is taken, so that no token has a twin. */
    private static boolean isPlain(String token) {
        return Stream.of(token.split("\\."))
                .allMatch(part -> Base64URL.encode(new Base64URL(part).decode())
                        .toString()
                        .equals(part));
    }

    /** Looks at the header as it was written: the parser drops some fields that it does not understand. */
    private static boolean hasOurFields(String header) throws ParseException {
        Map<String, Object> fields = JSONObjectUtils.parse(new Base64URL(header).decodeToString());
        return fields != null && fields.keySet().equals(HEADER);
    }

    private boolean isOurHeader(JWSHeader header) {
        return ALGORITHM.equals(header.getAlgorithm())
                && header.getType() != null
                && kind.type().equals(header.getType().getType());
    }

    private boolean isSignedByUs(SignedJWT token) throws JOSEException {
        for (SecretKey key : keys.accepted(kind.purpose())) {
            if (token.verify(new MACVerifier(key))) {
                return true;
            }
        }
        return false;
    }

    private boolean isForUs(JWTClaimsSet claims) {
        return issuer.equals(claims.getIssuer()) && List.of(audience).equals(claims.getAudience());
    }

    private boolean isCurrent(JWTClaimsSet claims) {
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        if (issued == null || expires == null) {
            return false;
        }
        Instant now = Instant.now(clock);
        return now.isBefore(expires.toInstant())
                && hasBegun(issued, now)
                && hasBegun(claims.getNotBeforeTime(), now)
                && Duration.between(issued.toInstant(), expires.toInstant()).equals(kind.lifetime());
    }

    private static boolean hasBegun(@Nullable Date from, Instant now) {
        return from == null || !from.toInstant().isAfter(now.plus(CLOCK_SKEW));
    }
}
