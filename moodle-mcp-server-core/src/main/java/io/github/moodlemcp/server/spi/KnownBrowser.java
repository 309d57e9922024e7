package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.CloseReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a browser from its last connection, whether or not it is connected now.
 *
 * @param id the browser's id in the bridge protocol
 * @param name for people, chosen by the extension; text from outside
 * @param extensionVersion as the extension reported it; text from outside
 * @param lastSeen when it was last heard of; exact to about a minute
 * @param ended why the service ended its last connection, or refused it; null when the service did not
 */
public record KnownBrowser(
        String id,
        String name,
        String extensionVersion,
        Instant lastSeen,
        @Nullable CloseReason ended) {
    public KnownBrowser {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(lastSeen, "lastSeen");
    }
}
