package io.github.moodlemcp.server.planted;

import io.github.moodlemcp.portal.spi.Account;

/** Knows of the portal. */
public record ReachesAside(Account account) {}
