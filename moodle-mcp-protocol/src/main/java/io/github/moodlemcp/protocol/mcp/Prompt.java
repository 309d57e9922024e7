package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A prompt as {@code prompts/list} shows it.
 *
 * @param name for programs
 * @param title for people; shown since revision 2025-06-18
 * @param description for people
 * @param arguments in the order they are asked for; may be empty
 */
public record Prompt(String name, String title, String description, List<Argument> arguments) {
    public Prompt {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        arguments = List.copyOf(arguments);
    }

    /** An argument of a prompt; its value is always text. */
    public record Argument(String name, String description, boolean required) {
        public Argument {
            requireNonNull(name, "name");
            requireNonNull(description, "description");
        }
    }
}
