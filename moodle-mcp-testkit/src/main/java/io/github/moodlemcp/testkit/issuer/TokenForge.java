package io.github.moodlemcp.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObjectJSON;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes ID tokens, true ones and false ones. */
final class TokenForge {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final URI issuer;
    private final String clientId;
    private final String clientSecret;
    private final IssuerKeys keys;

    TokenForge(URI issuer, String clientId, String clientSecret, IssuerKeys keys) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.keys = keys;
    }

    String token(FakePerson person, String nonce, String accessToken, boolean isThin, IssuerLie lie)
            throws JOSEException {
        JWTClaimsSet claims = claims(person, nonce, accessToken, isThin, lie);
        return switch (lie) {
            case ALGORITHM_NONE -> new PlainJWT(claims).serialize();
            case SIGNATURE_CUT_OFF -> {
                String whole = signed(header(lie), claims, keys.published());
                yield whole.substring(0, whole.lastIndexOf('.') + 1);
            }
            case HMAC_WITH_THE_PUBLIC_KEY ->
                signedBy(new MACSigner(keys.published().toRSAPublicKey().getEncoded()), hmacHeader(), claims);
            case HMAC_WITH_THE_CLIENT_SECRET ->
                signedBy(new MACSigner(clientSecret.getBytes(UTF_8)), hmacHeader(), claims);
            case UNKNOWN_KEY, SWAPPED_KEY, KEY_IN_HEADER, KEY_BY_ADDRESS, CERTIFICATE_BY_ADDRESS ->
                signed(header(lie), claims, keys.foreign());
            case WEAK_KEY ->
                signedBy(
                        new RSASSASigner(keys.weak().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())),
                        header(lie),
                        claims);
            case TWO_SIGNATURES -> signedTwice(claims);
            case CHANGED_CLAIMS -> changed(signed(header(lie), claims, keys.published()), claims);
            case NOT_A_TOKEN -> "this is no token";
            default -> signed(header(lie), claims, keys.published());
        };
    }

    private JWSHeader header(IssuerLie lie) {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(IssuerKeys.ID);
        switch (lie) {
            case UNKNOWN_KEY -> header.keyID("another-key");
            case KEY_IN_HEADER -> header.jwk(keys.foreign().toPublicJWK());
            case KEY_BY_ADDRESS -> header.jwkURL(URI.create(issuer + FakeIssuer.FOREIGN_KEYS));
            case CERTIFICATE_BY_ADDRESS -> header.x509CertURL(URI.create(issuer + FakeIssuer.FOREIGN_KEYS));
            case UNKNOWN_CRITICAL_HEADER ->
                header.criticalParams(Set.of("urgent")).customParam("urgent", true);
            case TOKEN_OF_ANOTHER_TYPE -> header.type(new JOSEObjectType("at+jwt"));
            default -> header.type(JOSEObjectType.JWT);
        }
        return header.build();
    }

    private JWTClaimsSet claims(FakePerson person, String nonce, String accessToken, boolean isThin, IssuerLie lie) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .audience(clientId)
                .subject(person.subject())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("nonce", nonce)
                .claim("at_hash", hash(accessToken));
        if (!isThin) {
            claims.claim("name", person.name());
            if (!person.email().isEmpty()) {
                claims.claim("email", person.email()).claim("email_verified", person.emailVerified());
            }
        }
        falsifyParties(claims, person, lie);
        falsifyTimes(claims, now, lie);
        falsifyTies(claims, lie);
        return claims.build();
    }

    private void falsifyParties(JWTClaimsSet.Builder claims, FakePerson person, IssuerLie lie) {
        switch (lie) {
            case WRONG_ISSUER -> claims.issuer("https://issuer.example");
            case ISSUER_WITH_A_SLASH -> claims.issuer(issuer + "/");
            case WRONG_AUDIENCE -> claims.audience("another-client");
            case NO_AUDIENCE -> claims.audience(List.of());
            case SECOND_AUDIENCE -> claims.audience(List.of(clientId, "another-client"));
            case WRONG_AUTHORIZED_PARTY ->
                claims.audience(List.of(clientId, "another-client")).claim("azp", "another-client");
            case NO_SUBJECT -> claims.subject(null);
            case EMPTY_SUBJECT -> claims.subject("");
            case HUGE_SUBJECT -> claims.subject("s".repeat(256));
            case SUBJECT_IN_CAPITALS -> claims.subject(person.subject().toUpperCase(Locale.ROOT));
            case NO_MAIL -> claims.claim("email", null);
            case NOT_AN_ADDRESS -> claims.claim("email", "person at example");
            case MAIL_NOT_VERIFIED -> claims.claim("email_verified", false);
            case MAIL_PERHAPS_VERIFIED -> claims.claim("email_verified", null);
            default -> claims.claim("locale", "en");
        }
    }

    private static void falsifyTimes(JWTClaimsSet.Builder claims, Instant now, IssuerLie lie) {
        switch (lie) {
            case EXPIRED -> claims.expirationTime(Date.from(now.minusSeconds(90)));
            case NO_EXPIRY -> claims.expirationTime(null);
            case ISSUED_IN_THE_FUTURE -> claims.issueTime(Date.from(now.plusSeconds(120)));
            case NO_ISSUE_TIME -> claims.issueTime(null);
            case NOT_VALID_YET -> claims.notBeforeTime(Date.from(now.plusSeconds(120)));
            default -> claims.notBeforeTime(Date.from(now));
        }
    }

    private static void falsifyTies(JWTClaimsSet.Builder claims, IssuerLie lie) {
        switch (lie) {
            case WRONG_NONCE -> claims.claim("nonce", "the-nonce-of-another-sign-in");
            case NO_NONCE -> claims.claim("nonce", null);
            case WRONG_ACCESS_TOKEN_HASH -> claims.claim("at_hash", hash("another access token"));
            case HUGE_TOKEN -> claims.claim("padding", "x".repeat(40_000));
            default -> claims.claim("acr", "0");
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) throws JOSEException {
        return signedBy(new RSASSASigner(key), header, claims);
    }

    private static String signedBy(JWSSigner signer, JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private String signedTwice(JWTClaimsSet claims) throws JOSEException {
        JWSObjectJSON token = new JWSObjectJSON(new Payload(claims.toString()));
        token.sign(header(IssuerLie.SWAPPED_KEY), new RSASSASigner(keys.foreign()));
        token.sign(header(IssuerLie.TWO_SIGNATURES), new RSASSASigner(keys.published()));
        return token.serializeGeneral();
    }

    private static String changed(String token, JWTClaimsSet claims) {
        String[] parts = token.split("\\.");
        JWTClaimsSet others =
                new JWTClaimsSet.Builder(claims).subject("somebody-else").build();
        return parts[0] + "." + Base64URL.encode(others.toString()) + "." + parts[2];
    }

    private static JWSHeader hmacHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(IssuerKeys.ID).build();
    }

    private static String hash(String accessToken) {
        return AccessTokenHash.compute(new BearerAccessToken(accessToken), JWSAlgorithm.RS256, null)
                .getValue();
    }
}
