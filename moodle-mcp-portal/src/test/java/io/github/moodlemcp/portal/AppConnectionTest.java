package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.portal.credential.AccessTokens.Access;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an app that registered itself is connected, and how every abuse of that ends. The tests share a server. */
@TestInstance(Lifecycle.PER_CLASS)
class AppConnectionTest {
    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock));
    private String myAddress = "";
    private Visitor me = new Visitor(server.base());
    private AppFlow app;

    @BeforeEach
    void signIn() {
        clock.advance(Duration.ofHours(1));
        myAddress = UUID.randomUUID() + "@example.org";
        me = new Visitor(server.base());
        me.signIn(server, myAddress);
        app = new AppFlow(server, me);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void anAppThatAPersonAllowedGetsATokenForTheEndpoint() {
        Map<String, String> answer = app.decide(app.request(), "allow");
        assertThat(answer).containsOnlyKeys("code", "state", "iss");
        assertThat(answer)
                .containsEntry("state", "a state")
                .containsEntry("iss", server.base().toString());

        JsonNode tokens = app.tokens();
        assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.get("expires_in").asInt()).isEqualTo(3600);
        assertThat(tokens.get("scope").asText()).isEqualTo("moodle:read");
        assertThat(tokens.has("websocket_url")).isFalse();
        Access access = access(tokens).orElseThrow();
        assertThat(access.accountId()).isEqualTo(server.account(myAddress));
        assertThat(access.scopes()).containsExactly("moodle:read");
        assertThat(access.clientId()).isEqualTo(app.clientId());
    }

    @Test
    void theQuestionNamesTheAppItsAddressAndWhatItWants() {
        Map<String, String> request = app.request();
        request.put("scope", "moodle:write");

        HttpResponse<String> question = app.ask(request);

        assertThat(question.body())
                .contains("Connect Any App?", "http://127.0.0.1:4711", "a program on this computer", myAddress)
                .contains("We did not check it", "name=\"allow_write\"");
        assertThat(question.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self';", "frame-ancestors 'none'");
        request.put("redirect_uri", "https://app.example/cb");
        request.put("scope", "moodle:read");
        assertThat(app.ask(request).body())
                .contains("https://app.example")
                .doesNotContain("a program on this computer", "name=\"allow_write\"");
    }

    @Test
    void writingIncludesReadingAndThePersonMayLeaveItOut() {
        Map<String, String> request = app.request();
        request.put("scope", "moodle:write");

        JsonNode both = ExtensionFlow.json(app.token(app.redemption(request, "allow_write", "yes")), 200);
        JsonNode less = ExtensionFlow.json(app.token(app.redemption(request)), 200);

        assertThat(both.get("scope").asText()).isEqualTo("moodle:read moodle:write");
        assertThat(access(both).orElseThrow().scopes()).containsExactlyInAnyOrder("moodle:read", "moodle:write");
        assertThat(less.get("scope").asText()).isEqualTo("moodle:read");
        assertThat(access(less).orElseThrow().scopes()).isEqualTo(Set.of("moodle:read"));
    }

    @Test
    void sayingNoIsToldWithTheIssuer() {
        assertThat(app.decide(app.request(), "deny"))
                .containsOnlyKeys("error", "state", "iss")
                .containsEntry("error", "access_denied")
                .containsEntry("iss", server.base().toString());
        assertThat(app.decide(app.request(), "")).containsEntry("error", "access_denied");
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void everyConnectionIsAskedForAnew() {
        app.tokens();

        assertThat(app.ask(app.request()).body()).contains("Connect Any App?");
    }

    @Test
    void aVisitorSignsInFirst() {
        server.portal().apiKeys().create(server.account("late@example.org"), "a");
        Visitor late = new Visitor(server.base());
        HttpResponse<String> page = late.follow(late.get("/authorize?" + Visitor.encoded(app.request())));

        assertThat(page.body()).contains("An app wants to connect");
        assertThat(late.get("/authorize?" + Visitor.encoded(app.request())).statusCode())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, id_token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_type, , invalid_request",
        "response_mode, fragment, invalid_request",
        "response_mode, form_post, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, s256, invalid_request",
        "code_challenge_method, , invalid_request",
        "code_challenge, , invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMx, invalid_request",
        "scope, bridge, invalid_scope",
        "scope, admin, invalid_scope",
        "scope, MOODLE:READ, invalid_scope",
        "resource, https://other.example.org/mcp, invalid_target",
        "resource, wss://mcp.example.org/ws, invalid_target",
        "resource, https://mcp.example.org/mcp?x, invalid_target",
    })
    @Refusal(Refusal.Of.PROOF_KEY)
    void aFaultIsToldToTheAppWithTheIssuer(String name, String value, String error) {
        Map<String, String> request = app.request();
        request.remove(name);
        if (value != null) {
            request.put(name, value);
        }

        HttpResponse<String> answer = app.ask(request);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(AppFlow.parameters(answer.headers().firstValue("Location").orElseThrow()))
                .containsEntry("error", error)
                .containsEntry("iss", server.base().toString())
                .doesNotContainKey("code");
    }

    @Test
    void theResourceMayEndInASlashOrBeLeftOut() {
        Map<String, String> request = app.request();
        request.put("resource", server.base() + "/mcp/");
        assertThat(app.ask(request).statusCode()).isEqualTo(200);
        request.put("resource", server.base() + "/mcp/x/student,teacher/readonly");
        assertThat(app.ask(request).statusCode()).isEqualTo(200);
        request.put("resource", server.base() + "/mcp/../ws");
        assertThat(app.ask(request).statusCode()).isEqualTo(303);
        request.put("resource", server.base() + "/mcps");
        assertThat(app.ask(request).statusCode()).isEqualTo(303);
        request.remove("resource");
        request.remove("scope");
        request.remove("state");
        request.put("prompt", "consent");
        assertThat(app.decide(request, "allow")).containsOnlyKeys("code", "iss");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, moodle-mcp-extension",
        "client_id, mcpc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "client_id, https://evil.example/client.json",
        "client_id, ",
        "redirect_uri, https://evil.example/",
        "redirect_uri, http://localhost:4711/callback",
        "redirect_uri, http://127.0.0.1:4711/callback/",
        "redirect_uri, https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org/",
        "redirect_uri, "
    })
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingIsSentToAnAddressThatIsNotTheApps(String name, String value) {
        Map<String, String> request = app.request();
        request.remove(name);
        if (value != null) {
            request.put(name, value);
        }

        HttpResponse<String> answer = app.ask(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void consentCannotBeLeftOut() {
        Map<String, String> form = new HashMap<>(app.request());
        form.put("decision", "allow");
        Map<String, String> withToken = new HashMap<>(form);
        withToken.put("form_token", me.formToken());
        Visitor other = new Visitor(server.base());
        other.signIn(server, UUID.randomUUID() + "@example.org");
        Map<String, String> foreign = Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");

        assertThat(me.post("/authorize", form).statusCode()).isEqualTo(403);
        assertThat(me.post("/authorize", withToken, foreign).statusCode()).isEqualTo(403);
        assertThat(me.post("/authorize", withToken, Map.of()).statusCode()).isEqualTo(403);
        assertThat(other.post("/authorize", withToken).statusCode()).isEqualTo(403);
        assertThat(new Visitor(server.base()).post("/authorize", withToken).body())
                .doesNotContain("code=");
        assertThat(me.get("/authorize?" + Visitor.encoded(withToken)).body()).doesNotContain("code=");
        assertThat(me.post("/authorize", withToken).statusCode()).isEqualTo(200);
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void theAnswerToAFormCannotWidenTheQuestion() {
        Map<String, String> request = app.request();

        Map<String, String> form = app.redemption(request, "allow_write", "yes");

        assertThat(ExtensionFlow.json(app.token(form), 200).get("scope").asText())
                .isEqualTo("moodle:read");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX, invalid_grant, 400",
        "code_verifier, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, invalid_grant, 400",
        "code_verifier, short, invalid_request, 400",
        "code_verifier, , invalid_grant, 400",
        "redirect_uri, http://127.0.0.1:4712/callback, invalid_grant, 400",
        "redirect_uri, https://app.example/cb, invalid_grant, 400",
        "redirect_uri, , invalid_grant, 400",
        "resource, https://other.example.org/mcp, invalid_target, 400",
        "resource, wss://mcp.example.org/ws, invalid_target, 400",
        "client_id, moodle-mcp-extension, invalid_target, 400",
        "client_id, mcpc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, invalid_client, 401",
        "client_id, , invalid_request, 400",
        "client_secret, secret, invalid_client, 401",
        "grant_type, client_credentials, invalid_client, 401",
        "grant_type, password, invalid_request, 400",
        "grant_type, urn:example:another, unsupported_grant_type, 400",
        "code, wrong, invalid_grant, 400",
        "code, , invalid_request, 400"
    })
    @Refusal(Refusal.Of.AUDIENCE)
    void aWrongParameterGivesNothing(String name, String value, String error, int status) {
        Map<String, String> form = app.redemption(app.request());
        form.remove(name);
        if (value != null) {
            form.put(name, value);
        }

        JsonNode answer = ExtensionFlow.json(app.token(form), status);

        assertThat(answer.get("error").asText()).isEqualTo(error);
        assertThat(answer.has("access_token")).isFalse();
    }

    @Test
    @Refusal(Refusal.Of.AUTHORIZATION_CODE)
    void aCodeOfOneAppIsWorthNothingToAnother() {
        Map<String, String> form = app.redemption(app.request());
        Map<String, String> asOther = new HashMap<>(form);
        asOther.put("client_id", new AppFlow(server, me).clientId());

        assertThat(error(app.token(asOther))).isEqualTo("invalid_grant");
        assertThat(error(app.token(form))).isEqualTo("invalid_grant");
    }

    @Test
    @Refusal(Refusal.Of.AUTHORIZATION_CODE)
    void aCodeOfTheExtensionIsWorthNothingToAnApp() {
        Map<String, String> stolen = new ExtensionFlow(server, me).redemption();
        stolen.put("client_id", app.clientId());

        assertThat(error(app.token(stolen))).isEqualTo("invalid_grant");
    }

    @Test
    @Refusal(Refusal.Of.AUTHORIZATION_CODE)
    void usingACodeAgainEndsWhatItGave() {
        Map<String, String> form = app.redemption(app.request());
        JsonNode tokens = ExtensionFlow.json(app.token(form), 200);
        assertThat(access(tokens)).isPresent();

        assertThat(error(app.token(form))).isEqualTo("invalid_grant");
        assertThat(access(tokens)).isEmpty();
        assertThat(error(app.token(app.refresh(tokens)))).isEqualTo("invalid_grant");
    }

    @Test
    @Refusal(Refusal.Of.AUTHORIZATION_CODE)
    void of50RedemptionsAtOnceAtMostOneGivesTokensAndEvenTheyEnd() throws Exception {
        Map<String, String> form = app.redemption(app.request());
        List<Callable<HttpResponse<String>>> attempts = IntStream.range(0, 50)
                .<Callable<HttpResponse<String>>>mapToObj(i -> () -> app.token(form))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<JsonNode> given = threads.invokeAll(attempts).stream()
                    .map(AppConnectionTest::answer)
                    .filter(answer -> answer.statusCode() == 200)
                    .map(answer -> ExtensionFlow.json(answer, 200))
                    .toList();

            assertThat(given).hasSizeLessThanOrEqualTo(1);
            assertThat(given).allMatch(tokens -> access(tokens).isEmpty());
        }
        assertThat(server.stores().authorizations().list(server.account(myAddress)))
                .isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.REFRESH_TOKEN)
    void aRefreshTokenRotatesIsForgivenForAMinuteAndThenEndsTheFamily() {
        JsonNode first = app.tokens();
        JsonNode second = ExtensionFlow.json(app.token(app.refresh(first)), 200);
        clock.advance(Duration.ofSeconds(59));
        JsonNode again = ExtensionFlow.json(app.token(app.refresh(first)), 200);
        assertThat(access(second)).isPresent();
        assertThat(access(again)).isPresent();
        clock.advance(Duration.ofSeconds(1));

        assertThat(error(app.token(app.refresh(first)))).isEqualTo("invalid_grant");
        for (JsonNode tokens : List.of(first, second, again)) {
            assertThat(access(tokens)).isEmpty();
            assertThat(error(app.token(app.refresh(tokens)))).isEqualTo("invalid_grant");
        }
    }

    @Test
    @Refusal(Refusal.Of.REFRESH_TOKEN)
    void aRefreshTokenIsWorthNothingToAnotherClient() {
        JsonNode tokens = app.tokens();
        Map<String, String> asOther = app.refresh(tokens);
        asOther.put("client_id", new AppFlow(server, me).clientId());
        Map<String, String> asExtension = app.refresh(tokens);
        asExtension.put("client_id", "moodle-mcp-extension");

        assertThat(error(app.token(asOther))).isEqualTo("invalid_grant");
        assertThat(error(app.token(asExtension))).isEqualTo("invalid_grant");
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(200);
    }

    @Test
    @Refusal(Refusal.Of.REFRESH_TOKEN)
    void aRefreshGivesLessWhenAskedToAndNeverMore() {
        Map<String, String> request = app.request();
        request.put("scope", "moodle:read moodle:write");
        JsonNode both = ExtensionFlow.json(app.token(app.redemption(request, "allow_write", "yes")), 200);
        Map<String, String> less = app.refresh(both);
        less.put("scope", "moodle:read");
        JsonNode reading = ExtensionFlow.json(app.token(less), 200);
        Map<String, String> more = app.refresh(app.tokens());
        more.put("scope", "moodle:write");

        assertThat(access(reading).orElseThrow().scopes()).isEqualTo(Set.of("moodle:read"));
        assertThat(error(app.token(more))).isEqualTo("invalid_scope");
    }

    @Test
    @Refusal(Refusal.Of.REFRESH_TOKEN)
    void anAccessTokenOrAKeyIsNoRefreshToken() {
        JsonNode tokens = app.tokens();
        Map<String, String> form = app.refresh(tokens);
        form.put("refresh_token", tokens.get("access_token").asText());

        assertThat(error(app.token(form))).isEqualTo("invalid_grant");
    }

    @Test
    @Refusal(Refusal.Of.AUDIENCE)
    void theTokenOfAnAppOpensNoBridgeAndTheExtensionsNoEndpoint() {
        String ofApp = app.tokens().get("access_token").asText();
        String ofExtension =
                new ExtensionFlow(server, me).tokens().get("access_token").asText();

        assertThat(server.portal().bridgeTokens().verify(ofApp)).isEmpty();
        assertThat(server.portal().accessTokens().verify(ofExtension)).isEmpty();
    }

    private Optional<Access> access(JsonNode tokens) {
        return server.portal().accessTokens().verify(tokens.get("access_token").asText());
    }

    private static String error(HttpResponse<String> answer) {
        return ExtensionFlow.error(answer);
    }

    private static HttpResponse<String> answer(Future<HttpResponse<String>> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
