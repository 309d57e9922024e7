package io.github.moodlemcp.interop.conformance;

import io.github.moodlemcp.protocol.mcp.ContentBlock;

/** The smallest picture and the smallest sound. */
final class Samples {
    static final String PNG_TYPE = "image/png";
    /** One red pixel. */
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    static final String WAV_TYPE = "audio/wav";
    /** A header and no samples. */
    static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    private Samples() {}

    static ContentBlock picture() {
        return new ContentBlock.Image(PNG, PNG_TYPE);
    }

    static ContentBlock sound() {
        return new ContentBlock.Audio(WAV, WAV_TYPE);
    }
}
