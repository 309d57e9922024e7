package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What frames of an extension may do, and what closes its connection. */
class BridgeFramesTest extends ServiceScenario {

    @Test
    void aReplyFromAnotherBrowserEndsNothing() {
        try (ScriptedExtension annas = anna.browser("Chromium", Script.silent());
                ScriptedExtension bens = ben.browser("Chromium", Script.silent())) {
            McpTestClient client = anna.client();
            CompletableFuture<Answer> call =
                    CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
            ServiceFrame.Run run = (ServiceFrame.Run) annas.nextFrame();

            bens.send(new ExtensionFrame.Reply(run.command(), JSON.objectNode().put("forged", true)));
            bens.send(new ExtensionFrame.Ping(bens.nextId()));
            assertThat(bens.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
            assertThat(call).isNotDone();

            annas.send(new ExtensionFrame.Reply(run.command(), JSON.objectNode().put("true", true)));
            assertThat(textOf(call.join())).contains("\"true\":true").doesNotContain("forged");
        }
    }

    @Test
    void theThirdReplyWithoutACommandClosesTheConnection() {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        for (int i = 0; i < 3; i++) {
            browser.send(new ExtensionFrame.Reply(UUID.randomUUID().toString().replace("-", ""), NONE));
        }

        assertThat(browser.closeCode()).isEqualTo(4400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"hello\",\"params\":{}}"})
    void whatIsNoFrameClosesTheConnection(String text) {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());

        browser.sendText(text);

        assertThat(browser.closeCode()).isEqualTo(4400);
    }

    @Test
    void aBinaryFrameClosesTheConnection() {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());

        browser.sendBinary(new byte[] {1, 2, 3});

        assertThat(browser.closeCode()).isEqualTo(4400);
    }

    @Test
    void aFrameOverTheLimitClosesTheConnectionAndHurtsNobodyElse() {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        try (ScriptedExtension bens = ben.browser("Chromium", Script.replying(NONE))) {
            try {
                browser.sendText("\"" + "a".repeat(2 << 20) + "\"");
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }

            assertThat(browser.closeCode()).isNotEqualTo(1000);
            assertThat(outcomeOf(ben.client().callTool("list_courses", NONE.deepCopy())))
                    .isEqualTo("done");
        }
    }

    @Test
    void aFrameBeforeTheIntroductionClosesTheConnection() {
        ScriptedExtension browser =
                ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, anna.bridgeToken(), Script.silent());

        browser.send(new ExtensionFrame.Ping(browser.nextId()));

        assertThat(browser.closeCode()).isEqualTo(4400);
    }

    @Test
    void anUnknownRequestIsAnsweredSo() {
        try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
            browser.send(new ExtensionFrame.UnknownRequest(browser.nextId(), "from/the/future"));

            assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.UnknownMethod.class);
        }
    }
}
