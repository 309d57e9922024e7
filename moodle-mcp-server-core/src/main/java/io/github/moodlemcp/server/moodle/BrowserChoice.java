package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.spi.KnownBrowser;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the connected browsers a call goes to: the named one, else the person's default, else the only one. While the
 * default is not connected, only a read falls back to the only other browser, and says so: nothing is changed in a browser
 * that nobody chose.
 */
sealed interface BrowserChoice {

    /**
     * This one.
     *
     * @param note what the caller should know of the choice, or null
     */
    record Chosen(ConnectedBrowser browser, @Nullable String note) implements BrowserChoice {}

    /** None is connected. */
    record NoneConnected() implements BrowserChoice {}

    /** The choice is not clear; {@code question} says what to do. */
    record Unclear(String question) implements BrowserChoice {}

    /**
     * Chooses a named browser.
     *
     * @param wanted the id or the unique name of a browser
     * @param known what is remembered of the account's browsers
     */
    static BrowserChoice named(String wanted, List<ConnectedBrowser> connected, List<KnownBrowser> known) {
        if (connected.isEmpty()) {
            return new NoneConnected();
        }
        List<ConnectedBrowser> matching = connected.stream()
                .filter(browser ->
                        browser.id().browser().equals(wanted) || browser.name().equals(wanted))
                .toList();
        return switch (matching.size()) {
            case 1 -> new Chosen(matching.getFirst(), null);
            case 0 ->
                new Unclear(absent(wanted, known) + " Connected are: " + BrowserNames.connected(connected)
                        + ". Choose one of them, or call without the argument.");
            default ->
                new Unclear("Several connected browsers have that name: " + BrowserNames.connected(matching)
                        + ". Give the id instead, then call again.");
        };
    }

    /**
     * Chooses for a call that names no browser.
     *
     * @param preferred the id of the person's default browser, or null
     * @param known what is remembered of the account's browsers
     */
    static BrowserChoice unnamed(
            SideEffect sideEffect,
            List<ConnectedBrowser> connected,
            @Nullable String preferred,
            List<KnownBrowser> known) {
        if (connected.isEmpty()) {
            return new NoneConnected();
        }
        if (preferred != null) {
            return withId(preferred, connected)
                    .<BrowserChoice>map(browser -> new Chosen(browser, null))
                    .orElseGet(() -> withoutPreferred(sideEffect, connected, preferred, known));
        }
        return connected.size() == 1
                ? new Chosen(connected.getFirst(), null)
                : new Unclear("Several browsers are connected: " + BrowserNames.connected(connected)
                        + ". Say which one with the argument browser, then call again.");
    }

    private static BrowserChoice withoutPreferred(
            SideEffect sideEffect, List<ConnectedBrowser> connected, String preferred, List<KnownBrowser> known) {
        String missing = "The person's default browser, " + remembered(preferred, known) + ", is not connected.";
        if (sideEffect == SideEffect.READ && connected.size() == 1) {
            ConnectedBrowser only = connected.getFirst();
            return new Chosen(
                    only, missing + " This was read in the only other one, " + BrowserNames.name(only.name()) + ".");
        }
        return new Unclear(missing + " Connected are: " + BrowserNames.connected(connected)
                + ". Ask the person to open the default browser, or to say which one to use; name it with the argument "
                + "browser, then call again. Nothing was sent.");
    }

    /**
     * Chooses one that has this Moodle site: the only one connected, else the default, else the only one that is signed in
     * there.
     *
     * @param preferred the id of the person's default browser, or null
     */
    static BrowserChoice forSite(List<ConnectedBrowser> connected, String site, @Nullable String preferred) {
        if (connected.isEmpty()) {
            return new NoneConnected();
        }
        if (connected.size() == 1) {
            return new Chosen(connected.getFirst(), null);
        }
        List<ConnectedBrowser> having =
                connected.stream().filter(isAt(site, state -> true)).toList();
        List<ConnectedBrowser> signedIn =
                connected.stream().filter(isAt(site, BrowserChoice::isSignedIn)).toList();
        List<ConnectedBrowser> fitting = signedIn.isEmpty() ? having : signedIn;
        Optional<ConnectedBrowser> chosen = preferred == null ? Optional.empty() : withId(preferred, fitting);
        if (chosen.isPresent()) {
            return new Chosen(chosen.get(), null);
        }
        return switch (fitting.size()) {
            case 1 -> new Chosen(fitting.getFirst(), null);
            case 0 ->
                new Unclear("None of the connected browsers has that Moodle site. Connected are: "
                        + BrowserNames.connected(connected)
                        + ". Ask the person to choose “Add this Moodle” in one of them.");
            default ->
                new Unclear("Several connected browsers have that Moodle site: " + BrowserNames.connected(fitting)
                        + ". Use the tools with the argument browser, or ask the person to close all but one of them.");
        };
    }

    private static Predicate<ConnectedBrowser> isAt(String site, Predicate<SiteState> fits) {
        return browser ->
                browser.sites().stream().anyMatch(state -> state.site().equals(site) && fits.test(state));
    }

    private static boolean isSignedIn(SiteState site) {
        return site.state().equals("signed_in");
    }

    private static Optional<ConnectedBrowser> withId(String id, List<ConnectedBrowser> browsers) {
        return browsers.stream()
                .filter(browser -> browser.id().browser().equals(id))
                .findFirst();
    }

    private static String absent(String wanted, List<KnownBrowser> known) {
        List<KnownBrowser> meant = known.stream()
                .filter(browser -> browser.id().equals(wanted) || browser.name().equals(wanted))
                .toList();
        return meant.isEmpty()
                ? "The browser named in the argument browser is not connected, and not known."
                : "The browser named in the argument browser is not connected: " + BrowserNames.known(meant.stream())
                        + ".";
    }

    private static String remembered(String id, List<KnownBrowser> known) {
        Stream<KnownBrowser> meant =
                known.stream().filter(browser -> browser.id().equals(id)).limit(1);
        String named = BrowserNames.known(meant);
        return named.isEmpty() ? "id " + id : named;
    }
}
