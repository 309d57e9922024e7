package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what an app was allowed ends: the app gives it back, or the person takes it away. */
@TestInstance(Lifecycle.PER_CLASS)
class AppRevocationTest {
    private static final Pattern DISCONNECT = Pattern.compile("action=\"(/apps/[^\"]+/disconnect)\"");

    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock));
    private Visitor me = new Visitor(server.base());
    private AppFlow app;

    @BeforeEach
    void signIn() {
        clock.advance(Duration.ofHours(1));
        me = someone();
        app = new AppFlow(server, me);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "access_token, access_token",
        "refresh_token, refresh_token",
        "refresh_token, access_token",
        "access_token, something_else",
        "refresh_token, "
    })
    void eitherTokenEndsBothWhateverTheHint(String given, String hint) {
        JsonNode tokens = app.tokens();
        JsonNode others = app.tokens();
        Map<String, String> form = form(tokens.get(given).asText());
        if (hint != null) {
            form.put("token_type_hint", hint);
        }

        HttpResponse<String> answer = revoke(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(isLive(tokens)).isFalse();
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(400);
        assertThat(isLive(others)).isTrue();
    }

    @Test
    void aTokenThatWasRotatedStillEndsItsFamily() {
        JsonNode first = app.tokens();
        JsonNode second = ExtensionFlow.json(app.token(app.refresh(first)), 200);
        clock.advance(Duration.ofDays(1));

        assertThat(revoke(form(first.get("refresh_token").asText())).statusCode())
                .isEqualTo(200);

        assertThat(app.token(app.refresh(second)).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoTokenOrCountsNoMoreIsOverAlready() {
        JsonNode tokens = app.tokens();
        String spent = tokens.get("refresh_token").asText();
        revoke(form(spent));

        for (String token : List.of(spent, "unknown", "mmcp_" + "0".repeat(49), "a.b.c")) {
            assertThat(revoke(form(token)).statusCode()).as(token).isEqualTo(200);
        }
    }

    @Test
    @Refusal(Refusal.Of.CLIENT)
    void noClientEndsWhatAnotherWasAllowed() {
        JsonNode tokens = app.tokens();
        JsonNode browser = new ExtensionFlow(server, me).tokens();
        for (String kind : List.of("access_token", "refresh_token")) {
            Map<String, String> asOther = form(tokens.get(kind).asText());
            asOther.put("client_id", new AppFlow(server, me).clientId());
            Map<String, String> asExtension = form(tokens.get(kind).asText());
            asExtension.put("client_id", "moodle-mcp-extension");

            assertThat(ExtensionFlow.error(revoke(asOther))).isEqualTo("invalid_grant");
            assertThat(ExtensionFlow.error(revoke(asExtension))).isEqualTo("invalid_grant");
            assertThat(ExtensionFlow.error(revoke(form(browser.get(kind).asText()))))
                    .isEqualTo("invalid_grant");
        }
        assertThat(isLive(tokens)).isTrue();
        assertThat(server.portal()
                        .bridgeTokens()
                        .verify(browser.get("access_token").asText()))
                .isPresent();
    }

    @Test
    void theExtensionGivesBackItsOwn() {
        JsonNode browser = new ExtensionFlow(server, me).tokens();
        Map<String, String> form = form(browser.get("access_token").asText());
        form.put("client_id", "moodle-mcp-extension");

        assertThat(revoke(form).statusCode()).isEqualTo(200);

        assertThat(server.portal()
                        .bridgeTokens()
                        .verify(browser.get("access_token").asText()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "token, , invalid_request, 400",
        "client_id, , invalid_request, 400",
        "client_id, mcpc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, invalid_client, 401",
        "client_id, nobody, invalid_client, 401",
        "client_secret, secret, invalid_client, 401",
    })
    @Refusal(Refusal.Of.CLIENT)
    void aFaultyRequestEndsNothing(String name, String value, String error, int status) {
        JsonNode tokens = app.tokens();
        Map<String, String> form = form(tokens.get("refresh_token").asText());
        form.remove(name);
        if (value != null) {
            form.put(name, value);
        }

        assertThat(ExtensionFlow.json(revoke(form), status).get("error").asText())
                .isEqualTo(error);
        assertThat(isLive(tokens)).isTrue();
    }

    @Test
    void thePersonSeesTheirAppsAndEndsThem() {
        Map<String, String> request = app.request();
        request.put("scope", "moodle:write");
        JsonNode writing = ExtensionFlow.json(app.token(app.redemption(request, "allow_write", "yes")), 200);
        clock.advance(Duration.ofSeconds(1));
        JsonNode reading = app.tokens();
        new ExtensionFlow(server, me).tokens();
        app.redemption(app.request());

        String dashboard = me.get("/dashboard").body();
        Matcher forms = DISCONNECT.matcher(dashboard);
        assertThat(dashboard).contains("Any App", "Reads and writes in Moodle", "Reads in Moodle");
        assertThat(forms.results()).hasSize(2);
        forms.reset();
        assertThat(forms.find()).isTrue();
        HttpResponse<String> after = me.follow(me.post(forms.group(1), Map.of("form_token", me.formToken())));

        assertThat(after.body()).contains("The app was disconnected").doesNotContain("Reads and writes in Moodle");
        assertThat(isLive(writing)).isFalse();
        assertThat(isLive(reading)).isTrue();
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void nobodySeesOrEndsTheAppsOfAnother() {
        JsonNode tokens = app.tokens();
        Matcher mine = DISCONNECT.matcher(me.get("/dashboard").body());
        assertThat(mine.find()).isTrue();
        Visitor other = someone();
        Map<String, String> form = Map.of("form_token", other.formToken());

        assertThat(other.get("/dashboard").body()).doesNotContain("Any App");
        HttpResponse<String> foreign = other.post(mine.group(1), form);
        HttpResponse<String> unknown = other.post("/apps/" + UUID.randomUUID() + "/disconnect", form);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(isLive(tokens)).isTrue();
    }

    private Visitor someone() {
        Visitor visitor = new Visitor(server.base());
        visitor.signIn(server, UUID.randomUUID() + "@example.org");
        return visitor;
    }

    private Map<String, String> form(String token) {
        return new HashMap<>(Map.of("token", token, "client_id", app.clientId()));
    }

    private HttpResponse<String> revoke(Map<String, String> form) {
        return new Visitor(server.base()).post("/revoke", form, Map.of());
    }

    private boolean isLive(JsonNode tokens) {
        return server.portal()
                .accessTokens()
                .verify(tokens.get("access_token").asText())
                .isPresent();
    }
}
