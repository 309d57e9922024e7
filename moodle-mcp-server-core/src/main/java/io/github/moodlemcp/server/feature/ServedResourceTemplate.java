package io.github.moodlemcp.server.feature;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A family of resources and what reads them.
 *
 * @param scope the scope a caller needs to see it, to read from it and to have its variables completed, or null when every
 *     caller may
 * @param completers what completes the values of variables, by the variable's name
 */
public record ServedResourceTemplate(
        ResourceTemplate template, @Nullable String scope, ResourceReader reader, Map<String, Completer> completers) {
    public ServedResourceTemplate {
        requireNonNull(template, "template");
        requireNonNull(reader, "reader");
        completers = Map.copyOf(completers);
    }

    /** A family of resources for every caller. */
    public ServedResourceTemplate(ResourceTemplate template, ResourceReader reader, Map<String, Completer> completers) {
        this(template, null, reader, completers);
    }

    /** A family whose variables are not completed. */
    public ServedResourceTemplate(ResourceTemplate template, ResourceReader reader) {
        this(template, reader, Map.of());
    }
}
