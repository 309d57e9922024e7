package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

/** A message of a prompt. */
public record PromptMessage(Role role, ContentBlock content) {
    public PromptMessage {
        requireNonNull(role, "role");
        requireNonNull(content, "content");
    }

    /** Who says it. */
    public enum Role {
        USER("user"),
        ASSISTANT("assistant");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        /** The word on the wire. */
        public String text() {
            return text;
        }
    }
}
