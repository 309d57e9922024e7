package io.github.moodlemcp.distribution.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a browser's extension, as it is recorded when it begins.
 *
 * @param id of the connection, never reused
 * @param grantId the grant whose token it came with; null when that is not known
 * @param browserId the browser's id in the bridge protocol
 * @param name for people, chosen by the extension
 * @param userAgent as the browser sent it; null when it sent none
 * @param moodleUrl the first Moodle site the extension named; null when it named none
 */
public record BrowserSession(
        UUID id,
        UUID accountId,
        @Nullable UUID grantId,
        String browserId,
        String name,
        String extensionVersion,
        @Nullable String userAgent,
        @Nullable String moodleUrl,
        Instant connected) {
    public BrowserSession {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        requireNonNull(browserId, "browserId");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(connected, "connected");
    }
}
