package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.config.Config.SignIn;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys and tokens from one address that are wrong too often, and good ones from there. */
@ExtendWith(TestDatabase.class)
class FailureLimitTest {
    private static final int LIMIT = 2;
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    private RunningService service;
    private RunningService.Person anna;

    @BeforeEach
    void start(DataSource database) throws IOException {
        service = new RunningService(database, SignIn.byLinks(), 0, LIMIT);
        anna = service.person("anna@example.edu");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void wrongKeysAreToldToWaitAndGoodOnesAreAnswered() {
        String good = anna.newKey().secret();
        exhaust();

        HttpResponse<String> refused = post("wrong");

        assertThat(refused.statusCode()).isEqualTo(429);
        int seconds =
                Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(1, 60 / LIMIT);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(refused.body())
                .contains("too_many_failures", "this one among them", "try again in " + seconds + " s")
                .doesNotContain("wrong");
        assertThat(post(good).statusCode()).isEqualTo(200);
        assertThat(post("wrong").statusCode()).isEqualTo(429);
    }

    @Test
    void whoShowsNothingOrWhatWasGoodOnceIsTold401() {
        AppVisit app = anna.connectApp("moodle:read");
        anna.revokeAllGrants();
        exhaust();

        HttpResponse<String> withoutToken = Stranger.at(service.base()).send("POST", "/mcp", Map.of(), LIST);

        assertThat(withoutToken.statusCode()).isEqualTo(401);
        assertThat(post(app.accessToken()).statusCode()).isEqualTo(401);
        assertThat(post(app.accessToken()).headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(post("wrong").statusCode()).isEqualTo(429);
    }

    @Test
    void askingWithoutATokenOrWithOneThatEndedIsNotCounted() {
        String ended = anna.connectApp("moodle:read").accessToken();
        anna.revokeAllGrants();
        for (int i = 0; i < 3 * LIMIT; i++) {
            assertThat(post(ended).statusCode()).isEqualTo(401);
            assertThat(Stranger.at(service.base())
                            .send("GET", "/mcp", Map.of(), "")
                            .statusCode())
                    .isEqualTo(401);
        }

        exhaust();
    }

    @Test
    void theSocketCountsWithTheEndpointAndGoodTokensConnect() {
        String good = anna.bridgeToken();
        String ended = anna.bridgeToken();
        assertThat(closeCode("wrong")).isEqualTo(4401);
        for (int i = 1; i < LIMIT; i++) {
            assertThat(post("wrong").statusCode()).isEqualTo(401);
        }

        assertThat(closeCode("wrong")).isEqualTo(1013);
        assertThat(post("wrong").statusCode()).isEqualTo(429);
        try (ScriptedExtension browser = open(good)) {
            browser.introduce(UUID.randomUUID().toString(), "Firefox", List.of());
        }
        anna.revokeAllGrants();
        assertThat(closeCode(ended)).isEqualTo(4401);
    }

    @Test
    void onlyAProxyThatIsTrustedSaysWhereARequestCameFrom() {
        exhaust();

        HttpResponse<String> disguised = Stranger.at(service.base())
                .with("Authorization", "Bearer wrong")
                .with("X-Forwarded-For", "198.51.100.7")
                .send("GET", "/mcp", Map.of(), "");
        assertThat(disguised.statusCode()).isEqualTo(429);
    }

    private void exhaust() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(post("wrong").statusCode()).isEqualTo(401);
        }
    }

    private int closeCode(String token) {
        return open(token).closeCode();
    }

    private ScriptedExtension open(String token) {
        return ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, Script.silent());
    }

    private HttpResponse<String> post(String key) {
        return Stranger.at(service.base())
                .with("Authorization", "Bearer " + key)
                .send(
                        "POST",
                        "/mcp",
                        Map.of("Content-Type", "application/json", "MCP-Protocol-Version", "2025-03-26"),
                        LIST);
    }
}
