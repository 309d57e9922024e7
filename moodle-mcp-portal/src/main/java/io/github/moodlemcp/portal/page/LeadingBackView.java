package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.View;

/**
 * The way back to the program that asked.
 *
 * @param app what it calls itself
 * @param allowed what the person answered
 * @param address where the way leads
 */
public record LeadingBackView(String app, boolean allowed, String address) implements View {
    @Override
    public String template() {
        return "leading-back";
    }

    @Override
    public String title() {
        return "Back to the app";
    }
}
