package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.server.spi.KnownBrowser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Browsers as sentences list them: name, id, and when each was last heard of. */
final class BrowserNames {
    private static final int MAX_NAME_LENGTH = 80;
    private static final int MAX_LISTED = 10;

    private BrowserNames() {}

    static String connected(List<ConnectedBrowser> browsers) {
        return browsers.stream()
                .map(browser -> one(browser.name(), browser.id().browser(), browser.lastSeen()))
                .collect(Collectors.joining(", "));
    }

    /** The first ones, separated by commas; an empty text for none. */
    static String known(Stream<KnownBrowser> browsers) {
        return browsers.limit(MAX_LISTED)
                .map(browser -> one(browser.name(), browser.id(), browser.lastSeen()))
                .collect(Collectors.joining(", "));
    }

    /** A name that an extension chose, on one line and without invisible characters. */
    static String name(String name) {
        return UntrustedText.line(name, MAX_NAME_LENGTH);
    }

    private static String one(String name, String id, Instant lastSeen) {
        return name(name) + " (id " + name(id) + ", last heard of " + time(lastSeen) + ")";
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
