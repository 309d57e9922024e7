package io.github.moodlemcp.bridge.planted;

import io.github.moodlemcp.server.ServerOptions;

/** Knows of a module above its own. */
public record ReachesUp(ServerOptions options) {}
