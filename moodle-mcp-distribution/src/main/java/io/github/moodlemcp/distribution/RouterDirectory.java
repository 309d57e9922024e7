package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.portal.spi.ConnectedBrowser;
import io.github.moodlemcp.portal.spi.ConnectionDirectory;
import io.github.moodlemcp.portal.spi.SiteStatus;
import io.github.moodlemcp.protocol.bridge.SiteState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells the portal who is connected, as the router knows it. */
final class RouterDirectory implements ConnectionDirectory {
    private static final int WAIT_SECONDS = 5;

    private final CommandRouter router;

    RouterDirectory(CommandRouter router) {
        this.router = router;
    }

    @Override
    public List<ConnectedBrowser> connected(UUID accountId) {
        return router
                .connected(new AccountId(accountId.toString()))
                .toCompletableFuture()
                .completeOnTimeout(List.of(), WAIT_SECONDS, TimeUnit.SECONDS)
                .join()
                .stream()
                .map(RouterDirectory::forPortal)
                .sorted(Comparator.comparing(ConnectedBrowser::connectedSince))
                .toList();
    }

    private static ConnectedBrowser forPortal(io.github.moodlemcp.bridge.ConnectedBrowser browser) {
        return new ConnectedBrowser(
                browser.id().browser(),
                browser.name(),
                browser.extensionVersion(),
                browser.connectedSince(),
                browser.lastSeen(),
                browser.sites().stream().map(RouterDirectory::forPortal).toList());
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
