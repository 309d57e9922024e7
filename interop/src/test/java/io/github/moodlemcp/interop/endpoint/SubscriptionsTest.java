package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.Changes.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams on which clients hear of changes. */
class SubscriptionsTest extends EndpointTest {
    private static final String SUBSCRIPTION = "/params/_meta/io.modelcontextprotocol~1subscriptionId";

    private final Changes changes = new Changes();
    private Endpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = start(Endpoint.server(
                        Endpoint.options(1).answerWait(LONG).keepAlive(LONG).build())
                .tool(Toys.tool("work", (arguments, call) -> Toys.text("done")))
                .resource(Toys.resource("toy://a", "a"))
                .resource(Toys.resource("toy://b", "b"))
                .changes(changes));
    }

    private static Ask listen(String notifications) {
        return Ask.modern("subscriptions/listen", "{\"notifications\": " + notifications + "}");
    }

    @Test
    void whatIsHonouredIsAcknowledgedFirst() throws Exception {
        try (EventReader stream = endpoint.open(listen("""
                {"toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": false,
                 "resourceSubscriptions": ["toy://a", 5], "taskIds": ["x"], "other": true}
                """).id(9))) {
            JsonNode acknowledged = stream.message();

            assertThat(acknowledged.path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.at("/params/notifications"))
                    .isEqualTo(Json.of("{\"toolsListChanged\": true, \"resourceSubscriptions\": [\"toy://a\"]}"));
            assertThat(acknowledged.at(SUBSCRIPTION).asInt()).isEqualTo(9);
        }
    }

    @Test
    void onlyWhatWasAskedForComesAndIsTagged() throws Exception {
        Ask ask = listen("{\"toolsListChanged\": true, \"resourceSubscriptions\": [\"toy://a\"]}")
                .replacing("\"id\":1", "\"id\":\"l-1\"");
        try (EventReader stream = endpoint.open(ask)) {
            stream.message();
            changes.tell(new Change.OfPrompts());
            changes.tell(new Change.OfResources());
            changes.tell(new Change.OfResource("toy://b"));
            changes.tell(new Change.OfResource("toy://a"));
            changes.tell(new Change.OfTools());

            JsonNode first = stream.message();
            JsonNode second = stream.message();

            assertThat(first.path("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(first.at("/params/uri").asText()).isEqualTo("toy://a");
            assertThat(first.at(SUBSCRIPTION).asText()).isEqualTo("l-1");
            assertThat(second.path("method").asText()).isEqualTo("notifications/tools/list_changed");
            assertThat(second.at(SUBSCRIPTION).asText()).isEqualTo("l-1");
        }
    }

    @Test
    void theStreamEndsWithItsResultWhenTheServerStops() throws Exception {
        try (EventReader stream =
                endpoint.open(listen("{\"toolsListChanged\": true}").id(3))) {
            stream.message();
            changes.tell(new Change.OfTools());

            endpoint.server().close();

            assertThat(stream.message().path("method").asText()).isEqualTo("notifications/tools/list_changed");
            JsonNode end = stream.message();
            assertThat(end.path("id").asInt()).isEqualTo(3);
            assertThat(end.at("/result/resultType").asText()).isEqualTo("complete");
            assertThat(end.at("/result/_meta/io.modelcontextprotocol~1subscriptionId")
                            .asInt())
                    .isEqualTo(3);
            stream.expectEnd();
        }
    }

    @Test
    void aServerThatHasStoppedOpensNoStreamsAnyMore() throws Exception {
        String session = endpoint.session("2025-11-25", "{}");
        endpoint.server().close();

        try (EventReader stream =
                endpoint.open(listen("{\"toolsListChanged\": true}").id(3))) {
            JsonNode last = stream.message();
            while (!last.has("result")) {
                last = stream.message();
            }
            stream.expectEnd();
        }
        try (EventReader stream = endpoint.open(follow(session))) {
            stream.expectEnd();
        }
    }

    @Test
    void aClientWithoutEventsCannotListen() throws Exception {
        Reply reply = endpoint.send(listen("{\"toolsListChanged\": true}").with("Accept", "application/json"));

        assertThat(reply.error().path("code").asInt()).isEqualTo(-32602);
        assertThat(reply.body()).contains("text/event-stream");
    }

    @Test
    void whatIsNoWishIsRefused() throws Exception {
        assertThat(endpoint.send(Ask.modern("subscriptions/listen", "{}"))
                        .error()
                        .path("code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(endpoint.send(listen("[]")).error().path("code").asInt()).isEqualTo(-32602);
        String many = "{\"resourceSubscriptions\": [" + "\"a\",".repeat(100) + "\"a\"]}";
        assertThat(endpoint.send(listen(many)).error().path("code").asInt()).isEqualTo(-32602);
    }

    @Test
    void twoStreamsOfOneClientHearOfTheSameChange() throws Exception {
        try (EventReader one =
                        endpoint.open(listen("{\"toolsListChanged\": true}").id(1));
                EventReader two =
                        endpoint.open(listen("{\"toolsListChanged\": true}").id(2))) {
            one.message();
            two.message();
            changes.tell(new Change.OfTools());

            assertThat(one.message().at(SUBSCRIPTION).asInt()).isEqualTo(1);
            assertThat(two.message().at(SUBSCRIPTION).asInt()).isEqualTo(2);
        }
    }

    @Test
    void aSessionHearsOfListsAndOfTheResourcesItNamed() throws Exception {
        String session = endpoint.session("2025-06-18", "{}");
        try (EventReader stream = endpoint.open(follow(session))) {
            stream.raw();
            assertThat(subscribe(session, "toy://a").result()).isEqualTo(Json.of("{}"));
            changes.tell(new Change.OfPrompts());
            changes.tell(new Change.OfResource("toy://b"));
            changes.tell(new Change.OfResource("toy://a"));
            changes.tell(new Change.OfTools());

            assertThat(stream.message()).isEqualTo(Json.of("""
                    {"jsonrpc": "2.0", "method": "notifications/resources/updated", "params": {"uri": "toy://a"}}
                    """));
            assertThat(stream.message().path("method").asText()).isEqualTo("notifications/tools/list_changed");

            endpoint.send(in(session, "resources/unsubscribe", "toy://a"));
            changes.tell(new Change.OfResource("toy://a"));
            changes.tell(new Change.OfResources());
            assertThat(stream.message().path("method").asText()).isEqualTo("notifications/resources/list_changed");
        }
    }

    @Test
    void aResourceThatIsNotThereCannotBeSubscribedTo() throws Exception {
        String session = endpoint.session("2025-11-25", "{}");

        assertThat(subscribe(session, "toy://c").error().path("code").asInt()).isEqualTo(-32002);
    }

    @Test
    void eachMessageOfASessionComesOnOneStreamAlone() throws Exception {
        String session = endpoint.session("2025-11-25", "{}");
        try (EventReader earlier = endpoint.open(follow(session));
                EventReader later = endpoint.open(follow(session))) {
            earlier.expectEnd();
            later.raw();
            changes.tell(new Change.OfTools());

            assertThat(later.message().path("method").asText()).isEqualTo("notifications/tools/list_changed");
        }
    }

    @Test
    void theStreamOfASessionEndsWithTheSession() throws Exception {
        String session = endpoint.session("2025-11-25", "{}");
        try (EventReader stream = endpoint.open(follow(session))) {
            stream.raw();
            endpoint.send(Ask.bare("DELETE").with("Mcp-Session-Id", session));
            stream.expectEnd();
        }
    }

    @Test
    void theStreamOfASessionEndsWhenTheServerStops() throws Exception {
        try (EventReader stream = endpoint.open(follow(endpoint.session("2025-11-25", "{}")))) {
            stream.raw();
            endpoint.server().close();
            stream.expectEnd();
        }
    }

    @Test
    void whatCanChangeIsDeclared() throws Exception {
        assertThat(endpoint.send(Ask.modern("server/discover", "{}")).result().path("capabilities"))
                .isEqualTo(Json.of("""
                        {"tools": {"listChanged": true}, "resources": {"subscribe": true, "listChanged": true}}
                        """));
    }

    private static Ask follow(String session) {
        return Ask.bare("GET").with("Mcp-Session-Id", session);
    }

    private Reply subscribe(String session, String uri) throws Exception {
        return endpoint.send(in(session, "resources/subscribe", uri));
    }

    private static Ask in(String session, String method, String uri) {
        return Ask.legacy(2, method, "{\"uri\": \"" + uri + "\"}").with("Mcp-Session-Id", session);
    }
}
