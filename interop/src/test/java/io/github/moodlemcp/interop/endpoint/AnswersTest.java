package io.github.moodlemcp.interop.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedTool;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One JSON document when the answer is soon there, a stream when it is not, and what is said on it. */
class AnswersTest extends EndpointTest {
    private static final Ask WORK = Ask.call("work", "{}");
    private static final Ask JSON_ONLY = WORK.with("Accept", "application/json");

    private final Script script = new Script();

    private Endpoint start(ServerOptions.Builder options) throws Exception {
        return start(withScript(options));
    }

    private MoodleMcpServer.Builder withScript(ServerOptions.Builder options) {
        return Endpoint.server(options.build()).tool(Toys.tool("work", script));
    }

    private static Ask withMeta(Ask ask, String key, String value) {
        ObjectNode body = Json.object(new String(ask.body(), UTF_8));
        body.withObjectProperty("params").withObjectProperty("_meta").set(key, Json.of(value));
        return ask.body(body.toString());
    }

    @Test
    void aQuickAnswerIsOneDocumentOfStatedLength() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        script.end("done");

        Reply reply = endpoint.send(WORK);

        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("content-length"))
                .isEqualTo(String.valueOf(reply.body().length()));
        assertThat(reply.header("transfer-encoding")).isEmpty();
        assertThat(reply.text()).isEqualTo("done");
    }

    @Test
    void aSlowAnswerIsAStreamThatBeginsAtOnce() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(SHORT).keepAlive(LONG));
        try (EventReader stream = endpoint.open(WORK)) {
            assertThat(stream.head().header("cache-control")).isEqualTo("no-cache, no-transform");
            assertThat(stream.head().header("x-accel-buffering")).isEqualTo("no");
            assertThat(stream.raw()).isEqualTo(": open");

            script.end("done");

            JsonNode answer = stream.message();
            assertThat(answer.path("id").asInt()).isEqualTo(1);
            assertThat(answer.at("/result/content/0/text").asText()).isEqualTo("done");
            assertThat(answer.at("/result/resultType").asText()).isEqualTo("complete");
            stream.expectEnd();
        }
    }

    @Test
    void aSilentStreamIsKeptAlive() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(SHORT).keepAlive(SHORT));
        try (EventReader stream = endpoint.open(WORK)) {
            assertThat(List.of(stream.raw(), stream.raw(), stream.raw()))
                    .containsExactly(": open", ": keep-alive", ": keep-alive");
            script.end("done");
            assertThat(stream.message().has("result")).isTrue();
        }
    }

    @Test
    void aClientWithoutEventsWaitsForItsDocument() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(SHORT).keepAlive(SHORT));
        CompletableFuture<Reply> reply = sending(endpoint, withMeta(JSON_ONLY, "progressToken", "1"));
        await(script.called);
        script.then(AnswersTest::reportUntilItIsEnough);
        script.end("done");

        assertThat(await(reply).header("content-type")).isEqualTo("application/json");
        assertThat(await(reply).text()).isEqualTo("done");
    }

    @Test
    void progressGrows() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        CountDownLatch enough = new CountDownLatch(1);
        script.then(call -> {
            for (int i = 1; enough.getCount() > 0; i++) {
                report(call, i);
                report(call, i);
                report(call, i - 1);
                Thread.yield();
            }
        });
        script.end("done");
        try (EventReader stream = endpoint.open(withMeta(WORK, "progressToken", "\"p-1\""))) {
            BigDecimal last = BigDecimal.ZERO;
            for (int i = 0; i < 5; i++) {
                JsonNode notification = stream.message();
                assertThat(notification.path("method").asText()).isEqualTo("notifications/progress");
                assertThat(notification.has("id")).isFalse();
                assertThat(notification.at("/params/progressToken").asText()).isEqualTo("p-1");
                BigDecimal progress = notification.at("/params/progress").decimalValue();
                assertThat(progress).isGreaterThan(last);
                last = progress;
            }
            enough.countDown();
        }
    }

    @Test
    void progressThatDoesNotGrowIsNotSent() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        script.then(call -> {
            report(call, 5);
            // For longer than two notifications must be apart anyway.
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofMillis(50).toNanos()) {
                report(call, 4);
                report(call, 5);
                Thread.yield();
            }
            report(call, 6);
        });
        script.end("done");

        Reply reply = endpoint.send(withMeta(WORK, "progressToken", "1"));

        assertThat(reply.messages()).hasSize(3);
        assertThat(reply.messages().get(0).at("/params/progress").asInt()).isEqualTo(5);
        assertThat(reply.messages().get(1).at("/params/progress").asInt()).isEqualTo(6);
    }

    @Test
    void progressThatNobodyAskedForIsNotSent() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        script.then(AnswersTest::reportUntilItIsEnough);
        script.end("done");

        assertThat(endpoint.send(WORK).isStream()).isFalse();
    }

    @Test
    void aProgressTokenIsGivenBackAsItCame() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        script.then(call -> call.progress(new Progress(new BigDecimal("0.5"), BigDecimal.TEN, "half of one")));
        script.end("done");

        Reply reply = endpoint.send(withMeta(WORK, "progressToken", "7"));

        assertThat(reply.messages().getFirst().path("params")).isEqualTo(Json.of("""
                {"progressToken": 7, "progress": 0.5, "total": 10, "message": "half of one"}
                """));
        assertThat(reply.messages()).hasSize(2);
    }

    @Test
    void logMessagesComeWhenTheyAreAskedFor() throws Exception {
        Endpoint endpoint =
                start(withScript(Endpoint.options(1).answerWait(LONG)).logging());
        for (int i = 0; i < 2; i++) {
            script.then(call -> call.log(LogLevel.INFO, new TextNode("little")));
            script.then(call -> call.log(LogLevel.ERROR, new TextNode("much")));
            script.end("done");
        }

        assertThat(endpoint.send(WORK).isStream()).isFalse();
        Reply asked = endpoint.send(withMeta(WORK, "io.modelcontextprotocol/logLevel", "\"warning\""));

        assertThat(asked.messages()).hasSize(2);
        assertThat(asked.messages().getFirst().path("method").asText()).isEqualTo("notifications/message");
        assertThat(asked.messages().getFirst().path("params"))
                .isEqualTo(Json.of("{\"level\": \"error\", \"data\": \"much\"}"));
    }

    @Test
    void aSessionSaysOnceWhichLogMessagesItWants() throws Exception {
        Endpoint endpoint =
                start(withScript(Endpoint.options(1).answerWait(LONG)).logging());
        String session = endpoint.session("2025-11-25", "{}");
        Ask work = Ask.legacy(2, "tools/call", "{\"name\": \"work\"}").with("Mcp-Session-Id", session);
        for (int i = 0; i < 2; i++) {
            script.then(call -> call.log(LogLevel.INFO, new TextNode("little")));
            script.end("done");
        }

        assertThat(endpoint.send(work).messages()).hasSize(2);
        endpoint.send(
                Ask.legacy(1, "logging/setLevel", "{\"level\": \"error\"}").with("Mcp-Session-Id", session));
        assertThat(endpoint.send(work).isStream()).isFalse();
    }

    /** The deadline is over after 2.05 seconds: what the handler is given, and what it gets to stop. */
    @Test
    void aHandlerThatNeverEndsIsAnsweredFor() throws Exception {
        Duration deadline = Duration.ofMillis(50);
        Endpoint endpoint =
                start(Endpoint.options(1).answerWait(SHORT).keepAlive(SHORT).requestDeadline(deadline));
        CompletableFuture<Reply> document = sending(endpoint, JSON_ONLY);

        Reply stream = endpoint.send(WORK);

        assertThat(stream.isStream()).isTrue();
        for (Reply reply : List.of(stream, await(document))) {
            assertThat(reply.result().path("isError").asBoolean()).isTrue();
            assertThat(reply.text()).contains("did not answer in time").contains("Check before");
            assertThat(reply.result().path("_meta").path(MetaKey.OUTCOME).asText())
                    .isEqualTo("outcome_unknown");
        }
        await(script.cancelled);
        assertThat(await(script.called).deadline().isOver()).isTrue();
    }

    @Test
    void aHandlerThatOnlyReadsAndNeverEndsMayBeCalledAgain() throws Exception {
        ServerOptions options = Endpoint.options(1)
                .answerWait(SHORT)
                .requestDeadline(Duration.ofMillis(50))
                .build();
        Endpoint endpoint = start(Endpoint.server(options)
                .tool(ServedTool.reading("work", "Work", "Reads, for ever.", Toys.ANYTHING, script)));

        Reply reply = endpoint.send(WORK);

        assertThat(reply.text()).contains("did not answer in time").contains("call it again");
        assertThat(reply.result().path("_meta").path(MetaKey.OUTCOME).asText()).isEqualTo("not_delivered");
    }

    @Test
    void anErrorThatIsNoExceptionIsAnsweredAtOnce() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        script.then(call -> {
            throw new StackOverflowError("c4nary");
        });

        Reply reply = endpoint.send(WORK);

        assertThat(reply.error().path("code").asInt()).isEqualTo(-32603);
        assertThat(reply.body()).contains("incident").doesNotContain("c4nary");
    }

    @Test
    void theElementsOfABatchAreAnsweredTogether() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(LONG));
        String session = endpoint.session("2025-03-26", "{}");
        script.end("first");
        script.end("second");

        Reply reply = endpoint.send(Ask.post("""
                [{"jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": {"name": "work"}},
                 {"jsonrpc": "2.0", "method": "notifications/initialized"},
                 {"jsonrpc": "2.0", "id": "b", "method": "tools/call", "params": {"name": "work"}},
                 {"jsonrpc": "2.0", "id": "c", "method": "nothing"}]
                """).with("Mcp-Session-Id", session));

        assertThat(reply.json().findValuesAsText("id")).containsExactly("a", "b", "c");
        assertThat(reply.json().findValuesAsText("text")).containsExactly("first", "second");
        assertThat(reply.json().at("/2/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void theElementsOfASlowBatchComeOneByOne() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).answerWait(SHORT).keepAlive(LONG));
        String session = endpoint.session("2025-03-26", "{}");
        Ask batch = Ask.post("""
                [{"jsonrpc": "2.0", "id": 1, "method": "ping"},
                 {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "work"}}]
                """).with("Mcp-Session-Id", session);
        try (EventReader stream = endpoint.open(batch)) {
            assertThat(stream.raw()).isEqualTo(": open");
            script.end("done");
            assertThat(List.of(
                            stream.message().path("id").asInt(),
                            stream.message().path("id").asInt()))
                    .containsExactly(1, 2);
            stream.expectEnd();
        }
    }

    private static void reportUntilItIsEnough(McpCall call) {
        for (int i = 1; i < 100; i++) {
            report(call, i);
        }
    }

    private static void report(McpCall call, int done) {
        call.progress(new Progress(BigDecimal.valueOf(done), null, null));
    }
}
