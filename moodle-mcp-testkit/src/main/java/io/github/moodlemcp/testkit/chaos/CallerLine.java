package io.github.moodlemcp.testkit.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.testkit.chaos.Event.Receipt;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP connection of one MCP client, kept alive from call to call and made anew when it is gone. Its JSON-RPC ids are
 * 0, 1, 2 … as everybody else's are. For one thread, but for {@link #leave} and {@link #cancel}.
 */
final class CallerLine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A slow answer is no broken one. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String OUTCOME = "io.github.moodlemcp/outcome";
    private static final String REQUEST_KEY = "io.github.moodlemcp/request_key";
    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";

    private final URI mcp;
    private final String key;
    private final boolean isModern;
    private long nextId;
    private @Nullable String session;
    private volatile @Nullable HttpSocket socket;
    private volatile boolean left;

    /** @param isModern whether it speaks revision 2026-07-28, else 2025-11-25 in a session */
    CallerLine(URI mcp, String key, boolean isModern) {
        this.mcp = mcp;
        this.key = key;
        this.isModern = isModern;
    }

    /**
     * An answer, or one of several.
     *
     * @param requestKey what {@code _meta} says it is, or null
     * @param problem why it is no answer that the service may give, or null when it is one
     */
    record Answer(
            Ending ending,
            @Nullable Receipt receipt,
            @Nullable String requestKey,
            @Nullable String problem) {

        static Answer broken(String problem) {
            return new Answer(Ending.BROKEN, null, null, problem);
        }
    }

    boolean isModern() {
        return isModern;
    }

    /** Calls a tool, and waits for the answers, of which there should be one; none when the caller left or cancelled. */
    List<Answer> call(String tool, Map<String, String> arguments) throws IOException {
        HttpSocket line = prepare();
        long id = nextId++;
        try {
            return exchange(line, id, tool, arguments);
        } catch (IOException e) {
            hangUp();
            if (left) {
                return List.of();
            }
            throw e;
        }
    }

    /** Does what comes before a call, if it is not done yet: so that the call itself is sent at once. */
    HttpSocket prepare() throws IOException {
        HttpSocket line = connected();
        if (!isModern && session == null) {
            session = initialize(line);
        }
        return line;
    }

    private List<Answer> exchange(HttpSocket line, long id, String tool, Map<String, String> arguments)
            throws IOException {
        line.send(post(headers(tool), request(id, tool, arguments)));
        HttpSocket.Head head = line.readHead();
        String body = line.readWhole(head);
        if (head.status() != 200) {
            hangUp();
            return left ? List.of() : List.of(Answer.broken("status " + head.status() + " " + body));
        }
        if (head.header("connection").equalsIgnoreCase("close")) {
            hangUp();
        }
        if (left && body.isEmpty()) {
            return List.of();
        }
        return answers(body, head.header("content-type").startsWith("text/event-stream"), id);
    }

    /** The id of the call at work, for {@link #cancel}. */
    long lastId() {
        return nextId - 1;
    }

    /** Ends the connection while a call waits: in revision 2026-07-28 that cancels it. */
    void leave() {
        left = true;
        hangUp();
    }

    /** Cancels a call of a session, from a connection of its own. */
    void cancel(long id) throws IOException {
        left = true;
        try (HttpSocket other = new HttpSocket(mcp.getPort(), PATIENCE)) {
            other.send(post(
                    headers(null),
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                            + "}}"));
            other.readHead();
        }
    }

    /** Ends what {@link #leave} or {@link #cancel} began: the next call is waited for again. */
    void stay() {
        left = false;
    }

    @Override
    public void close() {
        hangUp();
    }

    private HttpSocket connected() throws IOException {
        HttpSocket open = socket;
        if (open == null) {
            open = new HttpSocket(mcp.getPort(), PATIENCE);
            socket = open;
        }
        return open;
    }

    private void hangUp() {
        HttpSocket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // It is gone as far as this side can tell.
            }
        }
    }

    private String initialize(HttpSocket line) throws IOException {
        line.send(post(
                "",
                "{\"jsonrpc\":\"2.0\",\"id\":" + nextId++ + ",\"method\":\"initialize\",\"params\":{"
                        + "\"protocolVersion\":\"" + LEGACY + "\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"chaos\",\"version\":\"1.0.0\"}}}"));
        HttpSocket.Head head = line.readHead();
        line.readWhole(head);
        return head.header("mcp-session-id");
    }

    private String headers(@Nullable String tool) {
        if (isModern) {
            return "MCP-Protocol-Version: " + MODERN + "\r\nMcp-Method: tools/call\r\nMcp-Name: " + tool + "\r\n";
        }
        return "MCP-Protocol-Version: " + LEGACY + "\r\nMcp-Session-Id: " + session + "\r\n";
    }

    private String post(String headers, String body) {
        return "POST " + mcp.getPath() + " HTTP/1.1\r\nHost: " + mcp.getAuthority() + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" + headers
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private String request(long id, String tool, Map<String, String> arguments) {
        StringBuilder given = new StringBuilder();
        arguments.forEach((name, value) -> given.append(given.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        String meta = isModern
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
                        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}"
                : "";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{" + given + "}" + meta + "}}";
    }

    private static List<Answer> answers(String body, boolean isStream, long id) {
        List<Answer> answers = new ArrayList<>();
        if (!isStream) {
            answers.add(answer(body, id));
            return answers;
        }
        body.lines()
                .filter(line -> line.startsWith("data:") && line.length() > "data:".length() + 1)
                .map(line -> line.substring("data:".length()))
                .filter(json -> !json.contains("\"method\""))
                .forEach(json -> answers.add(answer(json, id)));
        return answers;
    }

    private static Answer answer(String json, long id) {
        try {
            JsonNode response = JSON.readTree(json);
            JsonNode result = response.path("result");
            Ending ending = Ending.of(result.path("_meta").path(OUTCOME).asText());
            boolean isAnswer = ending != Ending.BROKEN && response.path("id").asLong(-1) == id;
            return new Answer(
                    ending,
                    receipt(result.path("content").path(0).path("text").asText()),
                    result.path("_meta").path(REQUEST_KEY).textValue(),
                    isAnswer ? null : "to request " + id + ": " + json);
        } catch (JsonProcessingException e) {
            return Answer.broken("no JSON: " + json);
        }
    }

    /** What a browser sent, between the markers that the service puts around it. */
    private static @Nullable Receipt receipt(String text) throws JsonProcessingException {
        int begin = text.indexOf("\n{");
        int end = text.lastIndexOf("}\n</");
        if (begin < 0 || end < begin) {
            return null;
        }
        JsonNode said = JSON.readTree(text.substring(begin + 1, end + 1));
        return new Receipt(
                said.path("account").asText(),
                said.path("browser").asText(),
                said.path("command").asText(),
                said.path("errand").asText(),
                said.path("nonce").asText());
    }
}
