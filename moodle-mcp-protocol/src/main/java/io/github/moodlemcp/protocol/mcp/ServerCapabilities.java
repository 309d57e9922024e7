package io.github.moodlemcp.protocol.mcp;

/**
 * What a server declares. Only what is really served belongs here: clients open streams and make requests for it.
 *
 * @param tools it has tools
 * @param resources it has resources or templates of them
 * @param prompts it has prompts
 * @param completions it completes arguments
 * @param changes it tells when lists and resources change
 * @param logging it sends log messages to clients that ask for them
 * @param tasks it makes tasks of tool calls (extension {@value ClientCapability#TASKS_EXTENSION})
 */
public record ServerCapabilities(
        boolean tools,
        boolean resources,
        boolean prompts,
        boolean completions,
        boolean changes,
        boolean logging,
        boolean tasks) {}
