package io.github.moodlemcp.server.moodle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.feature.McpError;
import java.util.List;

/**
 * Why a browser did not do what was asked of it.
 *
 * @param outcome the word for programs: {@code not_delivered}, {@code failed}, {@code rejected} or {@code outcome_unknown}
 * @param sentence what happened and what to do next, for the model or the person
 */
record Trouble(String outcome, String sentence) {
    private static final int REFUSED = 403;
    private static final int MOODLE_FAILED = 502;
    private static final int NOT_REACHED = 503;

    Trouble {
        requireNonNull(outcome, "outcome");
        requireNonNull(sentence, "sentence");
    }

    /** The result of a tool call that ended so. */
    McpResult.ToolCall toToolCall() {
        ObjectNode meta = JsonNodeFactory.instance.objectNode().put(MetaKey.OUTCOME, outcome);
        return new McpResult.ToolCall(List.of(new ContentBlock.Text(sentence)), null, true, meta);
    }

    /** The error that ends any other request; its codes are those of HTTP for a gateway. */
    McpError toError() {
        int code = switch (outcome) {
            case "rejected" -> REFUSED;
            case "failed" -> MOODLE_FAILED;
            default -> NOT_REACHED;
        };
        return new McpError(
                code, sentence, JsonNodeFactory.instance.objectNode().put("outcome", outcome));
    }
}
