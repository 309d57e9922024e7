package io.github.moodlemcp.server.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;

/** JSON in a form in which the same value is always the same text: members in order, numbers without empty digits. */
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonNode json) {
        StringBuilder text = new StringBuilder();
        append(text, json);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode json) {
        if (json.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            json.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            text.append('{');
            members.forEach((name, value) -> {
                text.append(TextNode.valueOf(name)).append(':');
                append(text, value);
                text.append(',');
            });
            text.append('}');
        } else if (json.isArray()) {
            text.append('[');
            json.forEach(element -> {
                append(text, element);
                text.append(',');
            });
            text.append(']');
        } else if (json.isNumber()) {
            text.append(json.decimalValue().stripTrailingZeros());
        } else {
            text.append(json);
        }
    }
}
