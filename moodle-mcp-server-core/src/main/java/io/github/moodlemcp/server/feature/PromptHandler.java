package io.github.moodlemcp.server.feature;

import io.github.moodlemcp.protocol.mcp.McpResult;
import java.util.Map;

/** Makes the messages of a prompt. Safe for use by many threads; it may block. */
@FunctionalInterface
public interface PromptHandler {

    /**
     * Answers {@code prompts/get}; {@link McpError} ends it in an error for the client, any other exception is a defect.
     *
     * @param arguments those the prompt has, the required ones among them
     * @return the messages, or {@link McpResult.InputRequired} to be called again with what the client brings
     */
    McpResult.OfPrompt get(Map<String, String> arguments, McpCall call);
}
