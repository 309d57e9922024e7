package io.github.moodlemcp.distribution.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A paired browser as its latest connection describes it.
 *
 * @param browserId the browser's id in the bridge protocol
 * @param lastSeen the last sign of life; exact to about a minute while it is connected
 * @param ended the name of the close reason with which the service ended or refused it; null when the service did not
 */
public record LastConnection(
        String browserId,
        String name,
        String extensionVersion,
        Instant lastSeen,
        @Nullable String ended) {
    public LastConnection {
        requireNonNull(browserId, "browserId");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(lastSeen, "lastSeen");
    }
}
