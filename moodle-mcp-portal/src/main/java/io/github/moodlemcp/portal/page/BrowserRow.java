package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.SiteStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A browser as the dashboard shows it.
 *
 * @param preferred whether it is used when an assistant names no browser
 * @param mood how it stands, for its colour: {@code good}, {@code warn} or {@code off}
 * @param status how it stands, in words that end before a time
 * @param moment that time
 * @param hint what the person should know or do; null for nothing
 * @param connected whether its sites are known now
 * @param sites none unless it is connected and was heard of lately
 */
public record BrowserRow(
        String id,
        String name,
        String version,
        boolean preferred,
        String mood,
        String status,
        Moment moment,
        @Nullable String hint,
        boolean connected,
        List<SiteRow> sites) {
    /** An extension pings every 20 seconds and waits 10 for the answer: of one that is silent longer, nothing is known. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

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

    static BrowserRow of(PairedBrowser browser, Instant now) {
        return switch (browser.presence()) {
            case PairedBrowser.Connected(var since, var lastSeen, var sites) ->
                lastSeen.plus(SILENCE).isBefore(now) ? silent(browser, lastSeen) : connected(browser, since, sites);
            case PairedBrowser.Absent(var lastSeen, var reason) -> absent(browser, lastSeen, reason);
        };
    }

    private static BrowserRow connected(PairedBrowser browser, Instant since, List<SiteStatus> sites) {
        String hint = browser.isOutdated()
                ? "Its extension is older than this service expects, and some tools may not work. Please update it."
                : null;
        return new BrowserRow(
                browser.id(),
                browser.name(),
                browser.extensionVersion(),
                browser.isDefault(),
                browser.isOutdated() ? "warn" : "good",
                "Connected since",
                Moment.of(since),
                hint,
                true,
                sites.stream().map(BrowserRow::row).toList());
    }

    private static BrowserRow silent(PairedBrowser browser, Instant lastSeen) {
        return without(
                browser,
                "warn",
                "Connected, but silent since",
                lastSeen,
                "The computer may be asleep or offline. If nothing comes for a minute, the connection ends.");
    }

    private static BrowserRow absent(PairedBrowser browser, Instant lastSeen, PairedBrowser.@Nullable Reason reason) {
        String hint = reason == null ? "Open this browser to use it: it is closed, asleep or offline." : hint(reason);
        String mood = switch (reason) {
            case TOO_OLD, TAKEN_OVER, TOO_MANY_BROWSERS, MISBEHAVED, REVOKED -> "warn";
            case SILENT, RESTART -> "off";
            case null -> "off";
        };
        return without(
                browser,
                mood,
                reason == PairedBrowser.Reason.TOO_OLD ? "Needs an update · last seen" : "Not connected · last seen",
                lastSeen,
                hint);
    }

    private static BrowserRow without(PairedBrowser browser, String mood, String status, Instant moment, String hint) {
        return new BrowserRow(
                browser.id(),
                browser.name(),
                browser.extensionVersion(),
                browser.isDefault(),
                mood,
                status,
                Moment.of(moment),
                hint,
                false,
                List.of());
    }

    private static String hint(PairedBrowser.Reason reason) {
        return switch (reason) {
            case TOO_OLD -> "Its extension is too old for this service and cannot connect. Please update it.";
            case TAKEN_OVER ->
                "A newer connection of the same browser took its place, such as a copy of its profile. Press Connect in the"
                        + " window of the extension that you want to use.";
            case TOO_MANY_BROWSERS ->
                "As many of your browsers were connected as can be. Close one, or disconnect one here.";
            case MISBEHAVED ->
                "Its extension sent more than this service takes. It tries again by itself in about a minute.";
            case SILENT -> "Nothing was heard of it for a minute: the computer may be asleep or offline.";
            case RESTART -> "This service restarted. The browser comes back by itself, usually within half a minute.";
            case REVOKED -> "Its permission has ended. Connect it again in the extension's window.";
        };
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
