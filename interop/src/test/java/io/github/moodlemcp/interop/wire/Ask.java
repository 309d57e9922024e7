package io.github.moodlemcp.interop.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP request as it goes over the wire, right or as wrong as a test wants. Immutable. */
public record Ask(String method, String path, Map<String, String> headers, byte[] body) {
    public static final String MODERN = "2026-07-28";

    /** What a client of 2026-07-28 can do that answers every question. */
    public static final String ALL_CAPABILITIES = """
            {"elicitation": {"form": {}, "url": {}}, "sampling": {}, "roots": {},
             "extensions": {"io.modelcontextprotocol/tasks": {}}}
            """;

    /** A request of revision 2026-07-28 by a client without capabilities, with all that belongs to it. */
    public static Ask modern(String method, String params) {
        return modern(method, params, "{}");
    }

    /** A request of revision 2026-07-28. */
    public static Ask modern(String method, String params, String capabilities) {
        ObjectNode all = Json.object(params);
        ObjectNode meta = all.withObjectProperty("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", MODERN);
        meta.set("io.modelcontextprotocol/clientCapabilities", Json.object(capabilities));
        Ask ask = post(message(1, method, all))
                .with("MCP-Protocol-Version", MODERN)
                .with("Mcp-Method", method);
        String member = switch (method) {
            case "resources/read" -> "uri";
            case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
            default -> "name";
        };
        JsonNode name = all.path(member);
        return name.isTextual() ? ask.with("Mcp-Name", name.textValue()) : ask;
    }

    /** A {@code tools/call} of revision 2026-07-28. */
    public static Ask call(String tool, String arguments) {
        return call(tool, arguments, "{}");
    }

    /** A {@code tools/call} of revision 2026-07-28. */
    public static Ask call(String tool, String arguments, String capabilities) {
        return modern("tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}", capabilities);
    }

    /** A request of a revision with a handshake. */
    public static Ask legacy(int id, String method, String params) {
        return post(message(id, method, Json.object(params)));
    }

    /** An {@code initialize}. */
    public static Ask initialize(String version, String capabilities) {
        return legacy(0, "initialize", """
                {"protocolVersion": "%s", "capabilities": %s, "clientInfo": {"name": "test", "version": "1"}}
                """.formatted(version, capabilities));
    }

    /** A notification or a response of a revision with a handshake. */
    public static Ask post(String body) {
        return new Ask("POST", "/mcp", Map.of(), body.getBytes(UTF_8))
                .with("Host", "127.0.0.1")
                .with("Authorization", "Bearer " + Endpoint.ANNA)
                .with("Content-Type", "application/json")
                .with("Accept", "application/json, text/event-stream");
    }

    /** A request without a body. */
    public static Ask bare(String method) {
        return post("").method(method).without("Content-Type");
    }

    private static String message(int id, String method, ObjectNode params) {
        ObjectNode message =
                params.objectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        return message.toString();
    }

    public Ask method(String other) {
        return new Ask(other, path, headers, body);
    }

    public Ask path(String other) {
        return new Ask(method, other, headers, body);
    }

    public Ask with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Ask(method, path, more, body);
    }

    public Ask without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Ask(method, path, fewer, body);
    }

    /** The same by another person. */
    public Ask by(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Ask body(byte[] other) {
        return new Ask(method, path, headers, other);
    }

    public Ask body(String other) {
        return body(other.getBytes(UTF_8));
    }

    /** The same with something else in its body. */
    public Ask replacing(String text, String other) {
        String old = new String(body, UTF_8);
        if (!old.contains(text)) {
            throw new IllegalArgumentException("Not in the body: " + text);
        }
        return body(old.replace(text, other));
    }

    /** The same under another id. */
    public Ask id(int id) {
        ObjectNode message = Json.object(new String(body, UTF_8));
        return body(message.put("id", id).toString());
    }

    /** The bytes of the request; the length of the body is stated unless a header says otherwise. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!headers.containsKey("Transfer-Encoding") && !headers.containsKey("Content-Length")) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(UTF_8);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
