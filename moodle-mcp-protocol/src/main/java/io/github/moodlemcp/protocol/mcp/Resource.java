package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A resource as {@code resources/list} shows it.
 *
 * @param uri its address
 * @param name for programs
 * @param title for people; shown since revision 2025-06-18
 * @param description for people and models
 * @param mimeType such as {@code text/plain}, or null when it is not known
 */
public record Resource(
        String uri,
        String name,
        String title,
        String description,
        @Nullable String mimeType) {
    public Resource {
        requireNonNull(uri, "uri");
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
    }
}
