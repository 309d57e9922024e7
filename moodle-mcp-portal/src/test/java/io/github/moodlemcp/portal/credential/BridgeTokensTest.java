package io.github.moodlemcp.portal.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.moodlemcp.portal.ManualClock;
import io.github.moodlemcp.portal.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeTokensTest {
    private static final String PURPOSE = "bridge access token";
    private static final URI ISSUER = URI.create("https://mcp.example.org");
    private static final URI AUDIENCE = URI.create("wss://mcp.example.org/ws");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID GRANT = UUID.randomUUID();
    private static final Set<String> HMACS = Set.of("HS384", "HS512");

    private final ManualClock clock = new ManualClock();
    private final PurposeKeys keys = PurposeKeys.of("a secret that is long enough to be one");
    private final Set<UUID> liveGrants = new HashSet<>(Set.of(GRANT));
    private final BridgeTokens tokens = new BridgeTokens(keys, ISSUER, AUDIENCE, liveGrants::contains, clock);

    @Test
    void aTokenNamesItsAccountForAQuarterOfAnHour() {
        String token = tokens.issue(ACCOUNT, GRANT);

        assertThat(tokens.verify(token)).contains(new VerifiedBridge(ACCOUNT, GRANT));
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(tokens.verify(token)).contains(new VerifiedBridge(ACCOUNT, GRANT));
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void aTokenEndsWithItsGrant() {
        String token = tokens.issue(ACCOUNT, GRANT);
        liveGrants.clear();

        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenMadeWithThePreviousSecretStillCounts() {
        String token = tokens.issue(ACCOUNT, GRANT);
        PurposeKeys rotated =
                PurposeKeys.of("the next secret, which is long enough", "a secret that is long enough to be one");

        assertThat(new BridgeTokens(rotated, ISSUER, AUDIENCE, liveGrants::contains, clock).verify(token))
                .contains(new VerifiedBridge(ACCOUNT, GRANT));
        PurposeKeys later = PurposeKeys.of("the next secret, which is long enough");
        assertThat(new BridgeTokens(later, ISSUER, AUDIENCE, liveGrants::contains, clock).verify(token))
                .isEmpty();
    }

    @Test
    void theForgeryOfThisTestIsGoodWhenNothingIsWrongWithIt() throws Exception {
        assertThat(tokens.verify(forged(claims -> claims))).contains(new VerifiedBridge(ACCOUNT, GRANT));
    }

    static Stream<Arguments> wrongClaims() {
        Instant now = new ManualClock().instant();
        return Stream.of(
                wrong("audience of another service", c -> c.audience("wss://other.example.org/ws")),
                wrong("audience of the MCP endpoint", c -> c.audience("https://mcp.example.org/mcp")),
                wrong("one of two audiences", c -> c.audience(List.of(AUDIENCE.toString(), "https://x.example"))),
                wrong("no audience", c -> c.audience((String) null)),
                wrong("issuer", c -> c.issuer("https://evil.example")),
                wrong("no issuer", c -> c.issuer(null)),
                wrong("scope", c -> c.claim("scope", "mcp")),
                wrong("wider scope", c -> c.claim("scope", "bridge admin")),
                wrong("scope that is no text", c -> c.claim("scope", List.of("bridge"))),
                wrong("no scope", c -> c.claim("scope", null)),
                wrong("no subject", c -> c.subject(null)),
                wrong("subject that is no account", c -> c.subject("admin")),
                wrong("no grant", c -> c.claim("grant", null)),
                wrong("unknown grant", c -> c.claim("grant", UUID.randomUUID().toString())),
                wrong("no expiry", c -> c.expirationTime(null)),
                wrong("huge expiry", c -> c.expirationTime(Date.from(now.plus(Duration.ofDays(36500))))),
                wrong(
                        "past",
                        c -> c.issueTime(Date.from(now.minus(Duration.ofHours(1))))
                                .expirationTime(Date.from(now.minus(Duration.ofMinutes(45))))),
                wrong(
                        "future",
                        c -> c.issueTime(Date.from(now.plus(Duration.ofHours(1))))
                                .expirationTime(Date.from(now.plus(Duration.ofMinutes(75))))),
                wrong("no issue time", c -> c.issueTime(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void aWrongClaimIsRefused(String what, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        assertThat(tokens.verify(forged(change))).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void aKeyOfAnotherPurposeIsRefused() throws Exception {
        assertThat(tokens.verify(signed(header().build(), good().build(), keys.current("mcp access token"))))
                .isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void anotherTypeIsRefused() throws Exception {
        for (JOSEObjectType type : new JOSEObjectType[] {JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null}) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).build();
            assertThat(tokens.verify(signed(header, good().build(), keys.current(PURPOSE))))
                    .isEmpty();
        }
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void anotherAlgorithmIsRefusedEvenWithOurKey() {
        for (String algorithm : HMACS) {
            String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"bridge+jwt\"}";
            assertThat(tokens.verify(handMade(header))).as(algorithm).isEmpty();
        }
        assertThat(tokens.verify(handMade("{\"alg\":\"HS256\",\"typ\":\"bridge+jwt\"}")))
                .contains(new VerifiedBridge(ACCOUNT, GRANT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kid\":\"1\"",
                "\"jku\":\"https://evil.example/keys\"",
                "\"x5u\":\"https://evil.example/cert\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"cty\":\"JWT\""
            })
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void anyFurtherHeaderIsRefused(String header) {
        assertThat(tokens.verify(handMade("{\"alg\":\"HS256\",\"typ\":\"bridge+jwt\"," + header + "}")))
                .isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void anUnsignedTokenIsRefused() {
        String plain = new PlainJWT(good().build()).serialize();
        String[] parts = tokens.issue(ACCOUNT, GRANT).split("\\.");

        assertThat(tokens.verify(plain)).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1])).isEmpty();
        assertThat(tokens.verify(encoded("{\"alg\":\"none\",\"typ\":\"bridge+jwt\"}") + "." + parts[1] + "."))
                .isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void changedContentIsRefused() {
        String[] parts = tokens.issue(ACCOUNT, GRANT).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
                .replace(ACCOUNT.toString(), UUID.randomUUID().toString());

        assertThat(tokens.verify(parts[0] + "." + encoded(claims) + "." + parts[2]))
                .isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void aLongTokenIsRefusedEvenWhenItIsSignedByUs() throws Exception {
        assertThat(tokens.verify(forged(claims -> claims.claim("padding", "x".repeat(5 * 1024)))))
                .isEmpty();
        assertThat(tokens.verify(forged(claims -> claims.claim("padding", "x".repeat(512)))))
                .contains(new VerifiedBridge(ACCOUNT, GRANT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "bearer", "{}", "\u0000", "ey.ey.ey", "....."})
    @Refusal(Refusal.Of.EXTENSION_TOKEN)
    void nonsenseIsRefused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    private static Arguments wrong(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    private static JWTClaimsSet.Builder good() {
        Instant now = new ManualClock().instant();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER.toString())
                .audience(AUDIENCE.toString())
                .subject(ACCOUNT.toString())
                .claim("scope", "bridge")
                .claim("grant", GRANT.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(15))));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("bridge+jwt"));
    }

    private String forged(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(header().build(), change.apply(good()).build(), keys.current(PURPOSE));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, SecretKey key) throws Exception {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    /** Signed with our key by HMAC-SHA256, whatever its header says. */
    private String handMade(String header) {
        String content = encoded(header) + "." + encoded(good().build().toString());
        byte[] signature = PurposeKeys.hmac(keys.current(PURPOSE), content.getBytes(UTF_8));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
