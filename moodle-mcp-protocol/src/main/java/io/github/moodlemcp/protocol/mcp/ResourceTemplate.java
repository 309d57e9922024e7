package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A family of resources as {@code resources/templates/list} shows it.
 *
 * @param uriTemplate their address with variables such as <code>{id}</code> (RFC 6570, level 1); the value of a variable
 *     is one segment, percent-encoded
 * @param name for programs
 * @param title for people; shown since revision 2025-06-18
 * @param description for people and models
 * @param mimeType of all of them, or null when it differs or is not known
 */
public record ResourceTemplate(
        String uriTemplate,
        String name,
        String title,
        String description,
        @Nullable String mimeType) {
    public ResourceTemplate {
        requireNonNull(uriTemplate, "uriTemplate");
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
    }
}
