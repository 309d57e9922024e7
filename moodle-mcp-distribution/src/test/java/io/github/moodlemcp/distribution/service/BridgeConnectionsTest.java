package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect, and what becomes of connections. */
class BridgeConnectionsTest extends ServiceScenario {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop.evil.example",
                "moz-extension://not-a-uuid"
            })
    void aForeignOriginIsRefusedAtTheHandshake(String origin) {
        String token = anna.bridgeToken();

        assertThatThrownBy(() -> ScriptedExtension.open(service.webSocket(), origin, token, Script.silent()))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        refused -> assertThat(((WebSocketHandshakeException) refused.getCause())
                                        .getResponse()
                                        .statusCode())
                                .isEqualTo(403));
    }

    @Test
    void aFirefoxExtensionIsAcceptedByItsToken() {
        try (ScriptedExtension browser = ScriptedExtension.open(
                service.webSocket(),
                "moz-extension://6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21",
                anna.bridgeToken(),
                Script.replying(NONE))) {
            browser.introduce(UUID.randomUUID().toString(), "Firefox", List.of());

            assertThat(outcomeOf(anna.client().callTool("list_courses", NONE.deepCopy())))
                    .isEqualTo("done");
        }
    }

    @Test
    void aBadTokenIsClosedWith4401() {
        for (String token : List.of("nonsense", "", anna.newKey().secret())) {
            assertThat(ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, Script.silent())
                            .closeCode())
                    .isEqualTo(4401);
        }
    }

    @Test
    void aNewerConnectionOfTheSameBrowserTakesOver() {
        String id = UUID.randomUUID().toString();
        ScriptedExtension earlier = anna.browser(id, "Chromium", Script.silent());
        try (ScriptedExtension later =
                anna.browser(id, "Chromium", Script.replying(JSON.objectNode().put("later", true)))) {
            assertThat(earlier.closeCode()).isEqualTo(4409);
            assertThat(textOf(anna.client().callTool("list_courses", NONE.deepCopy())))
                    .contains("\"later\":true");
        }
    }

    @Test
    void aBrowserThatLeavesIsNotConnectedAnyMore() {
        anna.browser("Chromium", Script.silent()).close();

        McpTestClient client = anna.client();
        await().untilAsserted(() -> assertThat(textOf(client.callTool("get_status", NONE.deepCopy())))
                .contains("\"connected\":false"));
    }

    @Test
    void aServiceThatStopsSaysSo(DataSource dataSource) throws IOException {
        RunningService stopping = new RunningService(dataSource);
        ScriptedExtension browser = stopping.person("anna@example.edu").browser("Chromium", Script.silent());

        stopping.close();

        assertThat(browser.closeCode()).isEqualTo(1012);
    }
}
