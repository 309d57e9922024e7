package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The result of a request, before a revision gives it its wire form. */
public sealed interface McpResult {

    /** The answer to {@code server/discover}; {@code instructions} are for the model. */
    record Discovery(String instructions) implements McpResult {
        public Discovery {
            requireNonNull(instructions, "instructions");
        }
    }

    /** The answer to {@code initialize}; {@code instructions} are for the model. */
    record Initialization(String instructions) implements McpResult {
        public Initialization {
            requireNonNull(instructions, "instructions");
        }
    }

    /** The answer to {@code tools/list}. */
    record ToolList(List<Tool> tools) implements McpResult {
        public ToolList {
            tools = List.copyOf(tools);
        }
    }

    /**
     * The answer to {@code tools/call}.
     *
     * @param isError whether the tool failed; the text then says what to do
     * @param meta members for {@code _meta}; may be empty
     */
    record ToolCall(List<ContentBlock> content, boolean isError, ObjectNode meta) implements McpResult {
        public ToolCall {
            content = List.copyOf(content);
            requireNonNull(meta, "meta");
        }
    }

    /** The answer to {@code ping} and other requests without a result of their own. */
    record Empty() implements McpResult {}
}
