package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.testkit.http.HttpSocket;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What ends a request before its answer. */
class CancellationTest extends EndpointTest {
    private static final Ask WORK = Ask.call("work", "{}");
    private static final int ID = 7;

    private final Script script = new Script();

    private MoodleMcpServer.Builder server(Duration answerWait) {
        return Endpoint.server(Endpoint.options(1)
                        .answerWait(answerWait)
                        .keepAlive(SHORT)
                        .build())
                .tool(Toys.tool("work", script));
    }

    private static Ask work(String session) {
        return Ask.legacy(ID, "tools/call", "{\"name\": \"work\"}").with("Mcp-Session-Id", session);
    }

    private static Ask cancel() {
        return Ask.post("""
                {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 7, "reason": "x"}}
                """);
    }

    @Test
    void aClientThatLeavesTheStreamCancels() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        try (EventReader stream = endpoint.open(WORK)) {
            stream.raw();
            assertThat(script.cancelled).isNotDone();
        }
        await(script.cancelled);
        assertThat(await(script.called).isCancelled()).isTrue();
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerCancels() throws Exception {
        FakeDepartures departures = new FakeDepartures();
        Endpoint endpoint = start(server(LONG).clientDepartures(departures));
        try (HttpSocket client = endpoint.connect()) {
            client.send(WORK.bytes());
            Runnable whenGone = await(departures.watched);
            assertThat(script.cancelled).isNotDone();
            whenGone.run();
            await(script.cancelled);
        }
    }

    @Test
    void theConnectionIsWatchedNoLongerThanTheAnswerTakes() throws Exception {
        FakeDepartures departures = new FakeDepartures();
        Endpoint endpoint = start(server(LONG).clientDepartures(departures));
        try (HttpSocket client = endpoint.connect()) {
            client.send(WORK.bytes());
            await(departures.watched);
            script.end("done");
            assertThat(client.readHead().status()).isEqualTo(200);
            await(departures.closed);
            assertThat(script.cancelled).isNotDone();
        }
    }

    @Test
    void inASessionAClientThatLeavesDoesNotCancel() throws Exception {
        FakeDepartures departures = new FakeDepartures();
        Endpoint endpoint = start(server(SHORT).clientDepartures(departures));
        String session = endpoint.session("2025-11-25", "{}");
        try (EventReader stream = endpoint.open(work(session))) {
            stream.raw();
        }
        assertThat(departures.watched).isNotDone();
        endpoint.send(cancel().with("Mcp-Session-Id", session));
        await(script.cancelled);
    }

    @Test
    void inASessionANotificationCancelsWhatIsWaitedFor() throws Exception {
        Endpoint endpoint = start(server(LONG));
        String session = endpoint.session("2025-11-25", "{}");
        CompletableFuture<Reply> reply = sending(endpoint, work(session));
        await(script.called);

        assertThat(endpoint.send(cancel().with("Mcp-Session-Id", session)).status())
                .isEqualTo(202);

        await(script.cancelled);
        assertThat(await(reply).status()).isEqualTo(202);
        assertThat(await(reply).body()).isEmpty();
    }

    @Test
    void inASessionANotificationEndsTheStreamWithoutAnAnswer() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        String session = endpoint.session("2025-06-18", "{}");
        try (EventReader stream = endpoint.open(work(session))) {
            stream.raw();
            endpoint.send(cancel().with("Mcp-Session-Id", session));
            await(script.cancelled);
            stream.expectEnd();
        }
    }

    @Test
    void anotherSessionCancelsNothing() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        String session = endpoint.session("2025-11-25", "{}");
        String other = endpoint.session("2025-11-25", "{}");
        String bens = endpoint.session(Ask.initialize("2025-11-25", "{}").by(Endpoint.BEN));
        try (EventReader stream = endpoint.open(work(session))) {
            stream.raw();
            endpoint.send(cancel());
            endpoint.send(cancel().with("Mcp-Session-Id", other));
            endpoint.send(cancel().with("Mcp-Session-Id", bens).by(Endpoint.BEN));
            assertThat(endpoint.send(cancel().with("Mcp-Session-Id", session).by(Endpoint.BEN))
                            .status())
                    .isEqualTo(404);
            script.end("done");

            assertThat(stream.message().at("/result/content/0/text").asText()).isEqualTo("done");
            assertThat(script.cancelled).isNotDone();
        }
    }

    @Test
    void inRevision20260728ANotificationCancelsNothing() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        String session = endpoint.session("2025-11-25", "{}");
        try (EventReader stream = endpoint.open(WORK.id(ID).with("Mcp-Session-Id", session))) {
            stream.raw();
            endpoint.send(cancel().with("Mcp-Session-Id", session));
            script.end("done");

            assertThat(stream.message().has("result")).isTrue();
        }
    }

    @Test
    void whatIsAnsweredIsNotCancelledAnyMore() throws Exception {
        Endpoint endpoint = start(server(LONG));
        String session = endpoint.session("2025-11-25", "{}");
        script.end("done");
        endpoint.send(work(session));

        endpoint.send(cancel().with("Mcp-Session-Id", session));

        assertThat(script.cancelled).isNotDone();
    }

    @Test
    void aCancelledElementOfABatchHasNoAnswer() throws Exception {
        Endpoint endpoint = start(server(LONG));
        String session = endpoint.session("2025-03-26", "{}");
        Ask batch = Ask.post("""
                [{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "work"}},
                 {"jsonrpc": "2.0", "id": 8, "method": "ping"}]
                """).with("Mcp-Session-Id", session);
        CompletableFuture<Reply> reply = sending(endpoint, batch);
        await(script.called);
        endpoint.send(cancel().with("Mcp-Session-Id", session));
        await(script.cancelled);
        script.end("too late");

        assertThat(await(reply).json().findValuesAsText("id")).containsExactly("8");
    }

    /** Tells of departures when the test says so. */
    private static final class FakeDepartures implements ClientDepartures {
        final CompletableFuture<Runnable> watched = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public Watch watch(ContainerRequestContext request, Runnable whenGone) {
            watched.complete(whenGone);
            return () -> closed.complete(null);
        }
    }
}
