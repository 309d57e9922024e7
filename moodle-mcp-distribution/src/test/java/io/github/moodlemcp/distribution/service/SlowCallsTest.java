package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that take their time: what is said meanwhile, and what becomes of them when nobody waits any more. */
class SlowCallsTest extends ServiceScenario {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";

    private String key;
    private ScriptedExtension browser;

    @BeforeEach
    void connect() {
        key = anna.newKey().secret();
        browser = anna.browser("Chromium", Script.silent());
    }

    @AfterEach
    void disconnect() {
        browser.close();
    }

    @Test
    void progressOfTheBrowserReachesTheClientThatGaveATokenWhenItGrows() throws IOException {
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(modernCall("p-1"));
            ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
            progress(run, 1, "Reading\u202e\ncourses");
            HttpSocket.Head head = client.readHead();
            List<JsonNode> messages = new ArrayList<>();
            messages.add(nextMessage(client));
            progress(run, 1, "again");
            browser.send(
                    new ExtensionFrame.Reply(run.command(), JSON.objectNode().put("done", true)));
            messages.add(nextMessage(client));

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).startsWith("text/event-stream");
            assertThat(head.header("x-accel-buffering")).isEqualTo("no");
            assertThat(messages.get(0).path("method").asText()).isEqualTo("notifications/progress");
            assertThat(messages.get(0).path("params"))
                    .isEqualTo(MAPPER.readTree(
                            "{\"progressToken\":\"p-1\",\"progress\":1,\"total\":3,\"message\":\"Reading courses\"}"));
            assertThat(messages.get(1).at("/result/content/0/text").asText()).contains("{\"done\":true}");
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void withoutATokenProgressIsNotTold() throws IOException {
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(modernCall(null));
            ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
            progress(run, 1, null);
            browser.send(new ExtensionFrame.Reply(run.command(), NONE));
            HttpSocket.Head head = client.readHead();

            assertThat(head.header("content-type")).startsWith("application/json");
            assertThat(MAPPER.readTree(client.readBody(head))
                            .at("/result/isError")
                            .booleanValue())
                    .isFalse();
        }
    }

    @Test
    void aClientThatLeavesItsStreamCancelsTheCommand() throws IOException {
        ServiceFrame.Run run;
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(modernCall("p-1"));
            run = (ServiceFrame.Run) browser.nextFrame();
            progress(run, 1, null);
            client.readHead();
            nextMessage(client);
        }

        assertThat(browser.nextFrame()).isEqualTo(new ServiceFrame.Cancel(run.command()));
    }

    @Test
    void aClientThatLeavesBeforeAnythingWasSaidCancelsTheCommand() throws IOException {
        ServiceFrame.Run run;
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(modernCall(null));
            run = (ServiceFrame.Run) browser.nextFrame();
        }

        assertThat(browser.nextFrame()).isEqualTo(new ServiceFrame.Cancel(run.command()));
    }

    /** Before 2026-07-28 a lost connection is not a cancellation; a notification is. */
    @Test
    void inAnMcpSessionOnlyTheNotificationCancels() throws IOException {
        String session = newSession();
        ServiceFrame.Run left;
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(legacy(
                    session,
                    "{'id':7,'method':'tools/call','params':{'name':'list_courses','arguments':{},"
                            + "'_meta':{'progressToken':1}}}"));
            left = (ServiceFrame.Run) browser.nextFrame();
            progress(left, 1, null);
            client.readHead();
            nextMessage(client);
        }
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(modernCall(null));
            ServiceFrame next = browser.nextFrame();
            assertThat(next).isInstanceOf(ServiceFrame.Run.class);
            browser.send(new ExtensionFrame.Reply(((ServiceFrame.Run) next).command(), NONE));
            assertThat(client.readHead().status()).isEqualTo(200);
        }
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(legacy(session, "{'method':'notifications/cancelled','params':{'requestId':7}}"));
            assertThat(client.readHead().status()).isEqualTo(202);
        }

        assertThat(browser.nextFrame()).isEqualTo(new ServiceFrame.Cancel(left.command()));
    }

    @Test
    void theNotificationOfAnotherSessionCancelsNothing() throws IOException {
        String session = newSession();
        try (HttpSocket client = new HttpSocket(service.base().getPort());
                HttpSocket other = new HttpSocket(service.base().getPort())) {
            client.send(legacy(session, "{'id':7,'method':'tools/call','params':{'name':'list_courses'}}"));
            ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
            other.send(legacy(newSession(), "{'method':'notifications/cancelled','params':{'requestId':7}}"));
            assertThat(other.readHead().status()).isEqualTo(202);
            browser.send(new ExtensionFrame.Reply(run.command(), NONE));

            HttpSocket.Head head = client.readHead();
            assertThat(MAPPER.readTree(client.readBody(head)).path("id").asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void aSessionOutlivesTheServiceThatOpenedIt() throws IOException {
        String session = newSession();
        try (RunningService restarted = new RunningService(dataSource);
                HttpSocket client = new HttpSocket(restarted.base().getPort())) {
            client.send(legacy(session, "{'id':1,'method':'tools/list'}"));
            HttpSocket.Head head = client.readHead();

            assertThat(head.status()).isEqualTo(200);
            assertThat(client.readBody(head)).contains("list_courses");
        }
    }

    private void progress(ServiceFrame.Run run, int done, String message) {
        browser.send(
                new ExtensionFrame.Progress(run.command(), BigDecimal.valueOf(done), BigDecimal.valueOf(3), message));
    }

    /** The next message of an event stream, past its comments. */
    private static JsonNode nextMessage(HttpSocket client) throws IOException {
        String event = client.readEvent();
        while (event.startsWith(":")) {
            event = client.readEvent();
        }
        String data = event.lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .orElseThrow();
        return MAPPER.readTree(data.substring("data:".length()));
    }

    private String modernCall(String progressToken) {
        ObjectNode params = JSON.objectNode().put("name", "list_courses");
        params.putObject("arguments");
        ObjectNode meta = params.putObject("_meta").put("io.modelcontextprotocol/protocolVersion", MODERN);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        if (progressToken != null) {
            meta.put("progressToken", progressToken);
        }
        ObjectNode request =
                JSON.objectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
        request.set("params", params);
        return post(
                request.toString(),
                Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call", "Mcp-Name", "list_courses"));
    }

    private String newSession() throws IOException {
        try (HttpSocket client = new HttpSocket(service.base().getPort())) {
            client.send(post(
                    message("{'id':0,'method':'initialize','params':{'protocolVersion':'" + LEGACY
                            + "','capabilities':{},'clientInfo':{'name':'test','version':'1'}}}"),
                    Map.of()));
            return client.readHead().header("mcp-session-id");
        }
    }

    private String legacy(String session, String message) {
        return post(message(message), Map.of("MCP-Protocol-Version", LEGACY, "Mcp-Session-Id", session));
    }

    private static String message(String json) {
        return json.replace('\'', '"').replaceFirst("\\{", "{\"jsonrpc\":\"2.0\",");
    }

    private String post(String body, Map<String, String> headers) {
        StringBuilder request = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: localhost:")
                .append(service.base().getPort())
                .append("\r\nAuthorization: Bearer ")
                .append(key)
                .append("\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }
}
