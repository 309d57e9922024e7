package io.github.moodlemcp.portal.web;

import org.jspecify.annotations.Nullable;

/**
 * A page that says what went wrong.
 *
 * @param incident the number under which the log has the cause; null when nothing is logged
 */
public record ErrorView(
        int status,
        String headline,
        String explanation,
        @Nullable String incident) implements View {
    @Override
    public String template() {
        return "error";
    }

    @Override
    public String title() {
        return headline;
    }
}
