package io.github.moodlemcp.testkit.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks to an MCP endpoint, correctly or as wrongly as a test wants. Safe for use by many threads. */
public final class McpTestClient {
    private static final String VERSION = "2026-07-28";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();

    /**
     * @param endpoint such as {@code http://127.0.0.1:8080/mcp}
     * @param token the API key; an empty one is not sent
     */
    public McpTestClient(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    /** An HTTP answer with its body as JSON; a body that is no JSON is given as text. */
    public record Answer(int status, Map<String, String> headers, JsonNode body) {
        /** The value of a header, by its name in lower case; empty when it is absent. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A request of revision 2026-07-28 with all that belongs to it. */
    public Answer request(String method, ObjectNode params) {
        ObjectNode meta = params.withObjectProperty("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", VERSION);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        ObjectNode body = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", ids.incrementAndGet())
                .put("method", method);
        body.set("params", params);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("MCP-Protocol-Version", VERSION);
        headers.put("Mcp-Method", method);
        String member = method.equals("resources/read") ? "uri" : "name";
        if (params.path(member).isTextual()) {
            headers.put("Mcp-Name", params.get(member).textValue());
        }
        return post(body.toString(), headers);
    }

    /** A {@code tools/call} of revision 2026-07-28. */
    public Answer callTool(String name, ObjectNode arguments) {
        ObjectNode params = JSON.createObjectNode().put("name", name);
        params.set("arguments", arguments);
        return request("tools/call", params);
    }

    /** A POST of this body, with the token and these headers. */
    public Answer post(String body, Map<String, String> headers) {
        return send("POST", body, headers);
    }

    /** A request of any kind. */
    public Answer send(String method, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json, text/event-stream")
                .method(
                        method,
                        body.isEmpty() && !method.equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::setHeader);
        try {
            return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        try {
            return new Answer(response.statusCode(), headers, JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            return new Answer(
                    response.statusCode(), headers, JSON.getNodeFactory().textNode(response.body()));
        }
    }
}
