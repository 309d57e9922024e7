package io.github.moodlemcp.portal;

import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.REDIRECT;
import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.oauth.ExtensionClientSamples;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of the extension from its question to its tokens, over HTTP. */
class TokenEndpointTest {
    private static final String ME = "me@example.org";

    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock));
    private final Visitor me = new Visitor(server.base());
    private final Visitor extension = new Visitor(server.base());

    @BeforeEach
    void signIn() {
        me.signIn(server, ME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    class Consent {
        @Test
        void aVisitorSignsInFirstAndComesBack() {
            server.portal().apiKeys().create(server.account("late@example.org"), "a");
            Visitor late = new Visitor(server.base());
            String question = "/authorize?" + ExtensionClientSamples.query("s p/a&c=e");

            HttpResponse<String> page = late.follow(late.get(question));
            assertThat(page.body()).contains("Your extension wants to connect");
            URI link = server.portal().oneTimeLinks().create(server.account("late@example.org"));
            String back = page.request().uri().getRawQuery();
            HttpResponse<String> asked = late.follow(late.get(Visitor.path(link) + "&" + back));

            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.body())
                    .contains("Connect this browser?", "late@example.org", "value=\"s p/a&amp;c=e\"")
                    .contains("id=\"allow\"", "id=\"deny\"");
        }

        @Test
        void whoIsNewSeesTheKeyFirstAndThenGoesOnConnecting() {
            Visitor newcomer = new Visitor(server.base());
            URI link = server.portal().oneTimeLinks().create(server.account("new@example.org"));
            String path = "/authorize?" + ExtensionClientSamples.query("s");

            HttpResponse<String> welcome =
                    newcomer.follow(newcomer.get(Visitor.path(link) + "&" + Visitor.encoded(Map.of("return", path))));

            assertThat(welcome.body()).contains("Continue connecting", path.replace("&", "&amp;"));
        }

        @Test
        void onlyThisPagesFormMayLeadToTheExtensionsAddress() {
            String policy = me.get("/authorize?" + ExtensionClientSamples.query("s"))
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow();

            assertThat(policy)
                    .contains("form-action 'self' https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org;")
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
            assertThat(me.get("/dashboard")
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElseThrow())
                    .contains("form-action 'self';");
        }

        @Test
        void allowingGivesACodeAndDenyingGivesNone() {
            Map<String, String> allowed = decide("allow", "s p/a&c=e");
            assertThat(allowed).containsOnlyKeys("code", "state", "iss");
            assertThat(allowed)
                    .containsEntry("state", "s p/a&c=e")
                    .containsEntry("iss", server.base().toString());

            assertThat(decide("deny", "s"))
                    .containsOnlyKeys("error", "state", "iss")
                    .containsEntry("error", "access_denied");
            assertThat(decide("", "s")).containsEntry("error", "access_denied");
        }

        @Test
        void anUnknownAddressGetsAnErrorPageAndNothingElse() {
            String evil = ExtensionClientSamples.query("s").replace("hmbhfmhalpcgecgadelbgdnlakjnbdag", "evil");
            Map<String, String> form = new HashMap<>(ExtensionClientSamples.parameters("s"));
            form.putAll(Map.of("redirect_uri", "https://evil.example/", "decision", "allow"));
            form.put("form_token", me.formToken());

            for (HttpResponse<String> answer : List.of(
                    me.get("/authorize?" + evil),
                    new Visitor(server.base()).get("/authorize?" + evil),
                    me.get("/authorize"),
                    me.post("/authorize", form))) {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.headers().firstValue("Location")).isEmpty();
                assertThat(answer.body())
                        .contains("We do not know who is asking")
                        .doesNotContain("evil");
            }
        }

        @Test
        void aFaultGoesBackToTheExtensionWithoutAskingAnybody() {
            HttpResponse<String> answer = new Visitor(server.base())
                    .get("/authorize?" + ExtensionClientSamples.query("s").replace("S256", "plain"));

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .startsWith(REDIRECT + "?")
                    .contains("error=invalid_request", "state=s", "iss=");
        }
    }

    @Nested
    class Codes {
        @Test
        void aCodeGivesTokensOnce() throws Exception {
            JsonNode tokens = json(extension.post("/token", redemption(code()), Map.of()), 200);

            assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
            assertThat(tokens.get("expires_in").asInt()).isEqualTo(900);
            assertThat(tokens.get("scope").asText()).isEqualTo("bridge");
            assertThat(tokens.get("websocket_url").asText())
                    .isEqualTo("ws://localhost:" + server.base().getPort() + "/ws");
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(tokens.get("access_token").asText()))
                    .contains(server.account(ME));
            assertThat(tokens.get("refresh_token").asText()).hasSize(43);
        }

        @Test
        void usingACodeAgainEndsWhatItGave() throws Exception {
            Map<String, String> redemption = redemption(code());
            JsonNode tokens = json(extension.post("/token", redemption, Map.of()), 200);

            assertThat(json(extension.post("/token", redemption, Map.of()), 400)
                            .get("error")
                            .asText())
                    .isEqualTo("invalid_grant");
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(tokens.get("access_token").asText()))
                    .isEmpty();
            assertThat(refresh(tokens).statusCode()).isEqualTo(400);
        }

        @Test
        void ofManyRedemptionsAtOnceOneGivesTokensAndEvenTheyEnd() throws Exception {
            Map<String, String> redemption = redemption(code());
            List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                attempts.add(() -> new Visitor(server.base()).post("/token", redemption, Map.of()));
            }
            List<HttpResponse<String>> good = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
                    if (answer.get().statusCode() == 200) {
                        good.add(answer.get());
                    }
                }
            }

            assertThat(good).hasSizeLessThanOrEqualTo(1);
            for (HttpResponse<String> answer : good) {
                assertThat(refresh(json(answer, 200)).statusCode()).isEqualTo(400);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX, invalid_grant",
            "code_verifier, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, invalid_grant",
            "code_verifier, short, invalid_request",
            "code_verifier, , invalid_grant",
            "redirect_uri, https://evil.example/, invalid_grant",
            "redirect_uri, https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org, invalid_grant",
            "redirect_uri, , invalid_grant",
            "resource, https://other.example.org/, invalid_target",
            "scope, bridge admin, invalid_scope",
            "client_id, another-client, invalid_client",
            "client_id, , invalid_request",
            "client_secret, secret, invalid_client",
            "grant_type, urn:example:another, unsupported_grant_type",
            "grant_type, , invalid_request",
            "code, wrong, invalid_grant",
            "code, , invalid_request"
        })
        void aWrongParameterGivesNothing(String name, String value, String error) throws Exception {
            Map<String, String> redemption = redemption(code());
            redemption.remove(name);
            if (value != null) {
                redemption.put(name, value);
            }

            HttpResponse<String> answer = extension.post("/token", redemption, Map.of());

            JsonNode json = json(answer, 400);
            assertThat(json.get("error").asText()).isEqualTo(error);
            assertThat(json.has("access_token")).isFalse();
        }

        @Test
        void aWrongVerifierSpendsTheCode() throws Exception {
            Map<String, String> redemption = redemption(code());
            Map<String, String> wrong = new HashMap<>(redemption);
            wrong.put("code_verifier", "x".repeat(43));
            extension.post("/token", wrong, Map.of());

            assertThat(extension.post("/token", redemption, Map.of()).statusCode())
                    .isEqualTo(400);
        }

        @Test
        void aDoubledParameterIsRefused() throws Exception {
            String form = Visitor.encoded(redemption(code())) + "&code=another";
            HttpResponse<String> answer = extension.postRaw("/token", form);

            assertThat(json(answer, 400).get("error").asText()).isEqualTo("invalid_request");
        }

        @Test
        void aCodeEndsAfterAMinute() throws Exception {
            Map<String, String> redemption = redemption(code());
            clock.advance(Duration.ofSeconds(60));

            assertThat(extension.post("/token", redemption, Map.of()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class RefreshTokens {
        @Test
        void eachRefreshGivesANewPair() throws Exception {
            JsonNode first = tokens();
            clock.advance(Duration.ofMinutes(20));
            JsonNode second = json(refresh(first), 200);

            assertThat(second.get("refresh_token").asText())
                    .isNotEqualTo(first.get("refresh_token").asText());
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(second.get("access_token").asText()))
                    .contains(server.account(ME));
            assertThat(second.get("websocket_url").asText()).startsWith("ws://");
            assertThat(refresh(second).statusCode()).isEqualTo(200);
        }

        @Test
        void aRepetitionWithinAMinuteIsForgivenAndALaterOneEndsTheFamily() throws Exception {
            JsonNode first = tokens();
            JsonNode second = json(refresh(first), 200);
            clock.advance(Duration.ofSeconds(59));
            JsonNode repeated = json(refresh(first), 200);
            clock.advance(Duration.ofSeconds(1));

            assertThat(refresh(first).statusCode()).isEqualTo(400);
            assertThat(refresh(second).statusCode()).isEqualTo(400);
            assertThat(refresh(repeated).statusCode()).isEqualTo(400);
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(repeated.get("access_token").asText()))
                    .isEmpty();
        }

        @Test
        void anUnknownTokenIsRefused() throws Exception {
            assertThat(refresh("x".repeat(43)).statusCode()).isEqualTo(400);
            assertThat(refresh(tokens().get("access_token").asText()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Transport {
        @Test
        void everyOriginMayAskAndNothingIsStored() throws Exception {
            HttpResponse<String> refused = extension.post(
                    "/token",
                    Map.of("grant_type", "x"),
                    Map.of(
                            "Origin",
                            "chrome-extension://hmbhfmhalpcgecgadelbgdnlakjnbdag",
                            "Sec-Fetch-Site",
                            "cross-site"));
            HttpResponse<String> good =
                    extension.post("/token", redemption(code()), Map.of("Origin", "https://x.example"));

            for (HttpResponse<String> answer : List.of(refused, good)) {
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .contains("*");
                assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                        .isEmpty();
                assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/json");
            }
        }

        @Test
        void thePreflightIsAnswered() {
            HttpResponse<String> answer = extension.send(
                    "OPTIONS",
                    "/token",
                    Map.of("Origin", "chrome-extension://x", "Access-Control-Request-Method", "POST"));

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
                    .contains("POST");
        }

        @Test
        void nothingElseOfThePortalIsOpenToOtherOrigins() {
            for (String path : List.of("/", "/dashboard", "/dashboard/state", "/sign-in", "/extension")) {
                assertThat(me.get(path, Map.of("Origin", "https://evil.example"))
                                .headers()
                                .firstValue("Access-Control-Allow-Origin"))
                        .as(path)
                        .isEmpty();
            }
        }

        @Test
        void nothingOfTheRequestComesBackInAnError() {
            Map<String, String> form = Map.of("grant_type", "<script>", "client_id", "<script>", "code", "<script>");

            assertThat(extension.post("/token", form, Map.of()).body()).doesNotContain("<script>");
        }
    }

    private String code() {
        return decide("allow", "s").get("code");
    }

    private JsonNode tokens() throws Exception {
        return json(extension.post("/token", redemption(code()), Map.of()), 200);
    }

    private HttpResponse<String> refresh(JsonNode tokens) {
        return refresh(tokens.get("refresh_token").asText());
    }

    private HttpResponse<String> refresh(String token) {
        Map<String, String> form =
                Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", "moodle-mcp-extension");
        return extension.post("/token", form, Map.of());
    }

    private Map<String, String> decide(String decision, String state) {
        Map<String, String> form = new HashMap<>(ExtensionClientSamples.parameters(state));
        form.put("decision", decision);
        form.put("form_token", me.formToken());
        HttpResponse<String> answer = me.post("/authorize", form);
        assertThat(answer.statusCode()).isEqualTo(303);
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith(REDIRECT + "?");
        return parameters(location);
    }

    private static Map<String, String> parameters(URI location) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : location.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static Map<String, String> redemption(String code) {
        return new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                VERIFIER,
                "client_id",
                "moodle-mcp-extension",
                "redirect_uri",
                REDIRECT.toString()));
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }
}
