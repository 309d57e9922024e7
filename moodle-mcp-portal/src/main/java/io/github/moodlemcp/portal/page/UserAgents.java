package io.github.moodlemcp.portal.page;

import org.jspecify.annotations.Nullable;

/** Names a browser for people, as far as its {@code User-Agent} tells. */
final class UserAgents {
    private UserAgents() {}

    /** Such as {@code Firefox on Windows}; {@code A browser} when nothing is known. */
    static String label(@Nullable String userAgent) {
        String text = userAgent == null ? "" : userAgent;
        String system = system(text);
        return system.isEmpty() ? browser(text) : browser(text) + " on " + system;
    }

    private static String browser(String text) {
        if (text.contains("Edg/")) {
            return "Edge";
        }
        if (text.contains("OPR/")) {
            return "Opera";
        }
        if (text.contains("Firefox/")) {
            return "Firefox";
        }
        return text.contains("Chrome/") ? "Chrome" : "A browser";
    }

    private static String system(String text) {
        if (text.contains("Windows")) {
            return "Windows";
        }
        if (text.contains("Android")) {
            return "Android";
        }
        if (text.contains("CrOS")) {
            return "ChromeOS";
        }
        if (text.contains("Mac OS X")) {
            return "macOS";
        }
        return text.contains("Linux") ? "Linux" : "";
    }
}
