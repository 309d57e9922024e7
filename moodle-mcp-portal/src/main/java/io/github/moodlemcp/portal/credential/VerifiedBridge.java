package io.github.moodlemcp.portal.credential;

import java.util.UUID;

/** What a good access token of an extension stands for. */
public record VerifiedBridge(UUID accountId, UUID grantId) {}
