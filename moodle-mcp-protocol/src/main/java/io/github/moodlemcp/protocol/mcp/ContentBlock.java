package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

/** One piece of a tool's result. */
public sealed interface ContentBlock {

    /** Text for the model. */
    record Text(String text) implements ContentBlock {
        public Text {
            requireNonNull(text, "text");
        }
    }
}
