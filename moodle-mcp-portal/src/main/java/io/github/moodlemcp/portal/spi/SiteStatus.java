package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a Moodle site stands with one browser, as its extension last reported.
 *
 * @param site host and path, such as {@code moodle.example.edu/moodle}
 * @param url the site's address
 * @param checkedAt when the extension looked; null when it did not say
 */
public record SiteStatus(
        String site, String url, State state, @Nullable Instant checkedAt) {
    /** The states of the bridge protocol. */
    public enum State {
        SIGNED_IN,
        SIGNED_OUT,
        OTHER_USER,
        NO_PERMISSION,
        UNREACHABLE,
        MAINTENANCE,
        UNKNOWN
    }

    public SiteStatus {
        requireNonNull(site, "site");
        requireNonNull(url, "url");
        requireNonNull(state, "state");
    }
}
