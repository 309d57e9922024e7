package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.portal.credential.VerifiedBridge;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token endpoint over HTTP. The tests share a server, not a person. */
@TestInstance(Lifecycle.PER_CLASS)
class TokenEndpointTest {
    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock));
    private final Visitor extension = new Visitor(server.base());
    private String myAddress = "";
    private Visitor me = extension;
    private ExtensionFlow flow = new ExtensionFlow(server, extension);

    @BeforeEach
    void signIn() {
        myAddress = UUID.randomUUID() + "@example.org";
        me = new Visitor(server.base());
        me.signIn(server, myAddress);
        flow = new ExtensionFlow(server, me);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Nested
    class Codes {
        @Test
        void aCodeGivesTokensOnce() {
            JsonNode tokens = ExtensionFlow.json(flow.send(flow.redemption()), 200);

            assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
            assertThat(tokens.get("expires_in").asInt()).isEqualTo(900);
            assertThat(tokens.get("scope").asText()).isEqualTo("bridge");
            assertThat(tokens.get("websocket_url").asText())
                    .isEqualTo("ws://localhost:" + server.base().getPort() + "/ws");
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(tokens.get("access_token").asText()))
                    .get()
                    .extracting(VerifiedBridge::accountId)
                    .isEqualTo(server.account(myAddress));
            assertThat(tokens.get("refresh_token").asText()).hasSize(43);
        }

        @Test
        @Refusal(Refusal.Of.AUTHORIZATION_CODE)
        void usingACodeAgainEndsWhatItGave() {
            Map<String, String> redemption = flow.redemption();
            JsonNode tokens = ExtensionFlow.json(flow.send(redemption), 200);

            assertThat(ExtensionFlow.error(flow.send(redemption))).isEqualTo("invalid_grant");
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(tokens.get("access_token").asText()))
                    .isEmpty();
            assertThat(flow.refresh(tokens).statusCode()).isEqualTo(400);
        }

        @Test
        @Refusal(Refusal.Of.AUTHORIZATION_CODE)
        void ofManyRedemptionsAtOnceOneGivesTokensAndEvenTheyEnd() throws Exception {
            Map<String, String> redemption = flow.redemption();
            List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
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
                assertThat(flow.refresh(ExtensionFlow.json(answer, 200)).statusCode())
                        .isEqualTo(400);
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
            "client_id, , invalid_request",
            "grant_type, urn:example:another, unsupported_grant_type",
            "grant_type, , invalid_request",
            "code, wrong, invalid_grant",
            "code, , invalid_request"
        })
        @Refusal(Refusal.Of.AUTHORIZATION_CODE)
        void aWrongParameterGivesNothing(String name, String value, String error) {
            Map<String, String> redemption = flow.redemption();
            redemption.remove(name);
            if (value != null) {
                redemption.put(name, value);
            }

            HttpResponse<String> answer = flow.send(redemption);

            JsonNode json = ExtensionFlow.json(answer, 400);
            assertThat(json.get("error").asText()).isEqualTo(error);
            assertThat(json.has("access_token")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"client_id, another-client", "client_secret, secret"})
        @Refusal(Refusal.Of.CLIENT)
        void anUnknownClientIsToldSo(String name, String value) {
            Map<String, String> redemption = flow.redemption();
            redemption.put(name, value);

            JsonNode json = ExtensionFlow.json(flow.send(redemption), 401);
            assertThat(json.get("error").asText()).isEqualTo("invalid_client");
        }

        @Test
        @Refusal(Refusal.Of.PROOF_KEY)
        void aWrongVerifierSpendsTheCode() {
            Map<String, String> redemption = flow.redemption();
            Map<String, String> wrong = new HashMap<>(redemption);
            wrong.put("code_verifier", "x".repeat(43));
            flow.send(wrong);

            assertThat(server.stores().authorizations().list(server.account(myAddress)))
                    .isEmpty();
            assertThat(flow.send(redemption).statusCode()).isEqualTo(400);
        }

        @Test
        @Refusal(Refusal.Of.AUTHORIZATION_CODE)
        void aDoubledParameterIsRefused() {
            String form = Visitor.encoded(flow.redemption()) + "&code=another";
            HttpResponse<String> answer = extension.postRaw("/token", form);

            assertThat(ExtensionFlow.error(answer)).isEqualTo("invalid_request");
        }

        @Test
        @Refusal(Refusal.Of.AUTHORIZATION_CODE)
        void aCodeEndsAfterAMinute() {
            Map<String, String> redemption = flow.redemption();
            clock.advance(Duration.ofSeconds(60));

            assertThat(flow.send(redemption).statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class RefreshTokens {
        @Test
        void eachRefreshGivesANewPair() {
            JsonNode first = flow.tokens();
            clock.advance(Duration.ofMinutes(20));
            JsonNode second = ExtensionFlow.json(flow.refresh(first), 200);

            assertThat(second.get("refresh_token").asText())
                    .isNotEqualTo(first.get("refresh_token").asText());
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(second.get("access_token").asText()))
                    .get()
                    .extracting(VerifiedBridge::accountId)
                    .isEqualTo(server.account(myAddress));
            assertThat(second.get("websocket_url").asText()).startsWith("ws://");
            assertThat(flow.refresh(second).statusCode()).isEqualTo(200);
        }

        @Test
        @Refusal(Refusal.Of.REFRESH_TOKEN)
        void aRepetitionWithinAMinuteIsForgivenAndALaterOneEndsTheFamily() {
            JsonNode first = flow.tokens();
            JsonNode second = ExtensionFlow.json(flow.refresh(first), 200);
            clock.advance(Duration.ofSeconds(59));
            JsonNode repeated = ExtensionFlow.json(flow.refresh(first), 200);
            clock.advance(Duration.ofSeconds(1));

            assertThat(flow.refresh(first).statusCode()).isEqualTo(400);
            assertThat(flow.refresh(second).statusCode()).isEqualTo(400);
            assertThat(flow.refresh(repeated).statusCode()).isEqualTo(400);
            assertThat(server.portal()
                            .bridgeTokens()
                            .verify(repeated.get("access_token").asText()))
                    .isEmpty();
        }

        @Test
        @Refusal(Refusal.Of.REFRESH_TOKEN)
        void aRefreshGivesNoWiderScope() {
            Map<String, String> form = new HashMap<>(Map.of(
                    "grant_type", "refresh_token",
                    "refresh_token", flow.tokens().get("refresh_token").asText(),
                    "client_id", "moodle-mcp-extension"));
            form.put("scope", "bridge admin");
            assertThat(ExtensionFlow.error(flow.send(form))).isEqualTo("invalid_scope");
            form.put("scope", "bridge");
            assertThat(flow.send(form).statusCode()).isEqualTo(200);
        }

        @Test
        @Refusal(Refusal.Of.REFRESH_TOKEN)
        void anUnknownTokenIsRefused() {
            assertThat(flow.refresh("x".repeat(43)).statusCode()).isEqualTo(400);
            assertThat(flow.refresh(flow.tokens().get("access_token").asText()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Transport {
        @Test
        void everyOriginMayAskAndNothingIsStored() {
            HttpResponse<String> refused = extension.post(
                    "/token",
                    Map.of("grant_type", "x"),
                    Map.of(
                            "Origin",
                            "chrome-extension://hmbhfmhalpcgecgadelbgdnlakjnbdag",
                            "Sec-Fetch-Site",
                            "cross-site"));
            HttpResponse<String> good =
                    extension.post("/token", flow.redemption(), Map.of("Origin", "https://x.example"));

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
        @Refusal(Refusal.Of.REFRESH_TOKEN)
        void nothingOfTheRequestComesBackInAnError() {
            Map<String, String> form = Map.of("grant_type", "<script>", "client_id", "<script>", "code", "<script>");

            assertThat(flow.send(form).body()).doesNotContain("<script>");
        }
    }
}
