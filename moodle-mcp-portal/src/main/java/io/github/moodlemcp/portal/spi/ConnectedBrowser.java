package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A browser whose extension is connected now.
 *
 * @param id the browser's id in the bridge protocol
 * @param name for people, chosen by the extension; text from outside
 * @param extensionVersion as the extension reported it; text from outside
 * @param lastSeen when the last frame came
 */
public record ConnectedBrowser(
        String id,
        String name,
        String extensionVersion,
        Instant connectedSince,
        Instant lastSeen,
        List<SiteStatus> sites) {
    public ConnectedBrowser {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(connectedSince, "connectedSince");
        requireNonNull(lastSeen, "lastSeen");
        sites = List.copyOf(sites);
    }
}
