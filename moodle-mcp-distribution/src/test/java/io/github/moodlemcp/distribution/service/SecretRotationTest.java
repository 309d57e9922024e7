package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.config.Config.SignIn;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.issuer.BrowserVisit;
import io.github.moodlemcp.testkit.issuer.FakeIssuer;
import io.github.moodlemcp.testkit.issuer.FakePerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The service starts again with another secret. What was made with the one before counts while that is still set, whatever
 * it is for, and no longer.
 */
@ExtendWith(TestDatabase.class)
class SecretRotationTest {
    private static final String NEXT = "the next secret of a test, which is long enough";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    private FakeIssuer uni;
    private RunningService service;
    private RunningService.Person anna;

    @BeforeEach
    void start(DataSource database) throws IOException {
        uni = FakeIssuer.start();
        uni.person(FakePerson.of("carla", "carla@example.edu", "Carla Example"));
        IdentityProvider provider =
                IdentityProvider.openId("uni", "uni", uni.issuer(), uni.clientId(), uni.clientSecret());
        service = new RunningService(database, new SignIn(List.of(provider), EmailDomains.all()));
        anna = service.person("anna@example.edu");
    }

    @AfterEach
    void stop() {
        service.close();
        uni.close();
    }

    @Test
    void accessTokensOfApps() throws IOException {
        String token = anna.connectApp("moodle:read").accessToken();

        countsWhileItsSecretIsSet(() -> post(token, Map.of()).statusCode() == 200);
        String later =
                service.person("anna@example.edu").connectApp("moodle:read").accessToken();
        assertThat(post(later, Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNewIsMadeWithTheNewSecret() throws IOException {
        service = service.restarted(NEXT, RunningService.SECRET);
        String token =
                service.person("anna@example.edu").connectApp("moodle:read").accessToken();

        service = service.restarted(NEXT);
        assertThat(post(token, Map.of()).statusCode()).isEqualTo(200);
        service = service.restarted(RunningService.SECRET);
        assertThat(post(token, Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void tokensOfExtensions() throws IOException {
        String token = anna.bridgeToken();

        countsWhileItsSecretIsSet(() -> {
            ScriptedExtension browser =
                    ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, Script.silent());
            return isWelcome(browser);
        });
    }

    @Test
    void idsOfMcpSessions() throws IOException {
        String key = anna.newKey().secret();
        String session = Stranger.at(service.base())
                .with("Authorization", "Bearer " + key)
                .send(
                        "POST",
                        "/mcp",
                        Map.of("Content-Type", "application/json"),
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}")
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();

        countsWhileItsSecretIsSet(
                () -> post(key, Map.of("Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-06-18"))
                                .statusCode()
                        == 200);
    }

    @Test
    void formsOfPagesThatAreOpen() throws IOException {
        Stranger signedIn = Stranger.signedIn(service.base(), anna.signInLink());
        String form = signedIn.formToken();

        countsWhileItsSecretIsSet(() -> signedIn.post("/account/sessions/end-others", Map.of("form_token", form))
                        .statusCode()
                == 303);
    }

    @Test
    void keysOnTheirWayToTheirPage() throws IOException {
        Stranger signedIn = Stranger.signedIn(service.base(), anna.signInLink());
        HttpResponse<String> made = signedIn.post("/keys", Map.of("form_token", signedIn.formToken(), "name", "new"));
        String page =
                URI.create(made.headers().firstValue("Location").orElseThrow()).getPath();
        String cookie = made.headers().allValues("Set-Cookie").stream()
                .map(set -> set.substring(0, set.indexOf(';')))
                .filter(set -> set.contains("new_key="))
                .findFirst()
                .orElseThrow();

        countsWhileItsSecretIsSet(() -> signedIn.with("Cookie", signedIn.header("Cookie") + "; " + cookie)
                .send("GET", page, Map.of(), "")
                .body()
                .contains("mmcp_"));
    }

    @Test
    void signInsThatAreUnderWay() throws IOException {
        Map<BrowserVisit, URI> underWay = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            BrowserVisit visit = new BrowserVisit(service.base());
            HttpResponse<String> out = visit.openOnly(URI.create(service.base() + "/sign-in/uni"));
            underWay.put(visit, BrowserVisit.locationOf(visit.openOnly(BrowserVisit.locationOf(out))));
        }

        countsWhileItsSecretIsSet(() -> {
            BrowserVisit visit = underWay.keySet().iterator().next();
            return visit.open(underWay.remove(visit)).statusCode() == 200;
        });
    }

    /** It counts before, then after the change, and not when the old secret is forgotten. */
    private void countsWhileItsSecretIsSet(BooleanSupplier counts) throws IOException {
        assertThat(counts.getAsBoolean()).as("before").isTrue();
        service = service.restarted(NEXT, RunningService.SECRET);
        assertThat(counts.getAsBoolean()).as("while the secret overlaps").isTrue();
        service = service.restarted(NEXT);
        assertThat(counts.getAsBoolean()).as("afterwards").isFalse();
    }

    private static boolean isWelcome(ScriptedExtension browser) {
        try (browser) {
            browser.introduce("2f9d6f0e-6c2b-4d53-8a3c-0f6f6f0b7a11", "Chromium", List.of());
            return true;
        } catch (AssertionError | RuntimeException e) {
            return false;
        }
    }

    private HttpResponse<String> post(String token, Map<String, String> headers) {
        Map<String, String> all =
                new HashMap<>(Map.of("Content-Type", "application/json", "MCP-Protocol-Version", "2025-03-26"));
        all.putAll(headers);
        return Stranger.at(service.base())
                .with("Authorization", "Bearer " + token)
                .send("POST", "/mcp", all, PING);
    }
}
