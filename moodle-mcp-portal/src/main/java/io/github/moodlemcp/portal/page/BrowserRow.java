package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.ConnectedBrowser;
import io.github.moodlemcp.portal.spi.SiteStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connected browser as the dashboard shows it, on the page and as JSON. */
public record BrowserRow(String name, String version, Moment connectedSince, List<SiteRow> sites) {
    public BrowserRow {
        sites = List.copyOf(sites);
    }

    /**
     * A Moodle site.
     *
     * @param href where it is; null unless it is an http or https address
     * @param state the state's name, such as {@code signed_in}
     * @param label the state in words
     */
    public record SiteRow(String site, @Nullable String href, String state, String label) {}

    static BrowserRow of(ConnectedBrowser browser) {
        return new BrowserRow(
                browser.name(),
                browser.extensionVersion(),
                Moment.of(browser.connectedSince()),
                browser.sites().stream().map(BrowserRow::row).toList());
    }

    private static SiteRow row(SiteStatus status) {
        boolean isWeb = status.url().startsWith("https://") || status.url().startsWith("http://");
        return new SiteRow(
                status.site(),
                isWeb ? status.url() : null,
                status.state().name().toLowerCase(Locale.ROOT),
                label(status.state()));
    }

    private static String label(SiteStatus.State state) {
        return switch (state) {
            case SIGNED_IN -> "Signed in and ready";
            case SIGNED_OUT -> "Signed out: open this Moodle and sign in";
            case OTHER_USER -> "Another person is signed in: open the extension's window";
            case NO_PERMISSION -> "No access: add this Moodle in the extension";
            case UNREACHABLE -> "Not reachable right now";
            case MAINTENANCE -> "Under maintenance";
            case UNKNOWN -> "Not checked yet";
        };
    }
}
