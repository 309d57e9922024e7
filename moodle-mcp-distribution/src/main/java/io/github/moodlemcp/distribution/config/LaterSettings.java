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
    static final List<String> NAMES = List.of(
            "ADMIN_EMAILS",
            "ALLOWED_EMAIL_DOMAINS",
            "GOOGLE_CLIENT_ID",
            "GOOGLE_CLIENT_SECRET",
            "METRICS_TOKEN",
            "NATS_URL",
            "OIDC_<NAME>_CLIENT_ID",
            "OIDC_<NAME>_CLIENT_SECRET",
            "OIDC_<NAME>_ISSUER",
            "SENTRY_DSN");

    private static final Pattern PATTERN =
            Pattern.compile("(?:" + String.join("|", NAMES).replace("<NAME>", "[A-Z0-9_]+") + ")(?:_FILE)?");

    private LaterSettings() {}

    /** Those of the names that are planned settings. */
    static Set<String> in(Set<String> names) {
        Set<String> found = new TreeSet<>(names);
        found.removeIf(name -> !PATTERN.matcher(name).matches());
        return found;
    }
}
