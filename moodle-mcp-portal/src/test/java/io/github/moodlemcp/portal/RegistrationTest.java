package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps are told of the authorization server, and how they register. */
class RegistrationTest {
    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock)
            .callers(request -> request.getHeaderString("X-Test-Address") == null
                    ? "somewhere"
                    : request.getHeaderString("X-Test-Address")));
    private final Visitor app = new Visitor(server.base());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theMetadataNamesWhatIsServedAndNothingElse() {
        HttpResponse<String> answer = app.get("/.well-known/oauth-authorization-server");
        JsonNode metadata = ExtensionFlow.json(answer, 200);
        String base = server.base().toString();

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(metadata.get("issuer").asText()).isEqualTo(base);
        assertThat(metadata.get("authorization_endpoint").asText()).isEqualTo(base + "/authorize");
        assertThat(metadata.get("token_endpoint").asText()).isEqualTo(base + "/token");
        assertThat(metadata.get("registration_endpoint").asText()).isEqualTo(base + "/register");
        assertThat(metadata.get("revocation_endpoint").asText()).isEqualTo(base + "/revoke");
        assertThat(texts(metadata, "revocation_endpoint_auth_methods_supported"))
                .containsExactly("none", "private_key_jwt");
        assertThat(texts(metadata, "code_challenge_methods_supported")).containsExactly("S256");
        assertThat(texts(metadata, "token_endpoint_auth_methods_supported")).containsExactly("none", "private_key_jwt");
        assertThat(texts(metadata, "token_endpoint_auth_signing_alg_values_supported"))
                .containsExactly("RS256", "ES256");
        assertThat(texts(metadata, "response_types_supported")).containsExactly("code");
        assertThat(texts(metadata, "grant_types_supported")).containsExactly("authorization_code", "refresh_token");
        assertThat(texts(metadata, "scopes_supported"))
                .containsExactly("moodle:read", "moodle:write", "offline_access");
        assertThat(metadata.get("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(metadata.get("client_id_metadata_document_supported").asBoolean())
                .isTrue();
        assertThat(app.get("/.well-known/openid-configuration", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPageOfAnotherOriginMayAskFirst() {
        for (String path : List.of("/.well-known/oauth-authorization-server", "/register", "/token", "/revoke")) {
            HttpResponse<String> answer = app.send(
                    "OPTIONS",
                    path,
                    Map.of("Origin", "https://inspector.example", "Access-Control-Request-Headers", "content-type"));

            assertThat(answer.statusCode()).as(path).isEqualTo(204);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElseThrow())
                    .contains("Content-Type", "MCP-Protocol-Version");
        }
    }

    @Test
    void anAppIsRegisteredAsAPublicClientWhateverItAskedFor() {
        JsonNode answer = register("{\"client_name\":\"Codex\",\"redirect_uris\":[\"http://127.0.0.1:34645/callback\"],"
                + "\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"response_types\":[\"code\"],"
                + "\"token_endpoint_auth_method\":\"client_secret_post\",\"application_type\":\"native\","
                + "\"scope\":\"moodle:read offline_access\",\"software_id\":\"x\",\"logo_uri\":\"http://10.0.0.1/\"}");

        assertThat(answer.get("client_id").asText()).startsWith("mcpc_").hasSize(48);
        assertThat(answer.get("client_id_issued_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(answer.get("client_name").asText()).isEqualTo("Codex");
        assertThat(answer.get("token_endpoint_auth_method").asText()).isEqualTo("none");
        assertThat(texts(answer, "redirect_uris")).containsExactly("http://127.0.0.1:34645/callback");
        assertThat(texts(answer, "grant_types")).containsExactlyInAnyOrder("authorization_code", "refresh_token");
        assertThat(answer.has("client_secret")).isFalse();
        assertThat(answer.has("logo_uri")).isFalse();
    }

    @Test
    void oneUnusualAddressDoesNotSpoilTheOthers() {
        JsonNode answer = register("{\"redirect_uris\":[\"https://www.cursor.com/agents/mcp/oauth/callback\","
                + "\"javascript:alert(1)\",\"cursor://anysphere.cursor-mcp/oauth/callback\",\"http://evil.example/\","
                + "\"http://localhost:8787/callback\"]}");

        assertThat(texts(answer, "redirect_uris"))
                .containsExactlyInAnyOrder(
                        "https://www.cursor.com/agents/mcp/oauth/callback",
                        "cursor://anysphere.cursor-mcp/oauth/callback",
                        "http://localhost:8787/callback");
        assertThat(answer.get("client_name").asText()).isEqualTo("An app without a name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid_redirect_uri",
                "{\"redirect_uris\":[]} | invalid_redirect_uri",
                "{\"redirect_uris\":[\"javascript:alert(1)\"]} | invalid_redirect_uri",
                "{\"redirect_uris\":[\"http://evil.example/\"]} | invalid_redirect_uri",
                "{\"redirect_uris\":[\"https://a.example/#x\"]} | invalid_redirect_uri",
                "{\"redirect_uris\":\"https://a.example/\"} | invalid_client_metadata",
                "{\"redirect_uris\":[1]} | invalid_client_metadata",
                "{\"redirect_uris\":[null]} | invalid_client_metadata",
                "{\"redirect_uris\":{\"a\":1}} | invalid_client_metadata",
                "{\"redirect_uris\":[\"https://a.example/\"],\"client_name\":1} | invalid_client_metadata",
                "{\"redirect_uris\":[\"https://a.example/\"],\"grant_types\":[\"client_credentials\"]} | invalid_client_metadata",
                "{\"redirect_uris\":[\"https://a.example/\"],\"grant_types\":\"code\"} | invalid_client_metadata",
                "{\"redirect_uris\":[\"https://a.example/\"],\"response_types\":[\"token\"]} | invalid_client_metadata",
                "{\"redirect_uris\":[\"https://a.example/\"],\"token_endpoint_auth_method\":[]} | invalid_client_metadata",
                "[] | invalid_client_metadata",
                "null | invalid_client_metadata",
                "x | invalid_client_metadata",
                "{ | invalid_client_metadata"
            })
    @Refusal(Refusal.Of.CLIENT)
    void wrongMetadataIsAnsweredWithTheErrorOfTheSpecification(String metadata, String error) {
        HttpResponse<String> answer = app.postJson("/register", metadata);

        assertThat(ExtensionFlow.json(answer, 400).get("error").asText()).isEqualTo(error);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u202eevil\u2066', 'evil'",
        "'Claude\u200b\u200d\ufeff Code', 'Claude Code'",
        "'a\\nb\\tc', 'a b c'",
        "'\\u0000\\u0007', 'An app without a name'",
        "'\u3164', 'An app without a name'",
        "'e\u0301', '\u00e9'"
    })
    void namesAreCleaned(String given, String shown) {
        JsonNode answer = register("{\"client_name\":\"" + given + "\",\"redirect_uris\":[\"https://a.example/\"]}");

        assertThat(answer.get("client_name").asText()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0421laude", "Claud\u0435", "ChatGP\u03a4"})
    void aNameThatMixesAlphabetsIsPointedOut(String name) {
        JsonNode client = register("{\"client_name\":\"" + name + "\",\"redirect_uris\":[\"https://a.example/cb\"]}");
        Visitor me = new Visitor(server.base());
        me.signIn(server, "me@example.org");
        Map<String, String> request = Map.of(
                "response_type", "code",
                "client_id", client.get("client_id").asText(),
                "redirect_uri", "https://a.example/cb",
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method", "S256");

        assertThat(me.get("/authorize?" + Visitor.encoded(request)).body()).contains("Look twice at the name");
    }

    @Test
    void aLongNameIsCut() {
        JsonNode answer = register(
                "{\"client_name\":\"" + "\ud83d\ude00".repeat(500) + "\",\"redirect_uris\":[\"https://a.example/\"]}");

        assertThat(answer.get("client_name").asText())
                .hasSizeLessThanOrEqualTo(60)
                .endsWith("\ud83d\ude00");
    }

    @Test
    void anAddressRegistersSoManyAppsOnlyAndOthersMayGoOn() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            statuses.add(registered("1.1.1.1").statusCode());
        }
        HttpResponse<String> refused = registered("1.1.1.1");

        assertThat(statuses.subList(0, 20)).containsOnly(201);
        assertThat(statuses.get(20)).isEqualTo(429);
        assertThat(ExtensionFlow.json(refused, 429).get("error").asText()).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 181);
        assertThat(registered("2.2.2.2").statusCode()).isEqualTo(201);
        clock.advance(Duration.ofMinutes(3));
        assertThat(registered("1.1.1.1").statusCode()).isEqualTo(201);
        assertThat(registered("1.1.1.1").statusCode()).isEqualTo(429);
    }

    @Test
    void allTogetherRegisterSoManyAppsOnly() {
        for (int i = 0; i < 500; i++) {
            registered("10.0." + i / 20 + ".1");
        }

        assertThat(registered("9.9.9.9").statusCode()).isEqualTo(429);
    }

    @Test
    void aBodyThatIsTooLargeOrNoJsonIsRefused() {
        assertThat(app.postJson("/register", "{\"client_name\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(app.post("/register", Map.of("a", "b")).statusCode()).isEqualTo(415);
    }

    private HttpResponse<String> registered(String address) {
        return app.postJson(
                "/register", "{\"redirect_uris\":[\"https://a.example/\"]}", Map.of("X-Test-Address", address));
    }

    private JsonNode register(String metadata) {
        return AppFlow.register(app, metadata);
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.get(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
