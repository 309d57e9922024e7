package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.Changes.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The transport of revision 2024-11-05: one stream for all answers, and a place to send messages to. */
class SseTransportTest extends EndpointTest {
    private static final Ask OPEN = Ask.bare("GET").path("/mcp/sse");
    private static final Ask INITIALIZE = Ask.initialize("2024-11-05", "{}");

    private final Script script = new Script();
    private final Changes changes = new Changes();

    private MoodleMcpServer.Builder server(Duration keepAlive) {
        return Endpoint.server(Endpoint.options(1)
                        .keepAlive(keepAlive)
                        .answerWait(LONG)
                        .build())
                .tool(Toys.tool("work", script))
                .tool(Toys.tool(
                        "echo",
                        (arguments, call) -> Toys.text(arguments.path("text").asText())))
                .resource(Toys.resource("toy://a", "a"))
                .changes(changes);
    }

    private static Ask work(int id) {
        return Ask.legacy(id, "tools/call", "{\"name\": \"work\"}");
    }

    private static Ask cancel(int id) {
        return Ask.post("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": "
                + id + "}}");
    }

    @Test
    void theStreamBeginsWithTheAddressForMessages() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN)) {
            String address = stream.endpoint();
            assertThat(address).matches("/mcp/messages\\?sessionId=[A-Za-z0-9._-]+");

            assertAccepted(endpoint.send(INITIALIZE.path(address)));

            JsonNode answer = stream.message();
            assertThat(answer.path("id").asInt()).isZero();
            assertThat(answer.at("/result/protocolVersion").asText()).isEqualTo("2024-11-05");
            assertAccepted(endpoint.send(Ask.post("""
                    {"jsonrpc": "2.0", "method": "notifications/initialized"}
                    """).path(address)));
            assertAccepted(endpoint.send(Ask.legacy(1, "tools/list", "{}").path(address)));
            assertThat(stream.message().at("/result/tools")).hasSize(2);
        }
    }

    @Test
    void aLaterRevisionMayBeAgreedOn() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN)) {
            String address = stream.endpoint();
            endpoint.send(Ask.initialize("2025-11-25", "{}").path(address));

            assertThat(stream.message().at("/result/protocolVersion").asText()).isEqualTo("2025-11-25");
        }
    }

    @Test
    void twoStreamsNeverMix() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader one = endpoint.open(OPEN);
                EventReader two = endpoint.open(OPEN)) {
            String first = one.endpoint();
            String second = two.endpoint();
            assertThat(first).isNotEqualTo(second);
            for (int i = 0; i < 20; i++) {
                endpoint.send(echo("one").path(first));
                endpoint.send(echo("two").path(second));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(one.message().at("/result/content/0/text").asText()).isEqualTo("one");
                assertThat(two.message().at("/result/content/0/text").asText()).isEqualTo("two");
            }
        }
    }

    private static Ask echo(String text) {
        return Ask.legacy(1, "tools/call", "{\"name\": \"echo\", \"arguments\": {\"text\": \"" + text + "\"}}");
    }

    @Test
    void aStreamBelongsToWhoOpenedIt() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN)) {
            String address = stream.endpoint();

            assertThat(endpoint.send(INITIALIZE.path(address).by(Endpoint.BEN)).status())
                    .isEqualTo(404);
            assertThat(endpoint.send(INITIALIZE.path(address + "A")).status()).isEqualTo(404);
            assertThat(endpoint.send(INITIALIZE.path(address.replace("sessionId=", "sessionId=A")))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void closingTheStreamCancelsWhatIsDoneForIt() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        String address;
        try (EventReader stream = endpoint.open(OPEN)) {
            address = stream.endpoint();
            endpoint.send(work(1).path(address));
            await(script.called);
            assertThat(script.cancelled).isNotDone();
        }
        await(script.cancelled);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(endpoint.send(INITIALIZE.path(address)).status())
                                .isEqualTo(404));
    }

    @Test
    void aNotificationCancelsWithoutAnAnswer() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN);
                EventReader other = endpoint.open(OPEN)) {
            String address = stream.endpoint();
            endpoint.send(work(1).path(address));
            await(script.called);
            endpoint.send(cancel(1).path(other.endpoint()));
            endpoint.send(cancel(2).path(address));
            assertThat(script.cancelled).isNotDone();

            endpoint.send(cancel(1).path(address));
            await(script.cancelled);
            script.end("too late");
            endpoint.send(Ask.legacy(3, "ping", "{}").path(address));

            assertThat(stream.message()).isEqualTo(Json.of("{\"jsonrpc\": \"2.0\", \"id\": 3, \"result\": {}}"));
        }
    }

    @Test
    void whatIsAnsweredIsNotCancelled() throws Exception {
        Endpoint endpoint = start(server(LONG));
        script.end("done");
        try (EventReader stream = endpoint.open(OPEN)) {
            endpoint.send(work(1).path(stream.endpoint()));
            assertThat(stream.message().has("result")).isTrue();
            endpoint.server().close();
            stream.expectEnd();
        }
        assertThat(script.cancelled).isNotDone();
    }

    /** The deadline is over after 2.05 seconds: what the handler is given, and what it gets to stop. */
    @Test
    void aHandlerThatNeverEndsIsAnsweredFor() throws Exception {
        Endpoint endpoint = start(Endpoint.server(Endpoint.options(1)
                        .requestDeadline(Duration.ofMillis(50))
                        .build())
                .tool(Toys.tool("work", script)));
        try (EventReader stream = endpoint.open(OPEN)) {
            endpoint.send(work(1).path(stream.endpoint()));

            assertThat(stream.message().at("/result/isError").asBoolean()).isTrue();
            await(script.cancelled);
        }
    }

    @Test
    void whatBelongsToOtherRevisionsIsRefused() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN)) {
            String address = stream.endpoint();

            Reply modern = endpoint.send(Ask.modern("server/discover", "{}").path(address));
            Reply batch = endpoint.send(Ask.post("[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}]")
                    .path(address));
            Reply broken = endpoint.send(Ask.post("{").path(address));

            assertThat(List.of(modern.status(), batch.status(), broken.status()))
                    .containsExactly(400, 400, 400);
            assertThat(batch.error().path("code").asInt()).isEqualTo(-32600);
            assertThat(broken.error().path("code").asInt()).isEqualTo(-32700);
        }
    }

    @Test
    void theStreamTellsOfChanges() throws Exception {
        Endpoint endpoint = start(server(LONG));
        try (EventReader stream = endpoint.open(OPEN)) {
            String address = stream.endpoint();
            endpoint.send(Ask.legacy(1, "resources/subscribe", "{\"uri\": \"toy://a\"}")
                    .path(address));
            assertThat(stream.message().path("result")).isEqualTo(Json.of("{}"));
            changes.tell(new Change.OfResource("toy://a"));
            changes.tell(new Change.OfTools());

            List<String> methods = new ArrayList<>();
            methods.add(stream.message().path("method").asText());
            methods.add(stream.message().path("method").asText());
            assertThat(methods).containsExactly("notifications/resources/updated", "notifications/tools/list_changed");
        }
    }

    @Test
    void aSilentStreamIsKeptAlive() throws Exception {
        Endpoint endpoint = start(server(SHORT));
        try (EventReader stream = endpoint.open(OPEN)) {
            stream.endpoint();
            assertThat(stream.raw()).isEqualTo(": keep-alive");
            assertThat(stream.head().header("x-accel-buffering")).isEqualTo("no");
        }
    }

    private static void assertAccepted(Reply reply) {
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.body()).isEmpty();
    }
}
