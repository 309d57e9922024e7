package io.github.moodlemcp.distribution.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Settings that are planned and have no effect in this version. They are refused, so that nobody relies on a protection
 * that is not there.
 */
final class LaterSettings {
    static final List<String> NAMES = List.of("ADMIN_EMAILS", "METRICS_TOKEN", "NATS_URL", "SENTRY_DSN");

    private static final Pattern PATTERN = Pattern.compile("(?:" + String.join("|", NAMES) + ")(?:_FILE)?");

    private LaterSettings() {}

    /** Those of the names that are planned settings. */
    static Set<String> in(Set<String> names) {
        Set<String> found = new TreeSet<>(names);
        found.removeIf(name -> !PATTERN.matcher(name).matches());
        return found;
    }
}
