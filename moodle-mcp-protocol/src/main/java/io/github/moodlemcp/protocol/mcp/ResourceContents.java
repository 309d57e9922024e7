package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What a resource holds, or a part of it. */
public sealed interface ResourceContents {

    /** The address of what is held. */
    String uri();

    /** Such as {@code text/plain}, or null when it is not known. */
    @Nullable
    String mimeType();

    /** Text. */
    record Text(String uri, @Nullable String mimeType, String text) implements ResourceContents {
        public Text {
            requireNonNull(uri, "uri");
            requireNonNull(text, "text");
        }
    }

    /** Bytes, in base64. */
    record Blob(String uri, @Nullable String mimeType, String blob) implements ResourceContents {
        public Blob {
            requireNonNull(uri, "uri");
            requireNonNull(blob, "blob");
        }
    }
}
