package io.github.moodlemcp.interop.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes answers as people like to read them. */
final class Layout {
    private static final int WIDTH = 110;
    private static final String DATA = "data: ";

    /** The headers that are shown, as they are written and as they are found. */
    private static final List<String> SHOWN = List.of(
            "Content-Type", "Cache-Control", "X-Accel-Buffering", "Mcp-Session-Id", "Allow", "WWW-Authenticate");

    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            202, "Accepted",
            204, "No Content",
            400, "Bad Request",
            401, "Unauthorized",
            404, "Not Found",
            405, "Method Not Allowed");

    private Layout() {}

    /** The status and the headers that matter. */
    static String head(HttpSocket.Head head) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + head.status() + " " + REASONS.get(head.status()) + "\n");
        for (String name : SHOWN) {
            String value = head.header(name.toLowerCase(Locale.ROOT));
            boolean isShown = !value.isEmpty() && (!name.equals("Content-Type") || head.status() != 202);
            if (isShown) {
                text.append(name + ": " + value.replaceFirst("(?i)^(text/event-stream);charset=utf-8$", "$1") + "\n");
            }
        }
        return text.toString();
    }

    static String body(String json) {
        return json.isEmpty() ? "" : "\n" + written(Json.of(json), "") + "\n";
    }

    /** An event as it is on the wire, but for blanks in its JSON. */
    static String event(String event) {
        StringBuilder text = new StringBuilder();
        event.lines().forEach(line -> {
            boolean isJson = line.startsWith(DATA + "{");
            text.append(isJson ? DATA + inline(Json.of(line.substring(DATA.length()))) : line)
                    .append('\n');
        });
        return text.toString();
    }

    private static String written(JsonNode node, String indent) {
        String inline = inline(node);
        if (!node.isContainerNode() || indent.length() + inline.length() <= WIDTH) {
            return inline;
        }
        String deeper = indent + "  ";
        List<String> lines = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member ->
                            lines.add(deeper + '"' + member.getKey() + "\": " + written(member.getValue(), deeper)));
            return "{\n" + String.join(",\n", lines) + "\n" + indent + "}";
        }
        node.forEach(element -> lines.add(deeper + written(element, deeper)));
        return "[\n" + String.join(",\n", lines) + "\n" + indent + "]";
    }

    private static String inline(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> parts.add('"' + member.getKey() + "\": " + inline(member.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node instanceof ArrayNode array) {
            array.forEach(element -> parts.add(inline(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        return node.toString();
    }
}
