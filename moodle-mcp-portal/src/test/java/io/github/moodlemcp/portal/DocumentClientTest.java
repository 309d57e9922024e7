package io.github.moodlemcp.portal;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.HS256;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.moodlemcp.portal.outbound.DocumentHost;
import io.github.moodlemcp.portal.spi.CallerAddresses;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Apps that publish a document about themselves, on a host of our own. */
@TestInstance(Lifecycle.PER_CLASS)
class DocumentClientTest {
    private static final String BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BACK = "https://" + DocumentHost.NAME + "/cb";
    private static final ECKey KEY = key("one");

    private String address = CallerAddresses.UNKNOWN;
    private final ManualClock clock = new ManualClock();
    private final DocumentHost host = new DocumentHost();
    private final PortalServer server = PortalServer.start(
            settings -> settings.clock(clock).documents(host.fetch()).callers(request -> address));
    private Visitor me = new Visitor(server.base());
    private AppFlow app = new AppFlow(server, me);
    private String id = "";
    private String path = "";

    @BeforeEach
    void publish() {
        address = CallerAddresses.UNKNOWN;
        clock.advance(Duration.ofHours(1));
        path = "/" + UUID.randomUUID();
        id = "https://" + DocumentHost.NAME + path;
        host.publish(path, document(""));
        host.publish("/keys", new JWKSet(KEY.toPublicJWK()).toString());
        me = new Visitor(server.base());
        me.signIn(server, UUID.randomUUID() + "@example.org");
        app = new AppFlow(server, me, id);
    }

    @AfterAll
    void stop() {
        server.close();
        host.close();
    }

    @Test
    void anAppWithADocumentGetsTokensAndTheQuestionNamesItsHost() {
        HttpResponse<String> question = app.ask(request());
        assertThat(question.body())
                .contains("Connect Published App?", "<code>" + DocumentHost.NAME + "</code>", "this host's word")
                .doesNotContain("We did not check it");

        JsonNode tokens = ExtensionFlow.json(app.token(app.redemption(request())), 200);

        assertThat(tokens.get("scope").asText()).isEqualTo("moodle:read");
        assertThat(server.portal()
                        .accessTokens()
                        .verify(tokens.get("access_token").asText()))
                .hasValueSatisfying(access -> assertThat(access.clientId()).isEqualTo(id));
        assertThat(me.get("/dashboard").body()).contains("Published App");
    }

    @Test
    void theDocumentIsFetchedOnceInAWhile() {
        int before = host.requests();
        for (int i = 0; i < 3; i++) {
            assertThat(app.ask(request()).statusCode()).isEqualTo(200);
        }
        assertThat(host.requests() - before).isEqualTo(1);
        host.publish(path, document("").replace("Published App", "Renamed"));
        clock.advance(Duration.ofMinutes(59));
        assertThat(app.ask(request()).body()).contains("Published App");
        clock.advance(Duration.ofMinutes(2));
        assertThat(app.ask(request()).body()).contains("Renamed");
    }

    @Test
    void itsPublisherMayShortenThatToFiveMinutes() {
        host.publish(path, document(""), "Cache-Control", "no-store");
        int before = host.requests();
        app.ask(request());
        clock.advance(Duration.ofSeconds(299));
        app.ask(request());
        assertThat(host.requests() - before).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        app.ask(request());
        assertThat(host.requests() - before).isEqualTo(2);
    }

    @Test
    void faultsAreNotRemembered() {
        host.publish(path, "{}");
        assertThat(app.ask(request()).statusCode()).isEqualTo(400);
        host.withdraw(path);
        assertThat(app.ask(request()).statusCode()).isEqualTo(400);
        host.publish(path, document(""));
        assertThat(app.ask(request()).statusCode()).isEqualTo(200);
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void nobodyWithoutAnAccountMakesUsAskAHost() {
        int before = host.requests();
        Visitor stranger = new Visitor(server.base());

        HttpResponse<String> answer = stranger.get("/authorize?" + Visitor.encoded(request()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .contains(
                        "/sign-in?return=%2Fauthorize%3F",
                        Visitor.encoded(Map.of("x", id)).substring(2).replace("%", "%25"));
        Map<String, String> redemption =
                new HashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", "x", "client_id", id));
        assertThat(app.token(redemption).statusCode()).isEqualTo(401);
        assertThat(host.requests()).isEqualTo(before);
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void aHostIsNotAskedWithoutLimit() {
        int before = host.requests();
        for (int i = 0; i < 15; i++) {
            app.ask(request("https://" + DocumentHost.NAME + "/none/" + i));
        }
        assertThat(host.requests() - before).isEqualTo(10);
        clock.advance(Duration.ofMinutes(1));
        assertThat(app.ask(request()).statusCode()).isEqualTo(200);
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void nobodyAloneUsesUpWhatAHostIsAsked() {
        int before = host.requests();
        address = "192.0.2.1";
        for (int i = 0; i < 9; i++) {
            app.ask(request("https://" + DocumentHost.NAME + "/none/" + i));
        }
        assertThat(host.requests() - before).isEqualTo(5);
        assertThat(app.ask(request()).statusCode()).isEqualTo(400);
        address = "192.0.2.2";
        assertThat(app.ask(request()).statusCode()).isEqualTo(200);
        address = "192.0.2.1";
        assertThat(app.ask(request()).statusCode()).isEqualTo(200);
    }

    @Test
    void goodDocumentsAreNotCountedAgainstAnAddress() {
        int before = host.requests();
        address = "192.0.2.3";
        for (int i = 0; i < 8; i++) {
            host.publish(path + i, document("").replace(path, path + i));
            assertThat(app.ask(request(id + i)).statusCode()).isEqualTo(200);
        }
        assertThat(host.requests() - before).isEqualTo(8);
    }

    @Test
    void whatWasAllowedGoesOnWhenTheDocumentIsGone() {
        JsonNode tokens = ExtensionFlow.json(app.token(app.redemption(request())), 200);
        host.withdraw(path);
        clock.advance(Duration.ofDays(2));

        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(200);
        assertThat(app.ask(request()).statusCode()).isEqualTo(400);
    }

    @Test
    void aWellKnownClientIsServedWhenItsHostCannotBeReached() {
        Map<String, String> request = request("https://claude.ai/oauth/claude-code-client-metadata");
        request.put("redirect_uri", "http://localhost:51234/callback");

        assertThat(app.ask(request).body())
                .contains("Connect Claude Code?", "<code>claude.ai</code>", "a program on this computer");
        request.put("redirect_uri", "http://localhost:51234/other");
        assertThat(app.ask(request).statusCode()).isEqualTo(400);
    }

    @Test
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingIsSentToAnAddressThatTheDocumentDoesNotName() {
        for (String other : List.of("https://evil.example/cb", BACK + "/", BACK + "?x", "http://127.0.0.1/cb")) {
            Map<String, String> request = request();
            request.put("redirect_uri", other);
            HttpResponse<String> answer = app.ask(request);
            assertThat(answer.statusCode()).as(other).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
    }

    @Test
    void aClientWithKeysProvesItself() {
        host.publish(path, signing());

        Map<String, String> form = app.redemption(request());
        JsonNode tokens = ExtensionFlow.json(app.token(signed(form, claims -> claims)), 200);
        JsonNode refreshed = ExtensionFlow.json(
                app.token(signed(
                        app.refresh(tokens),
                        claims -> claims.audience(server.base().toString()))),
                200);

        assertThat(refreshed.get("access_token").asText()).isNotEmpty();
        Map<String, String> revocation =
                new HashMap<>(Map.of("token", refreshed.get("refresh_token").asText(), "client_id", id));
        assertThat(new Visitor(server.base())
                        .post("/revoke", revocation, Map.of())
                        .statusCode())
                .isEqualTo(401);
        assertThat(new Visitor(server.base())
                        .post("/revoke", signed(revocation, claims -> claims), Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.token(signed(app.refresh(refreshed), claims -> claims)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aKeyThatWasChangedIsFetched() {
        host.publish(path, signing());
        JsonNode tokens = ExtensionFlow.json(app.token(signed(app.redemption(request()), claims -> claims)), 200);
        ECKey next = key("two");
        host.publish("/keys", new JWKSet(next.toPublicJWK()).toString());

        Map<String, String> form = app.refresh(tokens);
        form.put("client_assertion_type", BEARER);
        form.put("client_assertion", sign(next, claims(claims -> claims)));

        assertThat(app.token(form).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> badProofs() {
        return Stream.of(
                bad("another audience", claims -> claims.audience("https://evil.example/token")),
                bad("no audience", claims -> claims.audience((String) null)),
                bad("the endpoint as audience", claims -> claims.audience("/mcp")),
                bad("another issuer", claims -> claims.issuer("https://evil.example/app")),
                bad("another subject", claims -> claims.subject("https://evil.example/app")),
                bad("no id", claims -> claims.jwtID(null)),
                bad("no end", claims -> claims.expirationTime(null)),
                bad("over", claims -> claims.expirationTime(new Date(0))),
                bad("too long", claims -> claims.expirationTime(Date.from(Instant.parse("2099-01-01T00:00:00Z")))),
                bad("not yet", claims -> claims.notBeforeTime(Date.from(Instant.parse("2098-01-01T00:00:00Z")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badProofs")
    @Refusal(Refusal.Of.CLIENT)
    void aStatementThatIsNotForUsNowIsNoProof(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        host.publish(path, signing());
        Map<String, String> form = app.redemption(request());

        HttpResponse<String> refused = app.token(signed(form, change));
        assertThat(refused.statusCode()).isBetween(400, 401);
        assertThat(refused.body())
                .containsAnyOf("invalid_client", "invalid_request")
                .doesNotContain("access_token");
        assertThat(app.token(signed(form, claims -> claims)).statusCode()).isEqualTo(200);
    }

    @Test
    @Refusal(Refusal.Of.CLIENT)
    void noOtherProofCounts() throws JOSEException {
        host.publish(path, signing());
        Map<String, String> form = app.redemption(request());
        Map<String, String> withSecret = new HashMap<>(form);
        withSecret.put("client_secret", "secret");
        Map<String, String> foreignKey = new HashMap<>(form);
        foreignKey.put("client_assertion_type", BEARER);
        foreignKey.put("client_assertion", sign(key("one"), claims(claims -> claims)));
        Map<String, String> publicAsSecret = new HashMap<>(foreignKey);
        publicAsSecret.put("client_assertion", mac(claims(claims -> claims)));
        Map<String, String> otherType = signed(form, claims -> claims);
        otherType.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");

        for (Map<String, String> wrong : List.of(form, withSecret, foreignKey, publicAsSecret)) {
            assertThat(error(app.token(wrong))).isEqualTo("invalid_client");
        }
        assertThat(app.token(otherType).statusCode()).isBetween(400, 401);
        Map<String, String> once = signed(form, claims -> claims);
        JsonNode tokens = ExtensionFlow.json(app.token(once), 200);
        Map<String, String> again = app.refresh(tokens);
        again.put("client_assertion_type", BEARER);
        again.put("client_assertion", once.get("client_assertion"));
        assertThat(error(app.token(again))).isEqualTo("invalid_client");
    }

    @Test
    @Refusal(Refusal.Of.CLIENT)
    void aPublicClientProvesNothingAndMayNotTry() {
        Map<String, String> form = app.redemption(request());

        assertThat(error(app.token(signed(form, claims -> claims)))).isEqualTo("invalid_client");
        assertThat(app.token(form).statusCode()).isEqualTo(200);
    }

    private static Arguments bad(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, change);
    }

    private String document(String more) {
        return "{\"client_id\":\"" + id + "\",\"client_name\":\"Published App\",\"redirect_uris\":[\"" + BACK + "\"]"
                + more + "}";
    }

    private String signing() {
        return document(",\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://"
                + DocumentHost.NAME + "/keys\"");
    }

    private Map<String, String> request() {
        return request(id);
    }

    private Map<String, String> request(String client) {
        Map<String, String> request = new LinkedHashMap<>(app.request());
        request.put("client_id", client);
        request.put("redirect_uri", BACK);
        return request;
    }

    private Map<String, String> signed(Map<String, String> form, UnaryOperator<JWTClaimsSet.Builder> change) {
        Map<String, String> signed = new HashMap<>(form);
        signed.put("client_assertion_type", BEARER);
        signed.put("client_assertion", sign(KEY, claims(change)));
        return signed;
    }

    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(id)
                        .subject(id)
                        .audience(server.base() + "/token")
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(clock.instant().plusSeconds(300))))
                .build();
    }

    private static String sign(ECKey key, JWTClaimsSet claims) {
        try {
            return serialized(new JWSHeader.Builder(ES256).keyID(key.getKeyID()).build(), claims, new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mac(JWTClaimsSet claims) throws JOSEException {
        byte[] secret = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        return serialized(new JWSHeader.Builder(HS256).keyID("one").build(), claims, new MACSigner(secret));
    }

    private static String serialized(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String error(HttpResponse<String> answer) {
        return ExtensionFlow.json(answer, 401).get("error").asText();
    }
}
