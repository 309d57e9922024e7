package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/** Has Jersey hand on what is flushed, which it otherwise keeps until it is 8 KiB; other REST runtimes pass it over. */
final class ImmediateWrites implements Feature {
    private static final String JERSEY_BUFFER = "jersey.config.server.contentLength.buffer";

    @Override
    public boolean configure(FeatureContext context) {
        context.property(JERSEY_BUFFER, 0);
        return true;
    }
}
