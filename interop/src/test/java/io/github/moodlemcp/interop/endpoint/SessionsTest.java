package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MCP sessions that carry what was agreed in their own id. */
class SessionsTest extends EndpointTest {
    private static final Ask PING = Ask.legacy(1, "ping", "{}");
    private static final Ask WHO = Ask.legacy(2, "tools/call", "{\"name\": \"who\"}");

    private Endpoint start(ServerOptions options) throws Exception {
        MoodleMcpServer.Builder builder = Endpoint.server(options)
                .tool(Toys.tool(
                        "who",
                        (arguments, call) -> new McpResult.ToolCall(
                                List.of(new ContentBlock.Text(call.client().name() + " "
                                        + call.client().capabilities())),
                                Json.object("{\"known\": true}"),
                                false,
                                Json.object("{}"))));
        return start(builder);
    }

    private static Ask in(String session, Ask ask) {
        return ask.with("Mcp-Session-Id", session);
    }

    @Test
    void anIdIsVisibleAsciiAndEachIsDistinct() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).build());
        String first = endpoint.session("2025-11-25", "{}");

        assertThat(first).matches("[\\x21-\\x7e]{22,512}");
        assertThat(endpoint.session("2025-11-25", "{}")).isNotEqualTo(first);
    }

    @Test
    void anotherServerWithTheSameSecretKnowsTheSession() throws Exception {
        String session = start(Endpoint.options(1).build()).session("2025-11-25", "{}");
        Endpoint restarted = start(Endpoint.options(1).build());

        assertThat(restarted.send(in(session, PING)).status()).isEqualTo(200);
    }

    @Test
    void aServerWithAnotherSecretDoesNot() throws Exception {
        String session = start(Endpoint.options(1).build()).session("2025-11-25", "{}");
        Endpoint other = start(Endpoint.options(2).build());

        assertThat(other.send(in(session, PING)).status()).isEqualTo(404);
    }

    @Test
    void aSecretThatWasReplacedIsStillRecognised() throws Exception {
        List<byte[]> before = Endpoint.options(1).build().signingSecrets();
        List<byte[]> after = Endpoint.options(2).build().signingSecrets();
        String session = start(Endpoint.options(1).build()).session("2025-11-25", "{}");
        Endpoint rotated = start(Endpoint.options(2)
                .signingSecrets(List.of(after.getFirst(), before.getFirst()))
                .build());
        Endpoint later = start(Endpoint.options(2).build());

        assertThat(rotated.send(in(session, PING)).status()).isEqualTo(200);
        assertThat(later.send(in(rotated.session("2025-11-25", "{}"), PING)).status())
                .isEqualTo(200);
        assertThat(later.send(in(session, PING)).status()).isEqualTo(404);
    }

    @Test
    void theSessionSaysWhichRevisionAndWhichClient() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).build());
        String old = endpoint.session("2025-03-26", "{}");
        String later = endpoint.session("2025-11-25", "{\"elicitation\": {}, \"sampling\": {}}");

        Reply ofOld = endpoint.send(in(old, WHO));
        Reply ofLater = endpoint.send(in(later, WHO));

        assertThat(ofOld.text()).isEqualTo("test []");
        assertThat(ofOld.result().has("structuredContent")).isFalse();
        assertThat(ofLater.text()).contains("ELICITATION_FORM", "SAMPLING");
        assertThat(ofLater.result().path("structuredContent").path("known").asBoolean())
                .isTrue();
        assertThat(ofLater.result().has("resultType")).isFalse();
    }

    @Test
    void aClientWithAStrangeNameHasASessionToo() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).build());
        String strange = "\\u0001".repeat(200);
        Ask initialize = Ask.legacy(0, "initialize", """
                {"protocolVersion": "2025-11-25", "capabilities": {},
                 "clientInfo": {"name": "%s", "version": "%s"}}
                """.formatted(strange, strange));

        assertThat(endpoint.send(in(endpoint.session(initialize), PING)).status())
                .isEqualTo(200);
    }

    @Test
    void aSessionEndsWhenItsClientSaysSo() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).build());
        String session = endpoint.session("2025-11-25", "{}");
        String other = endpoint.session("2025-11-25", "{}");

        Reply ended = endpoint.send(in(session, Ask.bare("DELETE")));

        assertThat(ended.status()).isEqualTo(204);
        assertThat(ended.body()).isEmpty();
        assertThat(endpoint.send(in(session, PING)).status()).isEqualTo(404);
        assertThat(endpoint.send(in(other, PING)).status()).isEqualTo(200);
    }

    @Test
    void anIdCannotBeWrittenInAnotherWayToOutliveItsEnd() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).build());
        String session = endpoint.session("2025-11-25", "{}");
        endpoint.send(in(session, Ask.bare("DELETE")));
        char last = session.charAt(session.length() - 1);
        String base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        for (char other : base64.toCharArray()) {
            if (other != last) {
                String alias = session.substring(0, session.length() - 1) + other;
                assertThat(endpoint.send(in(alias, PING)).status()).isEqualTo(404);
            }
        }
        assertThat(endpoint.send(in(session + "==", PING)).status()).isEqualTo(404);
        assertThat(endpoint.send(in(session.replace(".", "=."), PING)).status()).isEqualTo(404);
    }

    @Test
    void aServerMayDoWithoutSessions() throws Exception {
        Endpoint endpoint = start(Endpoint.options(1).mcpSessions(false).build());
        Reply initialized = endpoint.send(Ask.initialize("2025-06-18", "{}"));

        assertThat(initialized.header("mcp-session-id")).isEmpty();
        assertThat(endpoint.send(PING).status()).isEqualTo(200);
        assertThat(endpoint.send(Ask.bare("DELETE")).header("allow")).isEqualTo("POST");
        assertThat(endpoint.send(in("x", Ask.bare("DELETE"))).status()).isEqualTo(405);
    }
}
