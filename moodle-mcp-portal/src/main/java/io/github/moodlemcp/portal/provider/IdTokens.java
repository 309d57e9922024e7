package io.github.moodlemcp.portal.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ID tokens of one provider (OpenID Connect Core 1.0, section 3.1.3.7). The key and the algorithms are the
 * provider's, never what the token asks for. Safe for use by many threads.
 */
final class IdTokens {
    private static final int MAX_LENGTH = 32 * 1024;
    private static final int MAX_SUBJECT = 255;
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final String clientId;
    private final ProviderMetadata metadata;
    private final ProviderKeys keys;
    private final Clock clock;

    IdTokens(String clientId, ProviderMetadata metadata, ProviderKeys keys, Clock clock) {
        this.clientId = clientId;
        this.metadata = metadata;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The claims of a token that holds.
     *
     * @param accessToken what came with the token
     * @throws SignInException when it does not hold
     */
    JWTClaimsSet verify(String token, String nonce, AccessToken accessToken) throws SignInException {
        if (token.length() > MAX_LENGTH) {
            throw SignInException.untrusted("token_too_long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            checkSignature(jwt);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            checkParties(claims);
            checkTimes(claims);
            require(isSame(nonce, claims.getStringClaim("nonce")), "wrong_nonce");
            checkAccessToken(jwt, claims, accessToken);
            return claims;
        } catch (ParseException e) {
            throw SignInException.untrusted("broken_token");
        } catch (JOSEException e) {
            throw SignInException.untrusted("broken_signature");
        }
    }

    private void checkSignature(SignedJWT jwt) throws SignInException, JOSEException {
        require(metadata.algorithms().contains(jwt.getHeader().getAlgorithm()), "wrong_algorithm");
        JOSEObjectType type = jwt.getHeader().getType();
        require(type == null || JOSEObjectType.JWT.equals(type), "wrong_type");
        JWSVerifier verifier =
                new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), keys.keyFor(jwt.getHeader()));
        require(jwt.verify(verifier), "wrong_signature");
    }

    private void checkParties(JWTClaimsSet claims) throws SignInException, ParseException {
        String issuer = claims.getIssuer();
        require(issuer != null && metadata.issuer().accepts(issuer, claims.getStringClaim("tid")), "wrong_issuer");
        List<String> audience = claims.getAudience();
        String party = claims.getStringClaim("azp");
        require(audience.contains(clientId), "wrong_audience");
        require(party == null ? audience.size() == 1 : party.equals(clientId), "wrong_authorized_party");
        String subject = claims.getSubject();
        require(subject != null && !subject.isBlank() && subject.length() <= MAX_SUBJECT, "wrong_subject");
    }

    private void checkTimes(JWTClaimsSet claims) throws SignInException {
        Instant now = clock.instant();
        Instant expires = instant(claims.getExpirationTime());
        Instant issued = instant(claims.getIssueTime());
        Instant notBefore = instant(claims.getNotBeforeTime());
        require(expires != null && now.isBefore(expires.plus(LEEWAY)), "expired");
        require(issued != null && !issued.isAfter(now.plus(LEEWAY)), "issued_in_the_future");
        require(notBefore == null || !notBefore.isAfter(now.plus(LEEWAY)), "not_valid_yet");
    }

    private static void checkAccessToken(SignedJWT jwt, JWTClaimsSet claims, AccessToken accessToken)
            throws SignInException, ParseException {
        String hash = claims.getStringClaim("at_hash");
        if (hash != null) {
            AccessTokenHash expected =
                    AccessTokenHash.compute(accessToken, jwt.getHeader().getAlgorithm(), null);
            require(isSame(expected.getValue(), hash), "wrong_access_token");
        }
    }

    private static boolean isSame(String expected, @Nullable String found) {
        return found != null && MessageDigest.isEqual(expected.getBytes(UTF_8), found.getBytes(UTF_8));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static void require(boolean holds, String reason) throws SignInException {
        if (!holds) {
            throw SignInException.untrusted(reason);
        }
    }
}
