package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Browsers in memory, as they are {@linkplain #put put} there. Safe for use by many threads. */
public final class InMemoryBrowserDirectory implements BrowserDirectory {
    private static final Comparator<PairedBrowser> ORDER = Comparator.<PairedBrowser>comparingInt(
                    browser -> switch (browser.presence()) {
                        case PairedBrowser.Connected ignored -> 0;
                        case PairedBrowser.Absent ignored -> 1;
                    })
            .thenComparing(browser -> switch (browser.presence()) {
                case PairedBrowser.Connected connected -> connected.since().toEpochMilli();
                case PairedBrowser.Absent absent -> -absent.lastSeen().toEpochMilli();
            });

    private final Map<UUID, Map<String, PairedBrowser>> byAccount = new HashMap<>();
    private final Map<UUID, String> defaults = new HashMap<>();

    /** Notes how a browser stands now; whether it is the default is known here, not from it. */
    public synchronized void put(UUID accountId, PairedBrowser browser) {
        byAccount.computeIfAbsent(accountId, id -> new LinkedHashMap<>()).put(browser.id(), browser);
    }

    @Override
    public synchronized List<PairedBrowser> browsers(UUID accountId) {
        return of(accountId).values().stream()
                .map(browser -> marked(accountId, browser))
                .sorted(ORDER)
                .toList();
    }

    @Override
    public synchronized boolean chooseDefault(UUID accountId, String browserId) {
        if (!of(accountId).containsKey(browserId)) {
            return false;
        }
        defaults.put(accountId, browserId);
        return true;
    }

    @Override
    public synchronized void clearDefault(UUID accountId) {
        defaults.remove(accountId);
    }

    @Override
    public synchronized boolean forget(UUID accountId, String browserId) {
        defaults.remove(accountId, browserId);
        return of(accountId).remove(browserId) != null;
    }

    private Map<String, PairedBrowser> of(UUID accountId) {
        return byAccount.getOrDefault(accountId, new HashMap<>());
    }

    private PairedBrowser marked(UUID accountId, PairedBrowser browser) {
        return new PairedBrowser(
                browser.id(),
                browser.name(),
                browser.extensionVersion(),
                browser.isOutdated(),
                browser.id().equals(defaults.get(accountId)),
                browser.presence());
    }
}
