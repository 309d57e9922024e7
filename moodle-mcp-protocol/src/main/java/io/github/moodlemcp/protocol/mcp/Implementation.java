package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

/**
 * The name of a program that speaks the protocol.
 *
 * @param name for programs, such as {@code moodle-mcp}
 * @param title for people
 * @param version such as {@code 0.1.0}
 */
public record Implementation(String name, String title, String version) {
    public Implementation {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(version, "version");
    }
}
