package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Work for an extension: one operation of its fixed catalogue.
 *
 * @param arguments checked against the tool's schema; not to be changed once handed over
 * @param site which Moodle site, by host and path, or null to let the extension choose its only one
 */
public record Command(
        CommandId id,
        String tool,
        ObjectNode arguments,
        @Nullable String site,
        SideEffect sideEffect) {
    public Command {
        requireNonNull(id, "id");
        requireNonNull(tool, "tool");
        requireNonNull(arguments, "arguments");
        requireNonNull(sideEffect, "sideEffect");
    }
}
