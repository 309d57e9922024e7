package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.View;
import java.util.List;

/** The part of the dashboard that is kept up to date. */
public record BrowsersView(List<BrowserRow> browsers) implements View {
    public BrowsersView {
        browsers = List.copyOf(browsers);
    }

    @Override
    public String template() {
        return "browsers";
    }

    @Override
    public String title() {
        return "Browsers";
    }
}
