package io.github.moodlemcp.server.feature;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.mcp.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A resource and what reads it.
 *
 * @param scope the scope a caller needs to see and read it, or null when every caller may
 */
public record ServedResource(Resource resource, @Nullable String scope, ResourceReader reader) {
    public ServedResource {
        requireNonNull(resource, "resource");
        requireNonNull(reader, "reader");
    }

    /** A resource for every caller. */
    public ServedResource(Resource resource, ResourceReader reader) {
        this(resource, null, reader);
    }
}
