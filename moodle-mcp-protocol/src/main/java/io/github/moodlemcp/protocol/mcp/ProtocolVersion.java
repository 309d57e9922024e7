package io.github.moodlemcp.protocol.mcp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The revisions of the Model Context Protocol that are served, oldest first. */
public enum ProtocolVersion {
    /** Spoken only over the older HTTP+SSE transport. */
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final List<String> MODERN_TEXTS = List.of(V2026_07_28.text);

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    /** The name on the wire, such as {@code 2026-07-28}. */
    public String text() {
        return text;
    }

    /** Whether this revision describes each request by its own metadata instead of an {@code initialize} handshake. */
    public boolean isModern() {
        return this == V2026_07_28;
    }

    /** Whether this revision is the given one or a later one. */
    public boolean isAtLeast(ProtocolVersion other) {
        return compareTo(other) >= 0;
    }

    /** The served revision of this name. */
    public static Optional<ProtocolVersion> of(String text) {
        for (ProtocolVersion version : values()) {
            if (version.text.equals(text)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** The names of the served revisions without a handshake. */
    public static List<String> modernTexts() {
        return MODERN_TEXTS;
    }

    /**
     * The revision that is agreed on when a client asks for one in {@code initialize}: its own if it is served and has a
     * handshake, else the newest that has one.
     */
    public static ProtocolVersion negotiated(String wanted) {
        return of(wanted).filter(version -> !version.isModern()).orElse(newestLegacy());
    }

    /** The newest revision with a handshake. */
    public static ProtocolVersion newestLegacy() {
        return V2025_11_25;
    }

    /**
     * Whether a name belongs to the modern era: 2026-07-28 or later, and any name that is not a date, so that it ends in
     * a version error rather than in the handshake.
     */
    public static boolean namesModernEra(String text) {
        return !DATE.matcher(text).matches() || text.compareTo(V2026_07_28.text) >= 0;
    }
}
