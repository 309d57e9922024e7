package io.github.moodlemcp.protocol.planted;

import io.github.moodlemcp.bridge.CommandRouter;

/** Knows of a module above its own. */
public record ReachesUp(CommandRouter router) {}
