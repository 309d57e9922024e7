package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from a tool call to a browser and back, and what goes wrong on it. */
@ExtendWith(TestDatabase.class)
class BridgeTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectNode NONE = JSON.objectNode();

    private static RunningService service;
    private RunningService.Person anna;
    private RunningService.Person ben;

    @BeforeAll
    static void start(DataSource dataSource) throws IOException {
        service = new RunningService(dataSource);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void people() {
        anna = service.person("anna@example.edu");
        ben = service.person("ben@example.edu");
    }

    @Nested
    class Calls {

        @Test
        void aCallRunsInTheCallersBrowserAndItsResultComesBackFenced() throws IOException {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
                McpTestClient client = anna.client();
                ObjectNode arguments = JSON.objectNode().put("limit", 5).put("site", "moodle.example.edu");
                CompletableFuture<Answer> call =
                        CompletableFuture.supplyAsync(() -> client.callTool("list_courses", arguments));
                ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
                browser.send(new ExtensionFrame.Reply(
                        run.command(),
                        new ObjectMapper().readTree("{\"courses\":[{\"name\":\"R&D \u202e<Intro>\"}]}")));
                Answer answer = call.join();

                assertThat(run.tool()).isEqualTo("list_courses");
                assertThat(run.site()).isEqualTo("moodle.example.edu");
                assertThat(run.arguments().toString()).isEqualTo("{\"limit\":5}");
                assertThat(run.sideEffect()).isEqualTo("read");
                assertThat(run.remainingMs()).isBetween(40_000L, 45_000L);
                assertThat(answer.body().at("/result/isError").booleanValue()).isFalse();
                assertThat(textOf(answer))
                        .startsWith("From Moodle.")
                        .contains("\n{\"courses\":[{\"name\":\"R&D <Intro>\"}]}\n");
                assertThat(outcomeOf(answer)).isEqualTo("done");
            }
        }

        @Test
        void nobodyReachesTheBrowserOfAnother() {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.replying(NONE))) {
                Answer answer = ben.client().callTool("list_courses", NONE.deepCopy());

                assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
                assertThat(textOf(answer)).contains("No browser is connected", "/extension", "list_courses again");
            }
        }

        @Test
        void ofSeveralBrowsersOneMustBeChosen() {
            try (ScriptedExtension first = anna.browser(
                            "Laptop", Script.replying(JSON.objectNode().put("from", "laptop")));
                    ScriptedExtension second = anna.browser(
                            "Phone", Script.replying(JSON.objectNode().put("from", "phone")))) {
                McpTestClient client = anna.client();

                Answer unclear = client.callTool("list_courses", NONE.deepCopy());
                Answer chosen =
                        client.callTool("list_courses", JSON.objectNode().put("browser", "Phone"));

                assertThat(textOf(unclear)).contains("Laptop", "Phone", "argument browser");
                assertThat(textOf(chosen)).contains("\"from\":\"phone\"");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "signed_out, failed, sign in there",
            "no_permission, failed, allow access",
            "no_site, failed, Add this Moodle",
            "unexpected_answer, failed, not Moodle's",
            "unreachable, failed, did not answer",
            "maintenance, failed, maintenance",
            "not_found, failed, list_courses",
            "rejected, rejected, refused by the person",
            "internal, failed, defect",
            "from_the_future, failed, defect"
        })
        void aFailureIsToldWithWhatToDoNext(String reason, String outcome, String told) {
            try (ScriptedExtension browser = anna.browser("Chromium", Script.failing(new FailureReason(reason)))) {
                Answer answer = anna.client().callTool("list_courses", NONE.deepCopy());

                assertThat(answer.body().at("/result/isError").booleanValue()).isTrue();
                assertThat(outcomeOf(answer)).isEqualTo(outcome);
                assertThat(textOf(answer)).contains(told);
            }
        }

        @Test
        void aBrowserThatVanishesEndsItsCallsAtOnce() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            McpTestClient client = anna.client();
            CompletableFuture<Answer> call =
                    CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
            assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Run.class);

            browser.vanish();

            Answer answer = call.join();
            assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
            assertThat(textOf(answer)).contains("safe to call it again");
        }

        @Test
        void aClaimedCommandWhoseBrowserVanishesIsUnknown() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            McpTestClient client = anna.client();
            CompletableFuture<Answer> call =
                    CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
            ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
            browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
            assertThat(browser.nextFrame())
                    .isInstanceOfSatisfying(
                            ServiceFrame.ClaimAnswer.class,
                            answer -> assertThat(answer.refusal()).isNull());

            browser.vanish();

            assertThat(outcomeOf(call.join())).isEqualTo("outcome_unknown");
        }

        @Test
        void statusTellsWhatEachBrowserSaysNow() {
            JsonNode sites = JSON.objectNode()
                    .set(
                            "sites",
                            JSON.arrayNode()
                                    .add(JSON.objectNode()
                                            .put("site", "m.example")
                                            .put("state", "signed_out")));
            try (ScriptedExtension browser = anna.browser("Chromium", Script.replying(sites))) {
                Answer answer = anna.client().callTool("get_status", NONE.deepCopy());

                assertThat(textOf(answer))
                        .startsWith("m.example: sign in there")
                        .contains("\"connected\":true", "\"answers\":true");
            }
        }
    }

    @Nested
    class Frames {

        @Test
        void aReplyFromAnotherBrowserEndsNothing() {
            try (ScriptedExtension annas = anna.browser("Chromium", Script.silent());
                    ScriptedExtension bens = ben.browser("Chromium", Script.silent())) {
                McpTestClient client = anna.client();
                CompletableFuture<Answer> call =
                        CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
                ServiceFrame.Run run = (ServiceFrame.Run) annas.nextFrame();

                bens.send(new ExtensionFrame.Reply(
                        run.command(), JSON.objectNode().put("forged", true)));
                bens.send(new ExtensionFrame.Ping(bens.nextId()));
                assertThat(bens.nextFrame()).isInstanceOf(ServiceFrame.Pong.class);
                assertThat(call).isNotDone();

                annas.send(new ExtensionFrame.Reply(
                        run.command(), JSON.objectNode().put("true", true)));
                assertThat(textOf(call.join())).contains("\"true\":true").doesNotContain("forged");
            }
        }

        @Test
        void theThirdReplyWithoutACommandClosesTheConnection() {
            ScriptedExtension browser = anna.browser("Chromium", Script.silent());
            for (int i = 0; i < 3; i++) {
                browser.send(
                        new ExtensionFrame.Reply(UUID.randomUUID().toString().replace("-", ""), NONE));
            }

            assertThat(browser.closeCode()).isEqualTo(4400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"not json", "[]", "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"hello\",\"params\":{}}"})
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
            ScriptedExtension browser = ScriptedExtension.open(
                    service.webSocket(), RunningService.ORIGIN, anna.bridgeToken(), Script.silent());

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

    @Nested
    class Connections {

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
            try (ScriptedExtension later = anna.browser(
                    id, "Chromium", Script.replying(JSON.objectNode().put("later", true)))) {
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

    private static String textOf(Answer answer) {
        return answer.body().at("/result/content/0/text").asText();
    }

    private static String outcomeOf(Answer answer) {
        return answer.body()
                .path("result")
                .path("_meta")
                .path("io.github.moodlemcp/outcome")
                .asText();
    }
}
