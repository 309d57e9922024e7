package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.http.HttpSocket;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How much an extension may send, and an account may take, before the service says no. */
class BridgeLimitsTest extends ServiceScenario {
    private static final ServiceFrame WARNING = new ServiceFrame.LimitWarning(60);

    /** An introduction is a frame too. */
    private static final int AFTER_HELLO = 60 - 1;

    @Nested
    class Frames {

        @Test
        void theSixtyFirstIsWarnedOfAndTwiceAsManyCloseTheConnection() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            for (int i = 0; i < AFTER_HELLO; i++) {
                ping(browser);
                assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
            }

            ping(browser);
            assertThat(browser.nextFrame()).isEqualTo(WARNING);
            assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
            for (int frame = 62; frame < 120; frame++) {
                ping(browser);
                assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
            }

            ping(browser);
            assertThat(browser.closeCode()).isEqualTo(4429);
        }

        @Test
        void pingsAndPongsOfWebSocketCountToo() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            for (int i = 0; i < 30; i++) {
                browser.sendPing();
                browser.sendPong();
            }

            assertThat(browser.nextFrame()).isEqualTo(WARNING);

            for (int i = 0; i < 30; i++) {
                browser.sendPing();
                browser.sendPong();
            }
            assertThat(browser.closeCode()).isEqualTo(4429);
        }

        @Test
        void aMessageInLongFragmentsIsOneAndShortFragmentsCount() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            String unknown = "{\"jsonrpc\":\"2.0\",\"method\":\"from/the/future\",\"params\":{\"text\":\"";

            browser.sendFragments(fragments(unknown, "x".repeat(2000), 100));
            ping(browser);
            assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);

            browser.sendFragments(fragments(unknown, "x", 60));
            assertThat(browser.nextFrame()).isEqualTo(WARNING);
        }

        @Test
        void whatACommandBringsAboutIsNotCounted() {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
                McpTestClient client = anna.client();
                for (int i = 0; i < 70; i++) {
                    CompletableFuture<Answer> call = call(client);
                    ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
                    browser.send(new ExtensionFrame.Progress(run.command(), BigDecimal.ONE, null, null));
                    browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
                    assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.ClaimAnswer.class);
                    browser.send(new ExtensionFrame.Reply(run.command(), NONE));
                    assertThat(outcomeOf(call.join())).isEqualTo("done");
                }

                ping(browser);
                assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
            }
        }

        @Test
        void progressMoreOftenThanOnceASecondAndRepeatedClaimsAreCounted() {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
                CompletableFuture<Answer> call = call(anna.client());
                ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();

                browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
                assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.ClaimAnswer.class);
                browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
                assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.ClaimAnswer.class);
                for (int i = 0; i < AFTER_HELLO + 10; i++) {
                    browser.send(new ExtensionFrame.Progress(run.command(), BigDecimal.valueOf(i), null, null));
                }
                assertThat(browser.nextFrame()).isEqualTo(WARNING);

                browser.send(new ExtensionFrame.Reply(run.command(), NONE));
                assertThat(outcomeOf(call.join())).isEqualTo("done");
            }
        }

        /** The socket never reads, and goes on after it was told to close. */
        @Test
        void aPingFloodIsCutOff() throws IOException {
            try (HttpSocket socket = new HttpSocket(service.base().getPort())) {
                socket.send(
                        "GET /ws HTTP/1.1\r\nHost: localhost:" + service.base().getPort() + "\r\nOrigin: "
                                + RunningService.ORIGIN + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Protocol: moodle-mcp.v1, bearer." + anna.bridgeToken() + "\r\n\r\n");
                assertThat(socket.readHead().status()).isEqualTo(101);

                await().until(() -> isCutOff(socket));
            }
        }
    }

    @Nested
    class LongFrames {

        @Test
        void longRepliesAndShortFramesKeepTheirOrder() {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
                McpTestClient client = anna.client();
                ObjectNode large = JSON.objectNode().put("text", "x".repeat(200_000));
                List<CompletableFuture<Answer>> calls =
                        IntStream.range(0, 3).mapToObj(i -> call(client)).toList();
                List<ServiceFrame.Run> runs = IntStream.range(0, 3)
                        .mapToObj(i -> (ServiceFrame.Run) browser.nextFrame())
                        .toList();

                for (ServiceFrame.Run run : runs) {
                    browser.send(new ExtensionFrame.Reply(run.command(), large));
                    browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
                }

                for (int i = 0; i < 3; i++) {
                    assertThat(browser.nextFrame())
                            .isInstanceOfSatisfying(
                                    ServiceFrame.ClaimAnswer.class,
                                    answer -> assertThat(answer.refusal()).isEqualTo("expired"));
                }
                assertThat(calls)
                        .allSatisfy(call -> assertThat(outcomeOf(call.join())).isEqualTo("done"));
            }
        }
    }

    @Nested
    class Accounts {

        @Test
        void anAccountHasTenBrowsersAndTheEleventhIsClosed() {
            String token = anna.bridgeToken();
            List<ScriptedExtension> browsers = new ArrayList<>();
            String first = UUID.randomUUID().toString();
            browsers.add(open(token).introduce(first, "0", List.of()));
            for (int i = 1; i < 10; i++) {
                browsers.add(open(token).introduce(UUID.randomUUID().toString(), "" + i, List.of()));
            }

            ScriptedExtension eleventh = open(token);
            eleventh.hello(UUID.randomUUID().toString(), "eleventh", List.of());
            assertThat(eleventh.closeCode()).isEqualTo(4429);

            browsers.add(open(token).introduce(first, "0 again", List.of()));
            assertThat(browsers.getFirst().closeCode()).isEqualTo(4409);
            try (ScriptedExtension bens = ben.browser("Chromium", Script.replying(NONE))) {
                assertThat(outcomeOf(call(ben.client()).join())).isEqualTo("done");
            }
            browsers.forEach(ScriptedExtension::close);
        }

        @Test
        void theBrowsersOfAnAccountHaveSixtyFourCommandsTogether() {
            List<ScriptedExtension> browsers = IntStream.range(0, 3)
                    .mapToObj(i -> anna.browser("b" + i, Script.silent()))
                    .toList();
            McpTestClient client = anna.client();
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 64; i++) {
                    String browser = i < 32 ? "b0" : "b1";
                    calls.add(CompletableFuture.supplyAsync(() -> callIn(client, browser), many));
                }
                for (int i = 0; i < 64; i++) {
                    assertThat(browsers.get(i / 32).nextFrame()).isInstanceOf(ServiceFrame.Run.class);
                }

                Answer refused = callIn(client, "b2");
                assertThat(outcomeOf(refused)).isEqualTo("not_delivered");
                assertThat(textOf(refused)).contains("busy", "Wait 2 s");
                try (ScriptedExtension bens = ben.browser("Chromium", Script.replying(NONE))) {
                    assertThat(outcomeOf(call(ben.client()).join())).isEqualTo("done");
                }

                browsers.getFirst().vanish();
                assertThat(calls.subList(0, 32))
                        .allSatisfy(call -> assertThat(outcomeOf(call.join())).isEqualTo("not_delivered"));
                CompletableFuture<Answer> next = CompletableFuture.supplyAsync(() -> callIn(client, "b2"), many);
                assertThat(browsers.get(2).nextFrame()).isInstanceOf(ServiceFrame.Run.class);
                browsers.forEach(ScriptedExtension::vanish);
                assertThat(outcomeOf(next.join())).isEqualTo("not_delivered");
            }
        }
    }

    private static void ping(ScriptedExtension browser) {
        browser.send(new ExtensionFrame.Ping(browser.nextId()));
    }

    /** A message in this many fragments. */
    private static List<String> fragments(String start, String middle, int count) {
        List<String> fragments = new ArrayList<>();
        fragments.add(start);
        for (int i = 0; i < count - 2; i++) {
            fragments.add(middle);
        }
        fragments.add("\"}}");
        return fragments;
    }

    /** Sends masked, empty pings until the connection is gone. */
    private static boolean isCutOff(HttpSocket socket) {
        byte[] pings = new byte[6 * 100];
        for (int i = 0; i < pings.length; i += 6) {
            pings[i] = (byte) 0x89;
            pings[i + 1] = (byte) 0x80;
        }
        try {
            socket.send(pings);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static ScriptedExtension open(String token) {
        return ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, Script.silent());
    }

    private static CompletableFuture<Answer> call(McpTestClient client) {
        return CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
    }

    private static Answer callIn(McpTestClient client, String browser) {
        return client.callTool("list_courses", JSON.objectNode().put("browser", browser));
    }
}
