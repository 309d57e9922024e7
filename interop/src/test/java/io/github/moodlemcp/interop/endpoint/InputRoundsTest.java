package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.EventReader;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that need something of the client before they can be answered, in the way of each revision. */
class InputRoundsTest extends EndpointTest {
    private static final String FORM = "{\"elicitation\": {\"form\": {}}}";
    private static final String URL = "{\"elicitation\": {\"url\": {}}}";
    private static final String ADA = "{\"name\": {\"action\": \"accept\", \"content\": {\"name\": \"Ada\"}}}";
    private static final String ORDER = "{\"a\": 1, \"b\": [1, {\"c\": 2, \"d\": 3}]}";

    private Endpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = start(Endpoint.server(
                        Endpoint.options(1).answerWait(LONG).keepAlive(LONG).build())
                .tool(Toys.tool("greet", InputRoundsTest::greet))
                .tool(Toys.tool("greet_too", InputRoundsTest::greet))
                .tool(Toys.tool("connect", InputRoundsTest::connect)));
    }

    private static McpResult.OfTool greet(ObjectNode arguments, McpCall call) {
        JsonNode name = call.input().find("name").orElse(Json.object("{}")).at("/content/name");
        JsonNode state = call.input().state();
        if (name.isTextual() && state != null) {
            return Toys.text("Hello, " + name.asText() + ", in round " + state.path("round"));
        }
        InputRequest form = new InputRequest.Form("Your name?", Json.object("""
                {"type": "object", "properties": {"name": {"type": "string"}}}
                """));
        return new McpResult.InputRequired(Map.of("name", form), Json.object("{\"round\": 2}"));
    }

    private static McpResult.OfTool connect(ObjectNode arguments, McpCall call) {
        return call.input().find("open").isPresent()
                ? Toys.text("connected")
                : McpResult.InputRequired.of(
                        "open", new InputRequest.Url("Open this", URI.create("https://example.org/o"), "e-1"));
    }

    private Reply first() throws Exception {
        return endpoint.send(Ask.call("greet", ORDER, FORM));
    }

    private static Ask second(String tool, String arguments, String state, String responses) {
        return Ask.modern(
                "tools/call",
                "{\"name\": \"%s\", \"arguments\": %s, \"requestState\": \"%s\", \"inputResponses\": %s}"
                        .formatted(tool, arguments, state, responses),
                FORM);
    }

    private String state() throws Exception {
        return first().result().path("requestState").asText();
    }

    @Test
    void theClientIsAskedAndAsksAgain() throws Exception {
        Reply first = first();

        assertThat(first.result().path("resultType").asText()).isEqualTo("input_required");
        assertThat(first.result().path("inputRequests")).isEqualTo(Json.of("""
                {"name": {"method": "elicitation/create", "params": {"mode": "form", "message": "Your name?",
                  "requestedSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}}}
                """));
        assertThat(first.result().has("ttlMs")).isFalse();
        assertThat(endpoint.send(second("greet", ORDER, state(), ADA)).text()).isEqualTo("Hello, Ada, in round 2");
    }

    @Test
    void theOrderOfMembersDoesNotMatter() throws Exception {
        String reordered = "{\"b\": [1, {\"d\": 3, \"c\": 2}], \"a\": 1}";

        assertThat(endpoint.send(second("greet", reordered, state(), ADA)).text())
                .startsWith("Hello");
    }

    @Test
    void aStateIsGoodForItsOwnRequestAlone() throws Exception {
        String state = state();

        assertRefused(second("greet", "{\"a\": 2}", state, ADA));
        assertRefused(second("greet", "{\"b\": [{\"c\": 2, \"d\": 3}, 1], \"a\": 1}", state, ADA));
        assertRefused(second("greet_too", ORDER, state, ADA));
        assertRefused(second("greet", ORDER, state, ADA).by(Endpoint.BEN));
    }

    @Test
    void aStateThatWasTamperedWithIsRefused() throws Exception {
        String state = state();
        for (int i = 0; i < state.length(); i++) {
            char other = state.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(second("greet", ORDER, state.substring(0, i) + other + state.substring(i + 1), ADA));
        }
        assertRefused(second("greet", ORDER, state.substring(1), ADA));
        assertRefused(second("greet", ORDER, state + "A", ADA));
        assertRefused(second("greet", ORDER, "", ADA));
    }

    @Test
    void aStateOfNoTextIsRefused() throws Exception {
        assertRefused(second("greet", ORDER, "x", ADA).replacing("\"x\"", "{\"round\":9}"));
        assertRefused(second("greet", ORDER, "x", ADA).replacing("\"x\"", "null"));
    }

    @Test
    void wrongOrMissingResponsesAreAskedForAgain() throws Exception {
        for (String responses : new String[] {
            "{}", "{\"name\": null}", "{\"name\": {\"action\": \"decline\"}}", "{\"other\": {\"action\": \"accept\"}}"
        }) {
            Reply again = endpoint.send(second("greet", ORDER, state(), responses));
            assertThat(again.result().path("resultType").asText()).isEqualTo("input_required");
            assertThat(again.result().path("inputRequests").has("name")).isTrue();
        }
    }

    @Test
    void responsesUnderOtherKeysArePassedOver() throws Exception {
        String more = ADA.replace("}}}", "}}, \"other\": 5}");

        assertThat(endpoint.send(second("greet", ORDER, state(), more)).text()).startsWith("Hello, Ada");
    }

    @Test
    void inASessionTheClientIsAskedOnTheStream() throws Exception {
        String session = endpoint.session("2025-06-18", FORM);
        try (EventReader stream = endpoint.open(legacy(session, "greet"))) {
            JsonNode question = stream.message();
            assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
            assertThat(question.path("params")).isEqualTo(Json.of("""
                    {"message": "Your name?",
                     "requestedSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}
                    """));

            answer(session, question, "\"result\": {\"action\": \"accept\", \"content\": {\"name\": \"Ada\"}}");

            assertThat(stream.message().at("/result/content/0/text").asText()).isEqualTo("Hello, Ada, in round 2");
            stream.expectEnd();
        }
    }

    @Test
    void anAnswerOfAnotherAccountDoesNotCount() throws Exception {
        String session = endpoint.session("2025-11-25", FORM);
        try (EventReader stream = endpoint.open(legacy(session, "greet"))) {
            JsonNode question = stream.message();
            Ask forged = response(question, "\"result\": {\"action\": \"accept\", \"content\": {\"name\": \"Eve\"}}");
            assertThat(endpoint.send(forged.by(Endpoint.BEN)).status()).isEqualTo(202);
            answer(session, question, "\"result\": {\"action\": \"accept\", \"content\": {\"name\": \"Ada\"}}");

            assertThat(stream.message().at("/result/content/0/text").asText()).startsWith("Hello, Ada");
        }
    }

    @Test
    void aClientThatRefusesToBeAskedGetsAnError() throws Exception {
        String session = endpoint.session("2025-11-25", FORM);
        try (EventReader stream = endpoint.open(legacy(session, "greet"))) {
            JsonNode question = stream.message();
            answer(session, question, "\"error\": {\"code\": -1, \"message\": \"no\"}");

            assertThat(stream.message().path("error").path("code").asInt()).isEqualTo(-32600);
        }
    }

    @Test
    void aClientThatNeverAnswersRightIsNotAskedForEver() throws Exception {
        String session = endpoint.session("2025-11-25", FORM);
        try (EventReader stream = endpoint.open(legacy(session, "greet"))) {
            JsonNode message = stream.message();
            Set<JsonNode> ids = new HashSet<>();
            for (int i = 0; i < 20 && message.has("method"); i++) {
                assertThat(message.at("/params/mode").asText()).isEqualTo("form");
                assertThat(ids.add(message.path("id"))).isTrue();
                answer(session, message, "\"result\": {}");
                message = stream.message();
            }
            assertThat(message.path("error").path("code").asInt()).isNegative();
        }
    }

    @Test
    void aClientWithoutEventsCannotBeAskedInASession() throws Exception {
        String session = endpoint.session("2025-11-25", FORM);

        Reply reply = endpoint.send(legacy(session, "greet").with("Accept", "application/json"));

        assertThat(reply.error().path("code").asInt()).isEqualTo(-32600);
        assertThat(reply.body()).contains("text/event-stream");
    }

    @Test
    void aClientThatDidNotDeclareItIsNotAsked() throws Exception {
        String session = endpoint.session("2025-11-25", "{}");

        Reply reply = endpoint.send(legacy(session, "greet"));

        assertThat(reply.error().path("code").asInt()).isEqualTo(-32600);
        assertThat(reply.error().at("/data/requiredCapabilities")).isEqualTo(Json.of(FORM));
    }

    @Test
    void inRevision20251125AnAddressIsAnError() throws Exception {
        String session = endpoint.session("2025-11-25", URL);

        Reply reply = endpoint.send(legacy(session, "connect"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.error().path("code").asInt()).isEqualTo(-32042);
        assertThat(reply.error().path("data")).isEqualTo(Json.of("""
                {"elicitations": [{"mode": "url", "message": "Open this", "url": "https://example.org/o",
                                   "elicitationId": "e-1"}]}
                """));
    }

    @Test
    void inRevision20260728AnAddressIsARound() throws Exception {
        Reply reply = endpoint.send(Ask.call("connect", "{}", URL));

        assertThat(reply.result().path("inputRequests")).isEqualTo(Json.of("""
                {"open": {"method": "elicitation/create",
                          "params": {"mode": "url", "message": "Open this", "url": "https://example.org/o"}}}
                """));
        assertThat(reply.result().has("requestState")).isFalse();
    }

    private void assertRefused(Ask ask) throws Exception {
        Reply reply = endpoint.send(ask);
        assertThat(reply.error().path("code").asInt()).as(reply.body()).isEqualTo(-32602);
    }

    private static Ask legacy(String session, String tool) {
        return Ask.legacy(5, "tools/call", "{\"name\": \"" + tool + "\"}").with("Mcp-Session-Id", session);
    }

    private static Ask response(JsonNode question, String outcome) {
        return Ask.post("{\"jsonrpc\": \"2.0\", \"id\": " + question.path("id") + ", " + outcome + "}");
    }

    private void answer(String session, JsonNode question, String outcome) throws Exception {
        Reply reply = endpoint.send(response(question, outcome).with("Mcp-Session-Id", session));
        assertThat(reply.status()).isEqualTo(202);
    }
}
