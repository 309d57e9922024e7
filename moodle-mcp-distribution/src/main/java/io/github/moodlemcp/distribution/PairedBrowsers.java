package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.distribution.store.LastConnection;
import io.github.moodlemcp.distribution.store.PairedBrowserStore;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.SiteStatus;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.KnownBrowser;
import io.github.moodlemcp.server.spi.KnownBrowsers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The browsers of accounts: who is connected is known to the router, who was to the store. Safe for use by many threads.
 */
final class PairedBrowsers implements BrowserDirectory, KnownBrowsers {
    private static final int WAIT_SECONDS = 5;

    private final CommandRouter router;
    private final PairedBrowserStore store;
    private final ServerOptions options;
    private final DefaultBrowsers defaults;

    PairedBrowsers(CommandRouter router, PairedBrowserStore store, ServerOptions options) {
        this.router = router;
        this.store = store;
        this.options = options;
        this.defaults = new DefaultBrowsers(store::defaultOf, System::nanoTime);
    }

    @Override
    public List<PairedBrowser> browsers(UUID accountId) {
        List<ConnectedBrowser> connected = router.connected(account(accountId))
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
        Set<String> present =
                connected.stream().map(browser -> browser.id().browser()).collect(Collectors.toSet());
        String preferred = store.defaultOf(accountId).orElse(null);
        return Stream.concat(
                        connected.stream()
                                .sorted(Comparator.comparing(ConnectedBrowser::connectedSince))
                                .map(browser -> present(browser, preferred)),
                        store.list(accountId).stream()
                                .filter(browser -> !present.contains(browser.browserId()))
                                .map(browser -> absent(browser, preferred)))
                .toList();
    }

    @Override
    public boolean chooseDefault(UUID accountId, String browserId) {
        boolean chosen = store.chooseDefault(accountId, browserId);
        defaults.changed(accountId);
        return chosen;
    }

    @Override
    public void clearDefault(UUID accountId) {
        store.clearDefault(accountId);
        defaults.changed(accountId);
    }

    @Override
    public boolean forget(UUID accountId, String browserId) {
        boolean forgotten = store.forget(accountId, browserId);
        if (forgotten) {
            router.disconnect(new BridgeId(account(accountId), browserId), CloseReason.UNAUTHENTICATED);
        }
        defaults.changed(accountId);
        return forgotten;
    }

    /** Ends every connection of the account. */
    void disconnectAll(UUID accountId) {
        router.connected(account(accountId))
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join()
                .forEach(browser -> router.disconnect(browser.id(), CloseReason.UNAUTHENTICATED));
        defaults.changed(accountId);
    }

    @Override
    public List<KnownBrowser> of(AccountId account) {
        return store.list(UUID.fromString(account.value())).stream()
                .map(browser -> new KnownBrowser(
                        browser.browserId(),
                        browser.name(),
                        browser.extensionVersion(),
                        browser.lastSeen(),
                        ended(browser)))
                .toList();
    }

    @Override
    public Optional<String> defaultOf(AccountId account) {
        return defaults.of(UUID.fromString(account.value()));
    }

    private PairedBrowser present(ConnectedBrowser browser, @Nullable String preferred) {
        return new PairedBrowser(
                browser.id().browser(),
                browser.name(),
                browser.extensionVersion(),
                options.isOutdated(browser.extensionVersion()),
                browser.id().browser().equals(preferred),
                new PairedBrowser.Connected(
                        browser.connectedSince(),
                        browser.lastSeen(),
                        browser.sites().stream().map(PairedBrowsers::forPortal).toList()));
    }

    private PairedBrowser absent(LastConnection browser, @Nullable String preferred) {
        return new PairedBrowser(
                browser.browserId(),
                browser.name(),
                browser.extensionVersion(),
                options.isOutdated(browser.extensionVersion()),
                browser.browserId().equals(preferred),
                new PairedBrowser.Absent(browser.lastSeen(), reason(ended(browser))));
    }

    private static PairedBrowser.@Nullable Reason reason(@Nullable CloseReason ended) {
        return switch (ended) {
            case null -> null;
            case OVERLOADED, ADDRESS_FULL, TOO_MANY_FAILURES -> null;
            case VERSION_TOO_OLD -> PairedBrowser.Reason.TOO_OLD;
            case SUPERSEDED -> PairedBrowser.Reason.TAKEN_OVER;
            case TOO_MANY_CONNECTIONS -> PairedBrowser.Reason.TOO_MANY_BROWSERS;
            case TOO_MANY_FRAMES, TOO_MANY_BYTES, TOO_BIG, PROTOCOL_VIOLATION -> PairedBrowser.Reason.MISBEHAVED;
            case SILENT -> PairedBrowser.Reason.SILENT;
            case RESTART -> PairedBrowser.Reason.RESTART;
            case UNAUTHENTICATED -> PairedBrowser.Reason.REVOKED;
        };
    }

    /** What the store kept; a word of another version of this service counts as none. */
    private static @Nullable CloseReason ended(LastConnection browser) {
        return Stream.of(CloseReason.values())
                .filter(reason -> reason.name().equals(browser.ended()))
                .findFirst()
                .orElse(null);
    }

    private static AccountId account(UUID id) {
        return new AccountId(id.toString());
    }

    private static SiteStatus forPortal(SiteState site) {
        return new SiteStatus(site.site(), site.url(), state(site.state()), instant(site.checkedAt()));
    }

    private static SiteStatus.State state(String word) {
        try {
            return SiteStatus.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return SiteStatus.State.UNKNOWN;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
