package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.bridge.SiteState;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of the connected browsers a call goes to: the named one, else the only one. */
sealed interface BrowserChoice {

    /** This one. */
    record Chosen(ConnectedBrowser browser) implements BrowserChoice {}

    /** None is connected. */
    record NoneConnected() implements BrowserChoice {}

    /** The choice is not clear; {@code question} says what to do. */
    record Unclear(String question) implements BrowserChoice {}

    /**
     * Chooses.
     *
     * @param wanted the id or the unique name of a browser, or null
     */
    static BrowserChoice among(List<ConnectedBrowser> connected, @Nullable String wanted) {
        if (connected.isEmpty()) {
            return new NoneConnected();
        }
        if (wanted == null) {
            return connected.size() == 1
                    ? new Chosen(connected.getFirst())
                    : new Unclear("Several browsers are connected: " + listed(connected)
                            + ". Say which one with the argument browser, then call again.");
        }
        List<ConnectedBrowser> matching = connected.stream()
                .filter(browser ->
                        browser.id().browser().equals(wanted) || browser.name().equals(wanted))
                .toList();
        return switch (matching.size()) {
            case 1 -> new Chosen(matching.getFirst());
            case 0 ->
                new Unclear("The browser named in the argument browser is not connected. Connected are: "
                        + listed(connected) + ". Choose one of them, or call without the argument.");
            default ->
                new Unclear("Several connected browsers have that name: " + listed(matching)
                        + ". Give the id instead, then call again.");
        };
    }

    /** Chooses one that has this Moodle site: the only one connected, else the only one that is signed in there. */
    static BrowserChoice forSite(List<ConnectedBrowser> connected, String site) {
        if (connected.size() < 2) {
            return among(connected, null);
        }
        List<ConnectedBrowser> having = connected.stream()
                .filter(browser -> browser.sites().stream().anyMatch(has(site)))
                .toList();
        List<ConnectedBrowser> signedIn = having.stream()
                .filter(browser -> browser.sites().stream().anyMatch(has(site).and(BrowserChoice::isSignedIn)))
                .toList();
        List<ConnectedBrowser> fitting = signedIn.isEmpty() ? having : signedIn;
        return switch (fitting.size()) {
            case 1 -> new Chosen(fitting.getFirst());
            case 0 ->
                new Unclear("None of the connected browsers has that Moodle site. Connected are: " + listed(connected)
                        + ". Ask the person to choose “Add this Moodle” in one of them.");
            default ->
                new Unclear("Several connected browsers have that Moodle site: " + listed(fitting)
                        + ". Use the tools with the argument browser, or ask the person to close all but one of them.");
        };
    }

    private static Predicate<SiteState> has(String site) {
        return state -> state.site().equals(site);
    }

    private static boolean isSignedIn(SiteState site) {
        return site.state().equals("signed_in");
    }

    private static String listed(List<ConnectedBrowser> browsers) {
        return browsers.stream()
                .map(browser -> UntrustedText.cleaned(browser.name()) + " (id "
                        + browser.id().browser() + ")")
                .collect(Collectors.joining(", "));
    }
}
