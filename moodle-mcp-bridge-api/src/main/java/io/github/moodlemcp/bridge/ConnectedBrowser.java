package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.bridge.SiteState;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a browser that is connected now.
 *
 * @param name for people, such as {@code Chromium on Linux}
 * @param connectedSince when this connection was accepted
 * @param lastSeen when the last frame came
 * @param sites the Moodle sites as the extension last described them
 * @param operations the operations the extension can run
 */
public record ConnectedBrowser(
        BridgeId id,
        String name,
        String extensionVersion,
        Instant connectedSince,
        Instant lastSeen,
        List<SiteState> sites,
        List<String> operations) {
    public ConnectedBrowser {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(connectedSince, "connectedSince");
        requireNonNull(lastSeen, "lastSeen");
        sites = List.copyOf(sites);
        operations = List.copyOf(operations);
    }
}
