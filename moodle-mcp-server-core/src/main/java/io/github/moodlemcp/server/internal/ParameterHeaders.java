package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.HeaderValue;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares the headers {@code Mcp-Param-…} of a call with the arguments that a tool's schema wants repeated in them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable HTTP,
 *     revision 2026-07-28, «Custom Headers from Tool Parameters»</a>
 */
final class ParameterHeaders {
    /** The keyword of a property's schema that names its header. */
    static final String ANNOTATION = "x-mcp-header";

    private static final String PREFIX = "Mcp-Param-";

    private ParameterHeaders() {}

    /** Refuses a call whose headers do not say what its arguments say. */
    static void check(JsonNode schema, ObjectNode arguments, UnaryOperator<@Nullable String> headers) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = arguments.path(property.getKey());
            JsonNode name = property.getValue().path(ANNOTATION);
            if (name.isTextual()) {
                check(name.textValue(), value, headers.apply(PREFIX + name.textValue()));
            }
            if (property.getValue().has("properties")) {
                check(
                        property.getValue(),
                        value instanceof ObjectNode object ? object : arguments.objectNode(),
                        headers);
            }
        });
    }

    private static void check(String name, JsonNode argument, @Nullable String header) {
        boolean isAbsent = argument.isMissingNode() || argument.isNull();
        if (isAbsent && header == null) {
            return;
        }
        String problem = isAbsent ? "is sent without its argument" : "must equal its argument";
        boolean agrees = !isAbsent
                && HeaderValue.decoded(header == null ? null : header.trim())
                        .filter(value -> equals(argument, value))
                        .isPresent();
        if (!agrees) {
            throw McpException.headerMismatch(PREFIX + name + " " + problem);
        }
    }

    private static boolean equals(JsonNode argument, String header) {
        if (!argument.isNumber()) {
            return argument.isValueNode() && argument.asText().equals(header);
        }
        try {
            return header.length() <= 64 && argument.decimalValue().compareTo(new BigDecimal(header)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
