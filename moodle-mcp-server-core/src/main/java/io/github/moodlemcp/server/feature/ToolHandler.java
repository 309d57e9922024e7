package io.github.moodlemcp.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.McpResult;

/** Carries out the calls of one tool. Safe for use by many threads; it may block. */
@FunctionalInterface
public interface ToolHandler {

    /**
     * Answers a call.
     *
     * <p>What goes wrong in the tool's own world is {@link McpResult.ToolCall#error}, in words that a model can act on; {@link
     * McpError} is for requests that are wrong as such. Any other exception is a defect, and so is structured content that
     * does not fit the output schema: the client learns no more of it than a number, which the log explains.
     *
     * @param arguments they fit the input schema; not to be changed
     * @return the result, or {@link McpResult.InputRequired} to be called again with what the client brings
     */
    McpResult.OfTool call(ObjectNode arguments, McpCall call);
}
