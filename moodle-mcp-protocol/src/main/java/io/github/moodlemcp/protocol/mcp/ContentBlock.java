package io.github.moodlemcp.protocol.mcp;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** One piece of content of a tool's result or of a prompt's message («ContentBlock»). */
public sealed interface ContentBlock {

    /** Text for the model. */
    record Text(String text) implements ContentBlock {
        public Text {
            requireNonNull(text, "text");
        }
    }

    /**
     * A picture.
     *
     * @param data in base64
     * @param mimeType such as {@code image/png}
     */
    record Image(String data, String mimeType) implements ContentBlock {
        public Image {
            requireNonNull(data, "data");
            requireNonNull(mimeType, "mimeType");
        }
    }

    /**
     * A sound; shown since revision 2025-03-26, and as a sentence before.
     *
     * @param data in base64
     * @param mimeType such as {@code audio/wav}
     */
    record Audio(String data, String mimeType) implements ContentBlock {
        public Audio {
            requireNonNull(data, "data");
            requireNonNull(mimeType, "mimeType");
        }
    }

    /**
     * A resource that the client may read; shown since revision 2025-06-18, and as a sentence before.
     *
     * @param description for people and models, or null
     * @param mimeType such as {@code text/plain}, or null when it is not known
     */
    record ResourceLink(
            String uri,
            String name,
            @Nullable String description,
            @Nullable String mimeType) implements ContentBlock {
        public ResourceLink {
            requireNonNull(uri, "uri");
            requireNonNull(name, "name");
        }
    }

    /** The contents of a resource. */
    record Embedded(ResourceContents contents) implements ContentBlock {
        public Embedded {
            requireNonNull(contents, "contents");
        }
    }
}
