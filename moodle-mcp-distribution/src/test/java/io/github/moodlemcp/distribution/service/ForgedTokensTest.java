package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever forges tokens gets in at none of the doors: the MCP endpoint, the WebSocket, the pages. */
class ForgedTokensTest extends ServiceScenario {
    private static final String MCP = "mcp access token";
    private static final String BRIDGE = "bridge access token";
    /** The letters of a subprotocol (RFC 6455, section 4.1). */
    private static final Pattern SENDABLE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]*");

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    @Test
    void thereAreManyWaysToForgeEachWithAName() {
        List<String> names =
                Forgeries.all().stream().map(Forgeries.Forgery::name).toList();

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(60);
    }

    @TestFactory
    Stream<DynamicTest> noneIsTakenAtTheEndpoint() {
        Forgeries.Genuine genuine = genuineApp();
        HttpResponse<String> nonsense = post("nonsense");
        assertThat(post(genuine.token()).statusCode()).isEqualTo(200);
        assertThat(nonsense.statusCode()).isEqualTo(401);

        return each(genuine, token -> {
            HttpResponse<String> answer = post(token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(nonsense.body());
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .isEqualTo(nonsense.headers().firstValue("WWW-Authenticate"));
        });
    }

    @TestFactory
    Stream<DynamicTest> noneIsTakenAtTheSocket() {
        Forgeries.Genuine genuine =
                new Forgeries.Genuine(anna.bridgeToken(), RunningService.SECRET, BRIDGE, MCP, service.base() + "/mcp");
        try (ScriptedExtension browser = open(genuine.token())) {
            browser.introduce(UUID.randomUUID().toString(), "Chromium", List.of());
        }

        // The others cannot be named as a subprotocol, and so cannot be sent.
        return each(
                genuine, SENDABLE, token -> assertThat(open(token).closeCode()).isEqualTo(4401));
    }

    @TestFactory
    Stream<DynamicTest> noneIsAWebSession() {
        Stranger signedIn = Stranger.signedIn(service.base(), anna.signInLink());
        assertThat(signedIn.send("GET", "/dashboard", Map.of(), "").statusCode())
                .isEqualTo(200);

        return each(genuineApp(), token -> {
            HttpResponse<String> answer = Stranger.at(service.base())
                    .with("Cookie", "moodle_mcp_session=" + token)
                    .send("GET", "/dashboard", Map.of(), "");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/sign-in?return=");
        });
    }

    private Forgeries.Genuine genuineApp() {
        return new Forgeries.Genuine(
                anna.connectApp("moodle:read").accessToken(),
                RunningService.SECRET,
                MCP,
                BRIDGE,
                service.webSocket().toString());
    }

    private static Stream<DynamicTest> each(Forgeries.Genuine genuine, Consumer<String> refused) {
        return each(genuine, Pattern.compile(".*"), refused);
    }

    private static Stream<DynamicTest> each(Forgeries.Genuine genuine, Pattern sendable, Consumer<String> refused) {
        return Forgeries.all().stream()
                .filter(forgery ->
                        sendable.matcher(forgery.token().apply(genuine)).matches())
                .map(forgery -> DynamicTest.dynamicTest(
                        forgery.name(), () -> refused.accept(forgery.token().apply(genuine))));
    }

    private ScriptedExtension open(String token) {
        return ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, Script.silent());
    }

    private HttpResponse<String> post(String token) {
        return Stranger.at(service.base())
                .with("Authorization", "Bearer " + token)
                .send(
                        "POST",
                        "/mcp",
                        Map.of("Content-Type", "application/json", "MCP-Protocol-Version", "2025-03-26"),
                        PING);
    }
}
