package io.github.moodlemcp.server.feature;

import io.github.moodlemcp.protocol.mcp.McpResult;
import java.util.Map;
import java.util.Optional;

/** Reads a resource. Safe for use by many threads; it may block. */
@FunctionalInterface
public interface ResourceReader {

    /**
     * Reads; {@link McpError} ends it in an error for the client, any other exception is a defect.
     *
     * @param uri the address as the client gave it
     * @param variables the values of the template's variables, decoded; empty for a single resource
     * @return what it holds, {@link McpResult.InputRequired} to be called again, or nothing when there is no such resource
     */
    Optional<? extends McpResult.OfResource> read(String uri, Map<String, String> variables, McpCall call);
}
