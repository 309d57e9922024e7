package io.github.moodlemcp.distribution.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.distribution.web.GrizzlyDepartures;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.http.HttpSocket;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server with a tool that writes, on a free port, and the browsers and clients of one account. A call waits half a second
 * for a person.
 */
final class WritingService implements AutoCloseable {
    static final String TOOL = "write_note";
    private static final String NOTE = """
            {"name": "write_note", "title": "Write a note", "description": "Writes a note.", "sideEffect": "write",
             "scope": "moodle:write", "annotations": {"readOnlyHint": false},
             "inputSchema": {"type": "object", "additionalProperties": false, "required": ["text"],
                "properties": {
                  "text": {"type": "string", "description": "The note."},
                  "weight": {"type": "number", "description": "How heavy it is."},
                  "browser": {"type": "string", "description": "Which browser."}}}}
            """;
    private static final String ORIGIN = "moz-extension://9a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d";
    private static final String VERSION = "2026-07-28";
    private static final int FULL_JOURNAL = 100;

    private final AccountId account;
    private final MoodleMcpServer server;
    private final WebServer web;
    private final List<ScriptedExtension> browsers = new ArrayList<>();

    /**
     * @param records may be shared with another service, as by two nodes or after a restart
     * @param deadline how long a call may take
     */
    WritingService(AccountId account, WriteRecords records, Duration deadline) throws IOException {
        this.account = account;
        ServerOptions options = ServerOptions.builder(URI.create("http://localhost"))
                .requestDeadline(deadline)
                .approvalWait(Duration.ofMillis(500))
                .answerWait(Duration.ofSeconds(30))
                .build();
        Caller caller = new Caller(account, "key", Set.of("moodle:read", "moodle:write"));
        server = MoodleMcpServer.builder(options)
                .browserTool(NOTE)
                .callerTokens(token -> new TokenVerification.Verified(caller))
                .extensionTokens(token -> new TokenVerification.Verified(caller))
                .clientDepartures(new GrizzlyDepartures())
                .writeRecords(records)
                .build();
        web = WebServer.start(
                "127.0.0.1",
                0,
                server.restComponents(),
                server.endpoint(),
                options.maxFrameBytes(),
                server::unseenFrame);
    }

    /** A browser that does what the test says, by hand. */
    Browser browser(String id, JournalEntry... journal) {
        return new Browser(id, List.of(journal));
    }

    /** A browser whose journal is full of other writes. */
    Browser browserWithFullJournal(String id) {
        List<JournalEntry> journal = new ArrayList<>();
        for (int i = 0; i < FULL_JOURNAL; i++) {
            journal.add(new JournalEntry("%032x".formatted(i), "done"));
        }
        return new Browser(id, journal);
    }

    final class Browser {
        /** The commands that came, in order. */
        final List<String> runs = new CopyOnWriteArrayList<>();

        final ScriptedExtension extension;

        private Browser(String id, List<JournalEntry> journal) {
            extension = ScriptedExtension.open(
                    URI.create("ws://localhost:" + web.port() + "/ws"), ORIGIN, "a-token", command -> {
                        runs.add(command.command());
                        return null;
                    });
            browsers.add(extension);
            SiteState site = new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", 6L, null);
            extension.introduce(ScriptedExtension.hello(id, "Browser " + id, List.of(site), List.of(TOOL), journal));
        }

        ServiceFrame.Run run() {
            return extension.nextRun();
        }

        /** Claims the command and says that it was carried out. */
        void carryOut(ServiceFrame.Run run) {
            extension.claim(run.command()).ifPresent(refusal -> {
                throw new AssertionError("The claim was refused as " + refusal);
            });
            reply(run);
        }

        void reply(ServiceFrame.Run run) {
            ObjectNode result = JsonNodeFactory.instance.objectNode().put("note", 7);
            extension.send(new ExtensionFrame.Reply(run.command(), result));
        }
    }

    /** A call that goes on while the test does. */
    CompletableFuture<Answer> call(ObjectNode arguments) {
        McpTestClient client = new McpTestClient(URI.create("http://localhost:" + web.port() + "/mcp"), "a-key");
        return CompletableFuture.supplyAsync(() -> client.callTool(TOOL, arguments), Thread.ofVirtual()::start);
    }

    CompletableFuture<Answer> call(String text, String key) {
        return call(note(text).put("request_key", key));
    }

    static ObjectNode note(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }

    /** A call whose client goes when the socket is closed. */
    HttpSocket abandonableCall(String text, String key) throws IOException {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", TOOL);
        params.set("arguments", note(text).put("request_key", key));
        params.putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", VERSION)
                .putObject("io.modelcontextprotocol/clientCapabilities");
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call");
        body.set("params", params);
        StringBuilder request = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: localhost\r\n");
        Map.of(
                        "Authorization", "Bearer a-key",
                        "Content-Type", "application/json",
                        "Accept", "application/json, text/event-stream",
                        "MCP-Protocol-Version", VERSION,
                        "Mcp-Method", "tools/call",
                        "Mcp-Name", TOOL,
                        "Content-Length", String.valueOf(body.toString().length()))
                .forEach((name, value) ->
                        request.append(name).append(": ").append(value).append("\r\n"));
        HttpSocket socket = new HttpSocket(web.port());
        socket.send(request.append("\r\n").append(body).toString());
        return socket;
    }

    static String outcomeOf(Answer answer) {
        return meta(answer, "outcome");
    }

    static String keyOf(Answer answer) {
        return meta(answer, "request_key");
    }

    static String textOf(Answer answer) {
        return answer.body().at("/result/content/0/text").asText();
    }

    private static String meta(Answer answer, String key) {
        return answer.body()
                .path("result")
                .path("_meta")
                .path("io.github.moodlemcp/" + key)
                .asText();
    }

    @Override
    public void close() {
        browsers.forEach(ScriptedExtension::vanish);
        server.close();
        web.close();
    }
}
