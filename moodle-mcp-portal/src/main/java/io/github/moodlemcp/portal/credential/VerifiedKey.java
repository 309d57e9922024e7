package io.github.moodlemcp.portal.credential;

import io.github.moodlemcp.portal.spi.KeyRights;
import java.util.UUID;

/** What a good API key stands for. */
public record VerifiedKey(UUID keyId, UUID accountId, KeyRights rights) {}
