package io.github.moodlemcp.server.moodle;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.mcp.Tool;

/**
 * One tool of the catalogue.
 *
 * @param tool what clients see
 * @param sideEffect what it may change in Moodle
 * @param scope the scope a caller needs
 */
record ToolDefinition(Tool tool, SideEffect sideEffect, String scope) {
    public ToolDefinition {
        requireNonNull(tool, "tool");
        requireNonNull(sideEffect, "sideEffect");
        requireNonNull(scope, "scope");
    }

    /** The name of the tool. */
    public String name() {
        return tool.name();
    }
}
