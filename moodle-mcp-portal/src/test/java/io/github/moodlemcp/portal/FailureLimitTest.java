package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.web.AddressLimit;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers who are wrong too often, and people behind the same address who are not. */
class FailureLimitTest {
    private static final int LIMIT = 4;

    private final ManualClock clock = new ManualClock();
    private String address = "192.0.2.1";
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock)
            .callers(request -> address)
            .failures(new AddressLimit(new AddressLimit.Rate(LIMIT, Duration.ofMinutes(1)), clock)::take));
    private final Visitor me = new Visitor(server.base());
    private final Visitor stranger = new Visitor(server.base());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tooManyWrongCodesAreToldToWaitAndGoodOnesCount() {
        me.signIn(server, "ada@example.org");
        AppFlow app = new AppFlow(server, me);
        Map<String, String> good = app.redemption(app.request());
        Map<String, String> wrong = new HashMap<>(good);
        wrong.put("code", "wrong");
        exhaust(() -> app.token(wrong), 400);

        HttpResponse<String> refused = app.token(wrong);

        assertThat(ExtensionFlow.json(refused, 429).get("error").asText()).isEqualTo("too_many_failures");
        assertThat(refused.body()).contains("Check what is sent, and try again in 15 s.");
        assertThat(refused.headers().firstValue("Retry-After")).contains("15");
        assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(app.token(good).statusCode()).isEqualTo(200);
        assertThat(app.token(wrong).statusCode()).isEqualTo(429);
        address = "192.0.2.2";
        assertThat(app.token(wrong).statusCode()).isEqualTo(400);
    }

    @Test
    void tooManyWrongLinksAreToldToWaitAndGoodOnesCount() {
        exhaust(() -> stranger.get("/sign-in?link=wrong"), 400);

        HttpResponse<String> refused = stranger.get("/sign-in?link=wrong");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("15");
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(refused.body()).contains("Too much went wrong from here", "in 15 seconds");
        URI link = server.portal().oneTimeLinks().create(server.account("ada@example.org"));
        assertThat(me.get(Visitor.path(link)).statusCode()).isEqualTo(303);
        clock.advance(Duration.ofSeconds(15));
        assertThat(stranger.get("/sign-in?link=wrong").statusCode()).isEqualTo(400);
        assertThat(stranger.get("/sign-in?link=wrong").statusCode()).isEqualTo(429);
    }

    @Test
    void allDoorsCountTogether() {
        stranger.get("/authorize?client_id=nobody&redirect_uri=https%3A%2F%2Fevil.example");
        stranger.get("/sign-in?link=wrong");
        stranger.post("/token", Map.of("grant_type", "refresh_token", "refresh_token", "x", "client_id", "nobody"));
        stranger.post("/revoke", Map.of("token", "x", "client_id", "nobody"));

        for (HttpResponse<String> answer : List.of(
                stranger.get("/authorize?client_id=nobody&redirect_uri=https%3A%2F%2Fevil.example"),
                stranger.get("/sign-in?link=wrong"),
                stranger.post("/token", Map.of("grant_type", "refresh_token")),
                stranger.post("/revoke", Map.of("token", "x", "client_id", "nobody")))) {
            assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(stranger.get("/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyChangesTheAddressByAHeader() {
        exhaust(() -> stranger.get("/sign-in?link=wrong"), 400);

        Map<String, String> made = Map.of(
                "Accept", "text/html",
                "Moodle-MCP-Caller", "198.51.100.7",
                "X-Forwarded-For", "198.51.100.7",
                "Forwarded", "for=198.51.100.7");
        assertThat(stranger.get("/sign-in?link=wrong", made).statusCode()).isEqualTo(429);
    }

    private static void exhaust(Supplier<HttpResponse<String>> failure, int status) {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(failure.get().statusCode()).isEqualTo(status);
        }
    }
}
