package io.github.moodlemcp.testkit.moodle;

/** Escaping of plain text for HTML. */
final class Html {
    private Html() {}

    /** Escapes as Moodle escapes names in its JSON: quotes stay as they are. */
    static String name(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Escapes for element content and quoted attributes. */
    static String text(String text) {
        return name(text).replace("\"", "&quot;").replace("'", "&#039;");
    }
}
