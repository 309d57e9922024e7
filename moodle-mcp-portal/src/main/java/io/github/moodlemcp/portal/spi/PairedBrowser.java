package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A browser that the person has connected to the service, now or before.
 *
 * @param id the browser's id in the bridge protocol; text from outside
 * @param name for people, chosen by the extension; text from outside
 * @param extensionVersion as the extension reported it; text from outside
 * @param isOutdated whether that version is too old for some of what the service offers
 * @param isDefault whether it is used when an assistant names no browser
 */
public record PairedBrowser(
        String id, String name, String extensionVersion, boolean isOutdated, boolean isDefault, Presence presence) {
    public PairedBrowser {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(extensionVersion, "extensionVersion");
        requireNonNull(presence, "presence");
    }

    /** Whether it is there. */
    public sealed interface Presence {
        /** When it was last heard of; exact to about a minute for a browser that is not connected. */
        Instant lastSeen();
    }

    /**
     * It is connected.
     *
     * @param since when this connection began
     * @param sites as the extension last described them
     */
    public record Connected(Instant since, Instant lastSeen, List<SiteStatus> sites) implements Presence {
        public Connected {
            requireNonNull(since, "since");
            requireNonNull(lastSeen, "lastSeen");
            sites = List.copyOf(sites);
        }
    }

    /**
     * It is not connected.
     *
     * @param reason why the service ended its last connection; null when the browser was closed, fell asleep or went offline
     */
    public record Absent(Instant lastSeen, @Nullable Reason reason) implements Presence {
        public Absent {
            requireNonNull(lastSeen, "lastSeen");
        }
    }

    /** Why the service ended or refused a connection. */
    public enum Reason {
        /** Its extension speaks a version of the protocol that is not served any more. */
        TOO_OLD,
        /** Another connection of the same browser took its place. */
        TAKEN_OVER,
        /** As many browsers as may be were connected already. */
        TOO_MANY_BROWSERS,
        /** It sent too much, or what nobody understands. */
        MISBEHAVED,
        /** Nothing was heard of it for too long. */
        SILENT,
        /** The service restarted. */
        RESTART,
        /** What allowed it to connect counts no more. */
        REVOKED
    }
}
