package io.github.moodlemcp.portal.credential;

import io.github.moodlemcp.portal.spi.KeyRights;
import java.util.UUID;

/**
 * What a good API key stands for.
 *
 * @param prefix the eight characters that are shown of it, which change when it is renewed
 */
public record VerifiedKey(UUID keyId, String prefix, UUID accountId, KeyRights rights) {}
