package io.github.moodlemcp.portal.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.moodlemcp.portal.ManualClock;
import io.github.moodlemcp.portal.Refusal;
import io.github.moodlemcp.portal.credential.AccessTokens.Access;
import io.github.moodlemcp.portal.spi.Grant;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of the MCP endpoint: the good ones count, and every crafted one is refused. */
class AccessTokensTest {
    private static final String SECRET = "a secret that is long enough to be one";
    private static final URI ISSUER = URI.create("https://mcp.example.org");
    private static final URI AUDIENCE = URI.create("https://mcp.example.org/mcp");
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";
    private static final String PURPOSE = "mcp access token";
    private static final ManualClock CLOCK = new ManualClock();
    private static final Grant GRANT = new Grant(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "mcpc_client",
            AUDIENCE.toString(),
            "moodle:read moodle:write",
            "An app",
            CLOCK.instant());

    private final ManualClock clock = new ManualClock();
    private final PurposeKeys keys = PurposeKeys.of(SECRET);
    private final Set<UUID> liveGrants = new HashSet<>(Set.of(GRANT.id()));
    private final AccessTokens tokens = tokensOf(keys);

    @Test
    void aTokenSaysWhoMayDoWhatForAnHour() {
        String token = tokens.issue(GRANT, "moodle:read");

        assertThat(tokens.verify(token))
                .contains(new Access(GRANT.accountId(), GRANT.id(), "mcpc_client", Set.of("moodle:read")));
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(tokens.verify(token)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void aTokenEndsWithItsGrant() {
        String token = tokens.issue(GRANT, GRANT.scope());
        liveGrants.clear();

        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenMadeWithThePreviousSecretStillCountsAndLaterNoMore() {
        String token = tokens.issue(GRANT, GRANT.scope());
        String next = "the next secret, which is long enough";

        assertThat(tokensOf(PurposeKeys.of(next, SECRET)).verify(token)).isPresent();
        assertThat(tokensOf(PurposeKeys.of(next)).verify(token)).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.AUDIENCE)
    void aTokenOfOnePurposeIsWorthNothingForTheOther() {
        BridgeTokens bridge =
                new BridgeTokens(keys, ISSUER, URI.create("wss://mcp.example.org/ws"), liveGrants::contains, clock);

        assertThat(bridge.verify(tokens.issue(GRANT, "bridge"))).isEmpty();
        assertThat(tokens.verify(bridge.issue(GRANT.accountId(), GRANT.id()))).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.AUDIENCE)
    void evenForOneAudienceThePurposesStayApart() {
        BridgeTokens bridge = new BridgeTokens(keys, ISSUER, AUDIENCE, liveGrants::contains, clock);

        assertThat(bridge.verify(tokens.issue(GRANT, "bridge"))).isEmpty();
        assertThat(tokens.verify(bridge.issue(GRANT.accountId(), GRANT.id()))).isEmpty();
    }

    @Test
    void theForgeryOfThisTestIsGoodWhenNothingIsWrongWithIt() {
        assertThat(tokens.verify(forged(HEADER, good().build().toString()))).isPresent();
    }

    static Stream<Arguments> wrongClaims() {
        Instant now = CLOCK.instant();
        return Stream.of(
                wrong("audience of another service", c -> c.audience("https://other.example.org/mcp")),
                wrong("audience of the WebSocket", c -> c.audience("wss://mcp.example.org/ws")),
                wrong("audience with a slash", c -> c.audience(AUDIENCE + "/")),
                wrong("audience of the issuer", c -> c.audience(ISSUER.toString())),
                wrong("audience in capitals", c -> c.audience("HTTPS://MCP.EXAMPLE.ORG/MCP")),
                wrong("one of two audiences", c -> c.audience(List.of(AUDIENCE.toString(), "https://x.example"))),
                wrong("the audience twice", c -> c.audience(List.of(AUDIENCE.toString(), AUDIENCE.toString()))),
                wrong("no audience", c -> c.audience((String) null)),
                wrong("empty audience", c -> c.audience("")),
                wrong("issuer", c -> c.issuer("https://evil.example")),
                wrong("issuer with a slash", c -> c.issuer(ISSUER + "/")),
                wrong("no issuer", c -> c.issuer(null)),
                wrong("scope that is no text", c -> c.claim("scope", List.of("moodle:read"))),
                wrong("blank scope", c -> c.claim("scope", " ")),
                wrong("no scope", c -> c.claim("scope", null)),
                wrong("no subject", c -> c.subject(null)),
                wrong("subject that is no account", c -> c.subject("admin")),
                wrong("subject with a line break", c -> c.subject(GRANT.accountId() + "\n")),
                wrong("no grant", c -> c.claim("grant", null)),
                wrong("grant that is a number", c -> c.claim("grant", 1)),
                wrong("unknown grant", c -> c.claim("grant", UUID.randomUUID().toString())),
                wrong("no client", c -> c.claim("client_id", null)),
                wrong("client that is no text", c -> c.claim("client_id", List.of("mcpc_client"))),
                wrong("no expiry", c -> c.expirationTime(null)),
                wrong("huge expiry", c -> c.expirationTime(Date.from(now.plus(Duration.ofDays(36500))))),
                wrong("longer by a second", c -> c.expirationTime(Date.from(now.plusSeconds(3601)))),
                wrong("life of a bridge token", c -> c.expirationTime(Date.from(now.plusSeconds(900)))),
                wrong(
                        "past",
                        c -> c.issueTime(Date.from(now.minusSeconds(3600))).expirationTime(Date.from(now))),
                wrong(
                        "future",
                        c -> c.issueTime(Date.from(now.plusSeconds(60)))
                                .expirationTime(Date.from(now.plusSeconds(3660)))),
                wrong("no issue time", c -> c.issueTime(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void aWrongClaimIsRefused(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        assertThat(tokens.verify(forged(HEADER, change.apply(good()).build().toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"None\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"hs256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS384\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS512\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"\",\"typ\":\"at+jwt\"}",
                "{\"alg\":[\"HS256\"],\"typ\":\"at+jwt\"}",
                "{\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"bridge+jwt\"}",
                "{\"alg\":\"HS256\",\"typ\":\"AT+JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"application/at+jwt\"}",
                "{\"alg\":\"HS256\",\"typ\":1}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"1\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"../../dev/null\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"jku\":\"https://evil.example/keys\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x5u\":\"https://evil.example/cert\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x5c\":[\"AAAA\"]}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"cty\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"zip\":\"DEF\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"at+jwt\"}",
                "{}",
                "[]",
                "null"
            })
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void anyOtherHeaderIsRefusedEvenWithOurKey(String header) {
        assertThat(tokens.verify(forged(header, good().build().toString()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp", "bridge access token", "form token", "", "mcp access token "})
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void aKeyOfAnotherPurposeIsRefused(String purpose) {
        String content = encoded(HEADER) + "." + encoded(good().build().toString());

        assertThat(tokens.verify(signed(content, purpose))).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void aSignatureThatIsCutEmptyOrZeroIsRefused() {
        String token = tokens.issue(GRANT, GRANT.scope());
        String content = token.substring(0, token.lastIndexOf('.'));

        assertThat(Stream.of("", ".", "." + "A".repeat(43), token.substring(content.length(), token.length() - 4))
                        .map(signature -> tokens.verify(content + signature)))
                .allMatch(java.util.Optional::isEmpty);
        assertThat(tokens.verify(token + "A")).isEmpty();
        assertThat(tokens.verify(token + ".")).isEmpty();
        assertThat(tokens.verify(" " + token + "\u0000")).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void aLongTokenIsRefusedEvenWhenItIsSignedByUs() {
        assertThat(tokens.verify(forged(
                        HEADER,
                        good().claim("padding", "x".repeat(5 * 1024)).build().toString())))
                .isEmpty();
        assertThat(tokens.verify("x".repeat(1 << 20))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "bearer", "{}", "ey.ey.ey", ".....", "mmcp_x"})
    @Refusal(Refusal.Of.ACCESS_TOKEN)
    void nonsenseIsRefused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    private AccessTokens tokensOf(PurposeKeys purposeKeys) {
        return new AccessTokens(purposeKeys, ISSUER, AUDIENCE, liveGrants::contains, clock);
    }

    private static Arguments wrong(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER.toString())
                .audience(AUDIENCE.toString())
                .subject(GRANT.accountId().toString())
                .claim("client_id", GRANT.clientId())
                .claim("scope", GRANT.scope())
                .claim("grant", GRANT.id().toString())
                .issueTime(Date.from(CLOCK.instant()))
                .expirationTime(Date.from(CLOCK.instant().plus(Duration.ofHours(1))));
    }

    /** Signed with our key by HMAC-SHA256, whatever its header says. */
    private String forged(String header, String claims) {
        return signed(encoded(header) + "." + encoded(claims), PURPOSE);
    }

    private String signed(String content, String purpose) {
        byte[] signature = PurposeKeys.hmac(keys.current(purpose), content.getBytes(UTF_8));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
